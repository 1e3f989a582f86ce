"""Shapefiles whose parts are missing, cut short, of different exports or of old programs."""

import struct
from pathlib import Path

import pytest

from tests.factories.entries import field_entry
from tests.integration.importers.bad_inputs.desk import Desk
from tests.integration.importers.bad_inputs.shapefiles import (
    NAMES,
    REFS,
    Column,
    dbf,
    header,
    parts,
    point,
    polygon,
    shp,
    shx,
    zip_parts,
)
from tests.unit.importers.read.made_files import NATIONAL_GRID_WKT

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

RING = (
    (405_000.0, 285_000.0),
    (405_000.0, 285_010.0),
    (405_010.0, 285_010.0),
    (405_000.0, 285_000.0),
)
REF = field_entry("ref", required=True)


@pytest.fixture
def path(desk: Desk) -> Path:
    return desk.folder / "trees.shp.zip"


def names(desk: Desk) -> list[str]:
    return [feature.properties["name"] for feature in desk.features()]


def test_a_good_shapefile_is_taken(desk: Desk, path: Path) -> None:
    desk.accept(zip_parts(path, parts()), rows=3)

    assert names(desk) == ["Oak", "Ash", "Elm"]


def test_b01_a_shp_alone(desk: Desk) -> None:
    path = desk.folder / "trees.shp"
    path.write_bytes(parts()[".shp"])

    desk.refuse(path, "SHP-PARTS", "Also send the .dbf, .shx and .prj", "zip them together")


@pytest.mark.parametrize("missing", [".shx", ".dbf"])
def test_b02_b03_a_part_is_missing(desk: Desk, path: Path, missing: str) -> None:
    zip_parts(path, parts() | {missing: None})

    desk.refuse(path, "SHP-PARTS", f"lacks its {missing}", "zip them together")


def test_b02_b03_parts_without_a_shp(desk: Desk, path: Path) -> None:
    desk.refuse(zip_parts(path, parts() | {".shp": None}), "SHP-PARTS", "no .shp")


def test_b04_no_prj(desk: Desk, path: Path) -> None:
    desk.refuse(zip_parts(path, parts() | {".prj": None}), "CRS-MISSING", ".prj")


def test_b04_no_prj_but_the_catalogue_says_the_crs(desk: Desk, path: Path) -> None:
    zip_parts(path, parts() | {".prj": None})

    desk.accept(path, "CRS-FROM-CATALOGUE", rows=3, source={"crs": "EPSG:27700"})


@pytest.mark.parametrize("prj", [b"garbage", b"", b"PROJCS[", b"\xff\xfe\x00", b'GEOGCS["x"]'])
def test_b05_a_prj_that_is_none(desk: Desk, path: Path, prj: bytes) -> None:
    desk.refuse(zip_parts(path, parts() | {".prj": prj}), "CRS-UNREADABLE", "coordinate system")


SPHEROID = 'SPHEROID["Airy_1830",6377563.396,299.3249646]'
TOWGS84 = ",TOWGS84[446.448,-125.157,542.06,0.15,0.247,0.842,-20.489]"


@pytest.mark.parametrize(
    "prj",
    [
        NATIONAL_GRID_WKT,
        NATIONAL_GRID_WKT.replace("Transverse Mercator", "Transverse_Mercator"),
        NATIONAL_GRID_WKT.replace(SPHEROID, SPHEROID + TOWGS84),
        NATIONAL_GRID_WKT.replace("British_National_Grid", "unnamed"),
        NATIONAL_GRID_WKT.replace('UNIT["Meter",1.0]', 'UNIT["metre",1,AUTHORITY["EPSG","9001"]]'),
    ],
    ids=["esri", "underscore", "towgs84", "unnamed", "authority"],
)
def test_b07_national_grid_is_known_however_it_is_spelt(desk: Desk, path: Path, prj: str) -> None:
    desk.accept(zip_parts(path, parts() | {".prj": prj.encode()}), rows=3)


def irish_grid() -> str:
    return (
        'PROJCS["TM65_Irish_Grid",GEOGCS["GCS_TM65",DATUM["D_TM65",'
        'SPHEROID["Airy_Modified",6377340.189,299.3249646]],PRIMEM["Greenwich",0.0],'
        'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
        'PARAMETER["False_Easting",200000.0],PARAMETER["False_Northing",250000.0],'
        'PARAMETER["Central_Meridian",-8.0],PARAMETER["Scale_Factor",1.000035],'
        'PARAMETER["Latitude_Of_Origin",53.5],UNIT["Meter",1.0]]'
    )


