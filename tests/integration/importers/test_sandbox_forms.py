"""Each form comes through the sandboxed child whole, and each fault as one clear refusal."""

import gzip
import json
from pathlib import Path

import geopandas
import pytest
import shapely

from tests.integration.importers.sandbox_reading import KINDS, read_whole, refusal
from tests.unit.importers.read.made_files import (
    MIF,
    feature,
    gml,
    gml_point,
    point,
    shapefile_parts,
    tab_parts,
    write_geojson,
    write_geopackage,
    write_shapefile_zip,
    write_zip,
)

pytestmark = pytest.mark.cold_reader

SHARED_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared_data = pytest.mark.skipif(
    not SHARED_DATA.is_dir(), reason="the shared set of real files is not beside the checkout"
)


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_a_csv(tmp_path, kind):
    path = tmp_path / "trees.csv"
    path.write_text("id,name\n1,Oak\n2,Ash,extra\n")

    reading, (batch,) = read_whole(path, kind)

    assert (reading.form, reading.crs, reading.column_names) == ("CSV", None, ("id", "name"))
    assert batch.columns.to_pylist() == [{"id": "1", "name": "Oak"}]
    assert batch.rows.tolist() == [2]
    assert batch.wkb is None
    assert [(finding.kind, finding.row, raw) for finding, raw in batch.spoilt] == [
        ("CSV-COLUMNS", 3, "2,Ash,extra")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_a_compressed_csv(tmp_path, kind):
    path = tmp_path / "trees.csv.gz"
    path.write_bytes(gzip.compress(b"id\n1\n"))

    _, (batch,) = read_whole(path, kind)

    assert batch.columns.to_pylist() == [{"id": "1"}]


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_geojson(tmp_path, kind):
    path = write_geojson(
        tmp_path / "trees.geojson", [feature(point(-1.9, 52.48), row="Oak"), feature(None)]
    )

    reading, (batch,) = read_whole(path, kind)

    assert (reading.form, reading.crs, reading.geometry_type) == ("GeoJSON", "EPSG:4326", "Point")
    assert shapely.from_wkb(batch.wkb[0]) == shapely.Point(-1.9, 52.48)
    assert batch.wkb[1] is None
    assert batch.columns.to_pylist() == [{"row": "Oak"}, {"row": None}]


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_a_zipped_shapefile(tmp_path, kind):
    parts = shapefile_parts(
        [b"Caf\xe9 \x96 Oak", b"Ash", b"Elm"],
        numbers=[b"12", b"****", b"1.#QNAN"],
        dates=[b"20240301", b"00000000", b""],
        cpg=None,
    )
    path = write_shapefile_zip(tmp_path / "trees.shp.zip", parts)

    reading, (batch,) = read_whole(path, kind)

    assert (reading.form, reading.crs, reading.encoding) == ("Shapefile", "EPSG:27700", "cp1252")
    assert [finding.kind for finding in reading.findings] == ["TEXT-ENCODING", "NUMBER-MISSING"]
    assert batch.rows.tolist() == [1, 2]
    assert batch.columns["NAME"].to_pylist() == ["Caf\u00e9 \u2013 Oak", "Ash"]
    assert batch.columns["GIRTH"].to_pylist() == [12, None]
    assert [str(day) for day in batch.columns["PLANTED"].to_pylist()] == ["2024-03-01", "None"]
    assert shapely.from_wkb(batch.wkb[1]) == shapely.Point(406010, 286000)
    assert [(finding.kind, finding.row) for finding, _ in batch.spoilt] == [("NUMBER-INVALID", 3)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_a_geopackage_with_its_feature_ids(tmp_path, kind):
    path = write_geopackage(tmp_path / "trees.gpkg")

    reading, (batch,) = read_whole(path, kind)

    assert (reading.form, reading.crs, reading.geometry_type) == (
        "GeoPackage",
        "EPSG:27700",
        "Point",
    )
    assert reading.column_names == ("fid", "name", "planted")
    assert batch.columns["fid"].to_pylist() == [11, 12, 13]
    assert batch.rows.tolist() == [1, 2, 3]
    assert shapely.from_wkb(batch.wkb[0]) == shapely.Point(406000, 286000)
    assert batch.wkb[2] is None


def test_it_reads_a_zipped_geopackage(tmp_path):
    inner = write_geopackage(tmp_path / "inner.gpkg")
    path = write_zip(tmp_path / "trees.zip", {"trees.gpkg": inner.read_bytes()})

    reading, (batch,) = read_whole(path)

    assert (reading.form, batch.rows.tolist()) == ("GeoPackage", [1, 2, 3])


KML = (
    b"<kml><Folder><Placemark><name>Oak</name>"
    b"<Point><coordinates>-1.9,52.48,9</coordinates></Point></Placemark></Folder></kml>"
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["trees.kml", "trees.kmz", "trees.zip"])
def test_it_reads_kml_alone_and_zipped(tmp_path, kind, name):
    path = tmp_path / name
    if name == "trees.kml":
        path.write_bytes(KML)
    else:
        write_zip(path, {"doc.kml": KML})

    reading, (batch,) = read_whole(path, kind)

    assert (reading.form, reading.crs) == ("KML", "EPSG:4326")
    assert batch.columns.to_pylist() == [{"name": "Oak"}]
    assert shapely.from_wkb(batch.wkb[0]) == shapely.Point(-1.9, 52.48)


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_a_zipped_mif(tmp_path, kind):
    mid = '"Caf\u00e9"\n"Ash"\n"Elm"\n'.encode("cp1252")
    path = write_zip(tmp_path / "trees.zip", {"Our Trees.MIF": MIF, "Our Trees.MID": mid})

    reading, (batch,) = read_whole(path, kind)

    assert (reading.form, reading.crs) == ("MapInfo MIF", "EPSG:27700")
    assert batch.columns["Name"].to_pylist() == ["Caf\u00e9", "Ash", "Elm"]
    assert batch.rows.tolist() == [1, 2, 3]
    assert shapely.from_wkb(batch.wkb[0]).area == 5000
    assert shapely.from_wkb(batch.wkb[1]) == shapely.Point(406010, 286000)
    assert batch.wkb[2] is None


def test_a_mif_that_is_a_drawing_declares_no_crs(tmp_path):
    system = MIF[MIF.index(b"CoordSys") : MIF.index(b"Columns")]
    drawing = MIF.replace(system, b'CoordSys NonEarth Units "m" Bounds (0, 0) (1000000, 1000000)\n')
    path = write_zip(tmp_path / "trees.zip", {"a.mif": drawing, "a.mid": b"1\n2\n3\n"})

    reading, _ = read_whole(path)

    assert reading.crs is None


def test_it_reads_a_zipped_tab(tmp_path):
    rows = geopandas.GeoDataFrame(
        {"name": ["Oak", "Ash"], "geometry": [shapely.Point(406000, 286000), None]}, crs=27700
    )
    (tmp_path / "tab").mkdir()
    rows.to_file(tmp_path / "tab" / "trees.tab", driver="MapInfo File")
    parts = {part.name.upper(): part.read_bytes() for part in (tmp_path / "tab").iterdir()}

    reading, (batch,) = read_whole(write_zip(tmp_path / "trees.zip", parts))

    assert (reading.form, reading.crs) == ("MapInfo TAB", "EPSG:27700")
    assert batch.columns["name"].to_pylist() == ["Oak", "Ash"]
    assert shapely.from_wkb(batch.wkb[0]).distance(shapely.Point(406000, 286000)) < 0.01
    assert batch.wkb[1] is None


def test_a_tab_that_gdal_cannot_open_is_damaged(tmp_path):
    parts = {f"trees.{ending}": content for ending, content in tab_parts().items()}

    assert refusal(write_zip(tmp_path / "trees.zip", parts)).code == "FILE-CORRUPT"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("trees.mif", MIF, "MIF-SYNTAX"), ("trees.tab", tab_parts()["tab"], "TAB-PARTS")],
)
def test_a_mapinfo_part_alone_is_asked_for_the_others(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)

    fault = refusal(path)

    assert fault.code == code
    assert "zip them together" in str(fault) or "send the zip" in str(fault)


