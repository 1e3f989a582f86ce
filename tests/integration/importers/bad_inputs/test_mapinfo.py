"""MapInfo tables whose parts are missing, elsewhere, or contradict each other."""

from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from tests.factories.entries import field_entry
from tests.integration.importers.bad_inputs.desk import Desk
from tests.integration.importers.bad_inputs.zips import write_zip

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

SYSTEM = b'CoordSys Earth Projection 8, 79, "m", -2, 49, 0.9996012717, 400000, -100000'
THREE_NUMBERS = SYSTEM.replace(b" 79,", b" 999, 9, 375, -111, 431,")
SEVEN_NUMBERS = SYSTEM.replace(
    b" 79,", b" 9999, 9, 446.448, -125.157, 542.06, -0.15, -0.247, -0.842, -20.489, 0,"
)
MIF = (
    b'Version 300\nCharset "WindowsLatin1"\nDelimiter ","\n' + SYSTEM + b"\n"
    b"Columns 1\n  ref Char(10)\nData\nRegion  1\n  4\n"
    b"405000 285000\n405100 285000\n405100 285100\n405000 285000\n"
    b"    Pen (1,2,0)\nRegion  1\n  4\n"
    b"405200 285000\n405300 285000\n405300 285100\n405200 285000\n"
)
MID = b'"R1"\n"R2"\n'
AREAS: dict[str, Any] = {
    "geometry_type": "Polygon",
    "fields": (field_entry("ref", required=True),),
    "title_field": "ref",
}


@pytest.fixture
def path(desk: Desk) -> Path:
    return desk.folder / "trees.zip"


def zip_mif(path: Path, mif: bytes = MIF, mid: bytes | None = MID) -> Path:
    return write_zip(path, {"trees.mif": mif} | ({} if mid is None else {"trees.mid": mid}))


def tab_parts(folder: Path, **options: str) -> dict[str, bytes]:
    """Return the parts of a TAB with two trees, as GDAL writes it."""
    folder.mkdir()
    places = [shapely.Point(405_000.4, 285_000.4), shapely.Point(405_010.4, 285_000.4)]
    rows = geopandas.GeoDataFrame({"ref": ["T1", "T2"]}, geometry=places, crs=27700)
    rows.to_file(folder / "trees.tab", driver="MapInfo File", **options)
    return {part.name: part.read_bytes() for part in sorted(folder.iterdir())}


def test_good_tables_are_taken(desk: Desk, path: Path) -> None:
    desk.accept(zip_mif(path), rows=2, **AREAS)
    path.unlink()

    desk.accept(write_zip(path, tab_parts(desk.folder / "tab")), rows=2)

    assert "COORD-PRECISION" not in desk.kinds


@pytest.mark.parametrize("missing", [("dat",), ("map",), ("id",), ("dat", "map", "id")])
def test_g01_parts_are_missing(desk: Desk, path: Path, missing: tuple[str, ...]) -> None:
    parts = tab_parts(desk.folder / "tab")
    for ending in missing:
        del parts[f"trees.{ending}"]
    said = ", ".join(f".{ending}" for ending in missing)

    desk.refuse(write_zip(path, parts), "TAB-PARTS", f"lacks its {said}.", "zip them together")


def test_g01_a_tab_alone(desk: Desk) -> None:
    path = desk.folder / "trees.TAB"
    path.write_bytes(tab_parts(desk.folder / "tab")["trees.tab"])

    desk.refuse(path, "TAB-PARTS", "lacks its .dat, .map, .id.")


@pytest.mark.parametrize(
    "tab",
    [
        b'!table\n!version 300\n\nDefinition Table\n  Type LINKED Charset "WindowsLatin1"\n',
        b"!table\n!version 300\n\nDefinition Table\n  Type ODBC\n",
        b'!table\nDefinition Table\n  File "C:\\data\\x.dbf"\n  Type DBF\n',
        b'!table\nDefinition Table\n  Type NATIVE\n"\\IsSeamless" = "TRUE"\n',
        b'!table\nOpen Table "..\\..\\other.TAB"\nCreate View trees As\n',
    ],
    ids=["linked", "odbc", "file", "seamless", "view"],
)
def test_g02_a_tab_that_points_elsewhere(desk: Desk, path: Path, tab: bytes) -> None:
    parts = tab_parts(desk.folder / "tab") | {"trees.tab": tab}

    desk.refuse(write_zip(path, parts), "TAB-LINKED", "points at other files", "Save Copy As")


def test_g04_a_drawing_has_no_crs(desk: Desk, path: Path) -> None:
    drawing = MIF.replace(SYSTEM, b'CoordSys NonEarth Units "m" Bounds (0, 0) (1000000, 1000000)')

    desk.refuse(zip_mif(path, drawing), "CRS-MISSING", **AREAS)


def test_g04_positions_rounded_to_metres_are_warned_of(desk: Desk, path: Path) -> None:
    bounds = "-1000000000,-1000000000,1000000000,1000000000"
    parts = tab_parts(desk.folder / "tab", BOUNDS=bounds)

    desk.accept(write_zip(path, parts), "COORD-PRECISION", rows=2)

    (issue,) = desk.issues("COORD-PRECISION")
    assert issue.severity == "warning"
    assert "rounded to 1 m" in issue.message
    assert desk.features()[0].geom_27700.coords == (405_000.0, 285_000.0)


@pytest.mark.parametrize(
    "system", [SYSTEM, THREE_NUMBERS, SEVEN_NUMBERS], ids=["datum 79", "999", "9999"]
)
def test_g04_mapinfos_own_numbers_are_national_grid_to_the_centimetre(
    desk: Desk, path: Path, system: bytes
) -> None:
    mif = MIF.replace(SYSTEM, system)

    desk.accept(zip_mif(path, mif), rows=2, **AREAS)

    assert "CRS-FROM-CATALOGUE" not in desk.kinds
    west, south, east, north = desk.features()[0].geom_27700.extent
    assert (west, south, east, north) == pytest.approx(
        (405_000, 285_000, 405_100, 285_100), abs=0.01
    )


@pytest.mark.parametrize(
    ("mif", "mid", "said"),
    [
        (MIF.replace(b"  4\n", b"  5\n", 1), MID, ("Line 14", "position 5 of 5")),
        (MIF.replace(b"  4\n", b"  1000000000\n", 1), MID, ("Line 9", "1000000000")),
        (MIF[: MIF.rindex(b"405300 285100")], MID, ("ends in the middle of a shape",)),
        (MIF, None, ("lacks its .mid", "send the zip")),
        (MIF, b'"R1"\n', (".mid ends after 1 rows", ".mif has 2 objects")),
        (MIF.replace(b"Data\n", b"Date\n"), MID, ("no line that says Data",)),
    ],
    ids=["a position less", "10^9 points", "cut short", "no mid", "fewer rows", "no data"],
)
def test_g05_a_mif_that_contradicts_itself(
    desk: Desk, path: Path, mif: bytes, mid: bytes | None, said: tuple[str, ...]
) -> None:
    desk.refuse(zip_mif(path, mif, mid), "MIF-SYNTAX", *said, **AREAS)