@pytest.mark.parametrize(
    ("prj", "codes"),
    [
        (irish_grid(), ("CRS-UNSUPPORTED", "CRS-UNREADABLE")),
        (NATIONAL_GRID_WKT.replace('"Meter",1.0', '"Foot",0.3048'), ("CRS-UNREADABLE",)),
        (NATIONAL_GRID_WKT.replace("400000.0", "500000.0"), ("CRS-UNREADABLE",)),
    ],
    ids=["irish grid", "feet", "another origin"],
)
def test_b07_another_grid_is_not_taken_for_it(
    desk: Desk, path: Path, prj: str, codes: tuple[str, ...]
) -> None:
    report = desk.take(zip_parts(path, parts() | {".prj": prj.encode()}))

    assert report.outcome in ("stopped", "unreadable")
    assert report.code in codes, report.reason


@pytest.mark.parametrize(("kept_bytes", "row"), [(200, 1), (300, 2)])
def test_b08_a_shp_that_is_cut_short(desk: Desk, path: Path, kept_bytes: int, row: int) -> None:
    whole = parts(records=[polygon(*RING)] * 3, shape_type=5)
    whole[".shp"] = whole[".shp"][:kept_bytes]

    desk.refuse(zip_parts(path, whole), "SHP-TRUNCATED", f"Row {row} of 3", "cut short")


TWO = [point(405_001, 285_000), point(405_002, 285_000)]
FOUR = [*TWO, *TWO]


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({".shx": b""}, (3, 0, 3)),
        ({".shx": header(100)}, (3, 0, 3)),
        ({".shx": shx(TWO)}, (3, 2, 3)),
        ({".shp": shp(FOUR), ".shx": shx(FOUR)}, (4, 4, 3)),
        ({".shp": shp(FOUR), ".shx": shx(FOUR[:3])}, (4, 3, 3)),
        ({".dbf": dbf((Column(b"REF", (b"T1",)),))}, (3, 3, 1)),
    ],
)
def test_b09_parts_that_count_differently(
    desk: Desk, path: Path, change: dict[str, bytes], counts: tuple[int, int, int]
) -> None:
    said = "the .shp has {} rows, the .shx {} and the .dbf {}".format(*counts)

    desk.refuse(zip_parts(path, parts() | change), "SHP-COUNT", said)


def test_b11_a_ring_that_begins_nowhere(desk: Desk, path: Path) -> None:
    nowhere = polygon((float("nan"), 285_000.0), *RING[1:])
    records = [polygon(*RING), nowhere, polygon(*RING)]
    zip_parts(path, parts(records=records, shape_type=5))

    desk.accept(path, rows=3, quarantined={2: "GEOM-NAN"}, geometry_type="Polygon")


@pytest.mark.parametrize(
    ("place", "number", "code", "said"),
    [
        (24, struct.pack(">i", 9_999), "SHP-TRUNCATED", "says it has 19,998 bytes"),
        (0, struct.pack(">i", 9995), "SHP-CORRUPT", "does not begin like"),
        (28, struct.pack("<i", 1001), "SHP-CORRUPT", "does not begin like"),
        (32, struct.pack("<i", 31), "SHP-TYPE", "MultiPatch"),
        (32, struct.pack("<i", 77), "SHP-TYPE", "type 77"),
    ],
    ids=["length", "file code", "version", "multipatch", "type"],
)
def test_b12_a_header_that_is_wrong(
    desk: Desk, path: Path, place: int, number: bytes, code: str, said: str
) -> None:
    whole = parts()
    whole[".shp"] = whole[".shp"][:place] + number + whole[".shp"][place + 4 :]

    report = desk.take(zip_parts(path, whole))

    assert report.outcome == "unreadable"
    # A wrong file code is seen before the zip's content is read any further.
    assert report.code == code or (place == 0 and report.code == "FMT-MISMATCH"), report.reason
    assert said in report.reason or report.code == "FMT-MISMATCH"