def write_gml(path, *features, **options):
    path.write_text(gml(*features, **options))
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_a_wfs_answer(tmp_path, kind):
    path = write_gml(
        tmp_path / "trees.gml",
        gml_point("406000 286000") + "<ms:name>Oak</ms:name>",
        "<ms:name>Ash</ms:name>",
        counts='numberMatched="2" numberReturned="2"',
    )

    reading, (batch,) = read_whole(path, kind)

    assert (reading.form, reading.crs) == ("GML", "EPSG:27700")
    assert batch.rows.tolist() == [1, 2]
    assert batch.columns.to_pylist() == [
        {"gml_id": "t.7", "name": "Oak"},
        {"gml_id": "t.9", "name": "Ash"},
    ]
    assert shapely.from_wkb(batch.wkb[0]) == shapely.Point(406000, 286000)
    assert batch.wkb[1] is None


@pytest.mark.parametrize(
    ("srs", "position"),
    [
        ("urn:ogc:def:crs:EPSG::4326", "52.48 -1.9"),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "52.48 -1.9"),
        ("EPSG:4326", "-1.9 52.48"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "-1.9 52.48"),
    ],
)
def test_gml_comes_x_before_y_whatever_the_order_of_its_crs(tmp_path, srs, position):
    path = write_gml(tmp_path / "trees.gml", gml_point(position, srs))

    reading, (batch,) = read_whole(path)

    assert reading.crs == "EPSG:4326"
    assert shapely.from_wkb(batch.wkb[0]) == shapely.Point(-1.9, 52.48)


