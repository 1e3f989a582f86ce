"""The form of a file is what its name declares, once its first bytes agree."""

import pytest

from importers.errors import SourceUnreadable
from importers.read.form import declared_form
from tests.unit.importers.read.made_files import VRT

ZIP = b"PK\x03\x04\x14\x00"
WORKBOOK = b"PK\x03\x04\x14\x00\x06\x00" + b"\x00" * 22 + b"[Content_Types].xml"
SQLITE = b"SQLite format 3\x00"
VRT_BYTES = VRT.format(target="/etc/passwd").encode()


@pytest.mark.parametrize(
    ("name", "head", "form"),
    [
        ("Schools.CSV", b"a,b\n", "csv"),
        ("b.csv.gz", b"\x1f\x8b\x08", "csv.gz"),
        ("wards.geojson", b'{"type"', "geojson"),
        ("wards.json", b'\xef\xbb\xbf\n{ "type"', "geojson"),
        ("areas.shp.zip", ZIP, "zip"),
        ("areas.gpkg", SQLITE, "gpkg"),
        ("areas.kml", b'<?xml version="1.0"?>\n<!-- <html> -->\n<kml xmlns="k"><b><html>', "kml"),
        ("areas.kml", b"<?xml version='1.0'?><!-- a remark longer than we look", "kml"),
        ("areas.kmz", ZIP, "kmz"),
        ("areas.gml", b'<?xml version="1.0"?><wfs:FeatureCollection>', "gml"),
        ("wfs.xml", b"<gml:FeatureCollection>", "gml"),
        ("areas.fgb", b"fgb\x03fgb\x01", "fgb"),
        ("areas.geojsonl", b'\x1e{"type"', "geojsonl"),
        ("areas.MIF", b"Version 300", "mif"),
        ("areas.TAB", b"!table", "tab"),
        ("areas.topojson", b'{"type":"Topology"', "topojson"),
        ("areas.gdb.zip", ZIP, "zip"),
        ("trees.db", SQLITE, "gpkg"),
    ],
)
def test_the_ending_declares_the_form(name, head, form):
    assert declared_form(name, head, driver="CSV") == form


@pytest.mark.parametrize(("driver", "form"), [("CSV", "csv"), ("GeoJSON", "geojson")])
def test_the_catalogue_speaks_for_a_name_without_an_ending(driver, form):
    head = b'{"type"' if form == "geojson" else b"a,b\n"

    assert declared_form("export", head, driver) == form


@pytest.mark.parametrize("name", ["trees.csv", "trees.geojson", "trees.gpkg", "trees.kml", "trees"])
def test_a_vrt_is_refused_under_any_name(name):
    with pytest.raises(SourceUnreadable, match="virtual file") as caught:
        declared_form(name, b"\n " + VRT_BYTES, driver="CSV")

    assert caught.value.code == "FMT-MISMATCH"


@pytest.mark.parametrize(
    ("name", "head", "found"),
    [
        ("a.csv", WORKBOOK, "Excel"),
        ("a.csv", b"\xd0\xcf\x11\xe0", "old Excel"),
        ("a.csv", b"<!DOCTYPE html><html>", "web page"),
        ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.zip", b"%PDF-1.7", "PDF"),
        ("a.zip", b"Rar!\x1a\x07", "RAR"),
        ("a.zip", b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        ("a.zip", b"\x1f\x8b\x08", "gzip"),
        ("a.geojson", ZIP, "zip"),
        ("a.geojson", b"<kml>", "KML"),
        ("a.gpkg", ZIP, "zip"),
        ("a.kml", b"<HTML><kml>", "web page"),
        ("a.kml", ZIP, "zip"),
        ("a.kmz", b"<kml>", "KML"),
        ("a.csv.gz", b"a,b\n", "plain text"),
    ],
)
def test_content_of_another_kind_is_named(name, head, found):
    with pytest.raises(SourceUnreadable, match=found) as caught:
        declared_form(name, head, driver="CSV")

    assert caught.value.code == "FMT-MISMATCH"


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("a.gpx", "GeoPackage"),
        ("a.dwg", "GeoPackage"),
        ("a.shp.xml", "Zip the .shp"),
        ("a.xlsm", "without macros"),
        ("a.rar", "Unpack"),
    ],
)
def test_a_form_that_is_not_read_comes_with_the_way_out(name, way_out):
    with pytest.raises(SourceUnreadable, match=way_out) as caught:
        declared_form(name, b"content", driver="CSV")

    assert caught.value.code == "FMT-UNSUPPORTED"


def test_a_geodatabase_is_a_folder_and_not_a_file():
    with pytest.raises(SourceUnreadable, match="folder with many files") as caught:
        declared_form("areas.gdb", b"content", driver="OpenFileGDB")

    assert caught.value.code == "GDB-PARTS"


def test_a_shp_alone_is_asked_for_its_other_parts():
    with pytest.raises(SourceUnreadable, match=r"\.dbf, \.shx and \.prj") as caught:
        declared_form("areas.shp", b"\x00\x00\x27\x0a", driver="ESRI Shapefile")

    assert caught.value.code == "SHP-PARTS"


def test_a_map_servers_error_answer_is_not_data():
    head = b'<?xml version="1.0"?><ows:ExceptionReport>'

    for name in ("areas.csv", "areas.xml", "areas.geojson"):
        with pytest.raises(SourceUnreadable) as caught:
            declared_form(name, head, driver="CSV")
        assert caught.value.code == "SOURCE-ERROR"