def test_b12_a_header_that_is_too_short_by_its_own_word_loses_nothing(
    desk: Desk, path: Path
) -> None:
    whole = parts()
    whole[".shp"] = whole[".shp"][:24] + struct.pack(">i", 60) + whole[".shp"][28:]

    desk.accept(zip_parts(path, whole), "SHP-LENGTH", rows=3)


def test_b12_measures_are_dropped_and_said(desk: Desk, path: Path) -> None:
    no_measure = -1e39
    records = [struct.pack("<iddd", 21, 405_001 + at, 285_000, no_measure) for at in range(3)]
    heights = [struct.pack("<idddd", 11, 405_001 + at, 285_000, 9.5, no_measure) for at in range(3)]

    desk.accept(zip_parts(path, parts(records=records, shape_type=21)), "GEOM-Z", rows=3)
    path.unlink()
    desk.accept(zip_parts(path, parts(records=heights, shape_type=11)), "GEOM-Z", rows=3)
    assert not any(feature.geom_27700.hasz for feature in desk.features())


def test_b13_windows_text_without_a_cpg_is_read_and_shown(desk: Desk, path: Path) -> None:
    old = Column(b"NAME", (b"Caf\xe9 \x96 St Mary\x92s", b"Ch\xe2teau", b"Elm"))
    zip_parts(path, parts(REFS, old) | {".cpg": None})

    desk.accept(path, "TEXT-ENCODING", rows=3)

    (issue,) = desk.issues("TEXT-ENCODING")
    assert issue.severity == "warning"
    assert "Café – St Mary’s; Château" in issue.message
    assert names(desk)[0] == "Café – St Mary’s"


@pytest.mark.parametrize(
    ("cpg", "said"),
    [
        (b"UTF-8", ("Row 1, NAME", "Caf\\xe9", "the .cpg says UTF-8")),
        (b"NOSUCH", ("'NOSUCH'", "not known")),
    ],
)
def test_b14_b15_text_that_the_cpg_does_not_explain(
    desk: Desk, path: Path, cpg: bytes, said: tuple[str, ...]
) -> None:
    zip_parts(path, parts(REFS, Column(b"NAME", (b"Caf\xe9", b"Ash", b"Elm"))) | {".cpg": cpg})

    desk.refuse(path, "TEXT-ENCODING", *said)


def test_b16_dates(desk: Desk, path: Path) -> None:
    days = Column(b"PLANTED", (b"00000000", b"20201345", b"        ", b"18500101"), b"D", 8)
    refs = Column(b"REF", (b"T1", b"T2", b"T3", b"T4"))
    records = [point(405_000 + at, 285_000) for at in range(4)]
    zip_parts(path, parts(refs, days, records=records))

    desk.accept(
        path,
        rows=4,
        quarantined={2: "DATE-INVALID"},
        fields=(REF, field_entry("planted", "date")),
        title_field="ref",
    )

    assert [each.properties["planted"] for each in desk.features()] == [None, None, "1850-01-01"]
    (issue,) = desk.issues("DATE-INVALID")
    assert "20201345" in issue.message


def test_b17_numbers(desk: Desk, path: Path) -> None:
    """Asterisks are no fault: GDAL, QGIS and dBase write them where there is no number."""
    cells = (b"**********", b"1.#QNAN", b"12,5", b"12.5")
    refs = Column(b"REF", (b"T1", b"T2", b"T3", b"T4"))
    records = [point(405_000 + at, 285_000) for at in range(4)]
    zip_parts(path, parts(refs, Column(b"HEIGHT_M", cells, b"N", 10, 2), records=records))

    desk.accept(
        path,
        "NUMBER-MISSING",
        rows=4,
        quarantined={2: "NUMBER-INVALID", 3: "NUMBER-INVALID"},
    )

    assert [each.properties["height_m"] for each in desk.features()] == [None, 12.5]
    (issue,) = desk.issues("NUMBER-MISSING")
    assert "HEIGHT_M" in issue.message and "1 rows" in issue.message