def test_it_spoils_a_gml_feature_whose_geometry_lies_elsewhere(tmp_path):
    away = '<ms:geom xlink:href="http://127.0.0.1:9/x"/><ms:name>Ash</ms:name>'
    path = write_gml(tmp_path / "trees.gml", gml_point("1 2"), away, gml_point("3 4"))

    _, (batch,) = read_whole(path)

    assert batch.rows.tolist() == [1, 3]
    assert [(finding.kind, finding.row) for finding, _ in batch.spoilt] == [("GEOM-REMOTE", 2)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (gml(), "NO-ROWS"),
        (gml(gml_point("1 2"), prolog="<!DOCTYPE a>"), "XML-DTD"),
        (gml(gml_point("1 2"), counts='numberMatched="7"'), "SOURCE-PARTIAL"),
        (gml(gml_point("1 2"))[:-40], "XML-SYNTAX"),
        (gml(gml_point("1 2", "garbage")), "CRS-UNREADABLE"),
        ("<ows:ExceptionReport xmlns:ows='o'/>", "SOURCE-ERROR"),
        ("<metadata/>", "FMT-MISMATCH"),
        (
            gml("<ms:a>1</ms:a>").replace(
                "</wfs:member>", "</wfs:member><wfs:member><ms:road/></wfs:member>"
            ),
            "MULTI-LAYER",
        ),
        (gml(gml_point("1"), gml_point("1 2")), "FILE-CORRUPT"),
    ],
)
def test_it_refuses_gml_that_is_not_one_whole_layer(tmp_path, text, code):
    path = tmp_path / "trees.gml"
    path.write_text(text)

    assert refusal(path).code == code


def write_flatgeobuf(path, count=2):
    points = [shapely.Point(406000 + place, 286000) for place in range(count)]
    rows = geopandas.GeoDataFrame({"name": ["Oak"] * count, "geometry": points}, crs=27700)
    # Without its spatial index the features stay in their order.
    rows.to_file(path, driver="FlatGeobuf", SPATIAL_INDEX="NO")
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_a_flatgeobuf(tmp_path, kind):
    reading, (batch,) = read_whole(write_flatgeobuf(tmp_path / "trees.fgb"), kind)

    assert (reading.form, reading.crs, reading.geometry_type) == (
        "FlatGeobuf",
        "EPSG:27700",
        "Point",
    )
    assert batch.rows.tolist() == [1, 2]
    assert shapely.from_wkb(batch.wkb[1]) == shapely.Point(406001, 286000)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_it_refuses_a_flatgeobuf_that_is_cut_short(tmp_path, share):
    path = write_flatgeobuf(tmp_path / "trees.fgb", count=500)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])

    assert refusal(path).code == "FILE-CORRUPT"


def test_it_reads_geojson_line_by_line(tmp_path):
    path = tmp_path / "trees.geojsonl"
    path.write_text(json.dumps(feature(point(-1.9, 52.48), name="Oak")) + "\nbroken\n")

    reading, (batch,) = read_whole(path)

    assert reading.form == "GeoJSONSeq"
    assert (batch.rows.tolist(), [finding.row for finding, _ in batch.spoilt]) == ([1], [2])


def test_it_spoils_a_geometry_that_gdal_would_lose_silently(tmp_path):
    broken = "UPDATE trees SET geom = X'4750000100' WHERE fid = 11"
    path = write_geopackage(tmp_path / "trees.gpkg", extra_sql=broken)

    _, (batch,) = read_whole(path)

    assert batch.rows.tolist() == [2, 3]
    ((finding, raw),) = batch.spoilt
    assert (finding.kind, finding.row) == ("GEOM-CORRUPT", 1)
    assert "Oak" in raw