@pytest.mark.parametrize(
    ("column", "kept"),
    [
        (
            Column(b"REF", (b"12345678901234567890", b"-9", b"7"), b"N", 20),
            ["12345678901234567890", "-9", "7"],
        ),
        (
            Column(b"REF", (b"9223372036854775807", b"9007199254740993", b"7"), b"N", 19),
            ["9223372036854775807", "9007199254740993", "7"],
        ),
        (
            Column(b"REF", (b"100023336956.00000000000", b"2.00000000000", b"3"), b"N", 24, 11),
            ["100023336956", "2", "3"],
        ),
    ],
    ids=["20 digits", "64 bits", "a UPRN with decimals"],
)
def test_b17_long_numbers_stay_exact(
    desk: Desk, path: Path, column: Column, kept: list[str]
) -> None:
    desk.accept(zip_parts(path, parts(column, NAMES)), rows=3)

    assert [feature.key for feature in desk.features()] == kept


def test_b19_columns_of_any_name_are_only_names(desk: Desk, path: Path) -> None:
    odd = (b"geom", b"id", b"fid", b"select", b'"; drop', b"", b"wkb", b"row")
    columns = [Column(name, (b"a", b"b", b"c"), width=3) for name in odd]

    desk.accept(zip_parts(path, parts(REFS, NAMES, *columns)), rows=3)

    assert names(desk) == ["Oak", "Ash", "Elm"]


@pytest.mark.parametrize(("count", "is_taken"), [(255, True), (256, False)])
def test_b19_many_columns(desk: Desk, path: Path, count: int, is_taken: bool) -> None:
    more = [Column(f"C{n}".encode(), (b"a", b"b", b"c"), width=1) for n in range(count - 2)]
    zip_parts(path, parts(REFS, NAMES, *more))

    if is_taken:
        desk.accept(path, rows=3)
    else:
        desk.refuse(path, "COL-TOO-MANY", "256 columns and at most 255")


def test_b20_deleted_rows_are_skipped_and_counted(desk: Desk, path: Path) -> None:
    whole = parts()
    whole[".dbf"] = whole[".dbf"].replace(b" T2 ", b"*T2 ")

    desk.accept(zip_parts(path, whole), "DBF-DELETED", rows=2)

    (issue,) = desk.issues("DBF-DELETED")
    assert "1 rows are marked as deleted" in issue.message
    assert names(desk) == ["Oak", "Elm"]


def test_b21_texts_in_another_file(desk: Desk, path: Path) -> None:
    memo = Column(b"NOTES", (b"1", b"2", b"3"), b"M", 10)

    desk.refuse(zip_parts(path, parts(REFS, memo)), "DBF-UNSUPPORTED", "NOTES", "memo")


def test_b21_dbase_7(desk: Desk, path: Path) -> None:
    whole = parts() | {".dbf": dbf((REFS, NAMES), level=4)}

    desk.refuse(zip_parts(path, whole), "DBF-UNSUPPORTED", "not of dBase III")


def test_b22_no_rows(desk: Desk, path: Path) -> None:
    empty = (Column(b"REF", ()), Column(b"NAME", ()))

    desk.refuse(zip_parts(path, parts(*empty, records=[])), "NO-ROWS", "has no rows")


@pytest.mark.parametrize("spelling", [str.upper, str.title], ids=["capitals", "mixed"])
@pytest.mark.parametrize("is_zipped", [True, False])
def test_b24_capitals_in_the_names_of_parts(
    desk: Desk, path: Path, spelling: object, is_zipped: bool
) -> None:
    assert callable(spelling)
    whole = {spelling(ending): part for ending, part in parts().items()}
    if is_zipped:
        zip_parts(path, whole, stem="TREES")
    else:
        for ending, part in whole.items():
            (desk.folder / f"TREES{ending}").write_bytes(part)
        path = desk.folder / f"TREES{spelling('.shp')}"

    desk.accept(path, rows=3)


def test_b25_a_dbf_that_says_it_has_four_gigabytes(desk: Desk, path: Path) -> None:
    whole = parts()
    count = struct.pack("<I", (4 << 30) // 41)
    whole[".dbf"] = whole[".dbf"][:4] + count + whole[".dbf"][8:]

    desk.refuse(zip_parts(path, whole), "TOO-BIG", "more than 2000 MB")


def test_b25_a_dbf_of_four_gigabytes(desk: Desk) -> None:
    for ending, part in parts().items():
        (desk.folder / f"trees{ending}").write_bytes(part)
    with (desk.folder / "trees.dbf").open("r+b") as file:
        file.truncate(4 << 30)

    desk.refuse(desk.folder / "trees.shp", "TOO-BIG", "larger than 1000 MB")