def test_a_shapefile_without_a_prj_declares_no_crs(tmp_path):
    path = write_shapefile_zip(tmp_path / "trees.zip", shapefile_parts(prj=None))

    reading, _ = read_whole(path)

    assert reading.crs is None


def test_it_leaves_out_deleted_rows_and_says_so(tmp_path):
    parts = shapefile_parts()
    rows_at = parts[".dbf"].index(b"\x0d") + 1
    parts[".dbf"] = parts[".dbf"][:rows_at] + b"*" + parts[".dbf"][rows_at + 1 :]
    path = write_shapefile_zip(tmp_path / "trees.zip", parts)

    reading, (batch,) = read_whole(path)

    assert batch.rows.tolist() == [2, 3]
    assert [finding.kind for finding in reading.findings] == ["DBF-DELETED"]


def without(parts: dict[str, bytes], ending: str) -> dict[str, bytes]:
    return {each: content for each, content in parts.items() if each != ending}


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (without(shapefile_parts(), ".shx"), "SHP-PARTS"),
        (without(shapefile_parts(), ".dbf"), "SHP-PARTS"),
        ({**shapefile_parts(), ".shp": shapefile_parts()[".shp"][:150]}, "SHP-TRUNCATED"),
        ({**shapefile_parts(), ".dbf": shapefile_parts([b"Oak"])[".dbf"]}, "SHP-COUNT"),
        (shapefile_parts([]), "NO-ROWS"),
        (shapefile_parts(prj="garbage"), "CRS-UNREADABLE"),
        (shapefile_parts([b"Caf\xe9"], cpg="UTF-8"), "TEXT-ENCODING"),
    ],
)
def test_it_refuses_a_shapefile_whose_parts_do_not_agree(tmp_path, parts, code):
    fault = refusal(write_shapefile_zip(tmp_path / "trees.zip", parts))

    assert fault.code == code
    assert str(fault).startswith("trees.zip: ")


def test_it_refuses_a_zip_with_a_way_out_of_it(tmp_path):
    path = write_zip(tmp_path / "trees.zip", {"../../evil.shp": b"x"})

    assert refusal(path).code == "ZIP-PATH"


def test_a_fault_deep_in_a_file_comes_from_the_batches(tmp_path):
    path = tmp_path / "trees.csv"
    path.write_text("id,name\n" + "1,Oak\n" * 50_000 + '2,"open\n')

    fault = refusal(path)

    assert fault.code == "CSV-QUOTE"
    assert "line 50002" in str(fault)


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "form", "crs", "rows"),
    [
        ("boundaries/birmingham-wards.geojson", "GeoJSON", "EPSG:4326", 69),
        ("planning/conservation-areas/nottinghamshire.geojson", "GeoJSON", "EPSG:27700", 174),
        ("planning/conservation-areas/bracknell-forest.zip", "Shapefile", "EPSG:27700", 6),
        ("planning/tpo/southwark-TPO zones - Individual type.zip", "Shapefile", "EPSG:27700", 485),
        ("planning/conservation-areas/camden.kml", "KML", "EPSG:4326", 210),
        ("formats/kml-portsmouth/PCC_Polling_2015.kml", "KML", "EPSG:4326", 78),
        ("formats/kmz-chorley/Chorley Polling Districts.kmz", "KML", "EPSG:4326", 66),
        ("planning/conservation-areas/dudley-wfs.gml", "GML", "EPSG:27700", 34),
        ("formats/shapefile-redditch/Electoral Boundaries 2.shp", "Shapefile", "EPSG:27700", 35),
        (
            "formats/mapinfo-tab-calderdale/Polling station districts.tab",
            "MapInfo TAB",
            "EPSG:27700",
            124,
        ),
        (
            "formats/mapinfo-mif-warrington/polling_districts 2012TAB.mif",
            "MapInfo MIF",
            "EPSG:27700",
            112,
        ),
        ("formats/tsv-coventry/PollingStations-2016-05-25.tsv", "CSV", None, 145),
        ("schools/birmingham_schools.csv", "CSV", None, 447),
        ("assets/bathnes/POLLING_DISTRICTS_2015.csv", "CSV", None, 110),
    ],
)
def test_it_reads_what_councils_send(tmp_path, name, form, crs, rows):
    real = SHARED_DATA / name
    for part in real.parent.iterdir():
        if part.stem == real.stem:
            (tmp_path / part.name).write_bytes(part.read_bytes())

    reading, batches = read_whole(tmp_path / real.name)

    assert (reading.form, reading.crs) == (form, crs)
    assert sum(len(batch.rows) + len(batch.spoilt) for batch in batches) == rows
