"""A GML is looked through before GDAL reads it, which loses features without a word."""

import pytest

from importers.errors import SourceUnreadable
from importers.read.child.gml_crs import find_crs
from importers.read.child.gml_scan import GmlScan
from importers.read.child.xml_syntax import walk_xml
from importers.read.limits import ReadLimits
from tests.unit.importers.read.made_files import gml, gml_point


def scanned(tmp_path, *features, **options):
    path = tmp_path / "trees.gml"
    path.write_text(gml(*features, **options))
    scan = GmlScan()
    walk_xml(path, scan, ReadLimits(), refuse_root=lambda name: None)
    return scan


def test_it_knows_which_features_have_a_shape(tmp_path):
    extent = '<gml:boundedBy><gml:Envelope srsName="EPSG:4326"/></gml:boundedBy>'

    scan = scanned(tmp_path, gml_point("406000 286000"), extent + "<ms:name>Ash</ms:name>")

    assert [feature.has_shape for feature in scan.features] == [True, False]
    assert [feature.kind for feature in scan.features] == ["tree", "tree"]
    assert (scan.srs_names, scan.extent_srs_names) == ({"EPSG:27700"}, {"EPSG:4326"})


@pytest.mark.parametrize("positions", ["406000", "406000 north", "", "1;2"])
def test_it_finds_coordinates_that_are_no_numbers(tmp_path, positions):
    scan = scanned(tmp_path, gml_point("1 2"), gml_point(positions))

    first, second = scan.faults_of("tree")

    assert first is None
    assert second is not None
    assert second[0] == "GEOM-INVALID"


def test_it_finds_geometries_that_are_only_referred_to(tmp_path):
    away = '<ms:geom xlink:href="http://127.0.0.1/x#a"/>'
    code_list = '<ms:kind xlink:href="http://example.org/oak"/>'

    scan = scanned(tmp_path, gml_point("1 2") + code_list, away)

    first, second = scan.faults_of("tree")
    assert (first, second and second[0]) == (None, "GEOM-REMOTE")


@pytest.mark.parametrize("counts", ['numberMatched="9" numberReturned="1"', 'numberOfFeatures="2"'])
def test_it_refuses_an_answer_that_says_there_is_more(tmp_path, counts):
    scan = scanned(tmp_path, gml_point("1 2"), counts=counts)

    with pytest.raises(SourceUnreadable) as caught:
        scan.refuse_partial()

    assert caught.value.code == "SOURCE-PARTIAL"


def test_an_answer_that_does_not_know_how_many_there_are_is_whole(tmp_path):
    scanned(tmp_path, gml_point("1 2"), counts='numberMatched="unknown"').refuse_partial()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("EPSG:27700", "EPSG:27700"),
        ("urn:ogc:def:crs:EPSG::27700", "EPSG:27700"),
        ("urn:ogc:def:crs:EPSG:6.9:27700", "EPSG:27700"),
        ("urn:x-ogc:def:crs:EPSG:27700", "EPSG:27700"),
        ("http://www.opengis.net/gml/srs/epsg.xml#27700", "EPSG:27700"),
        ("http://www.opengis.net/def/crs/EPSG/0/27700", "EPSG:27700"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
    ],
)
def test_it_knows_the_spellings_of_a_crs(name, code):
    assert find_crs({name}) == code


@pytest.mark.parametrize(
    ("names", "code"),
    [({"British National Grid"}, "CRS-UNREADABLE"), ({"EPSG:27700", "EPSG:4326"}, "CRS-MIXED")],
)
def test_it_refuses_a_crs_that_is_not_one(names, code):
    with pytest.raises(SourceUnreadable) as caught:
        find_crs(names)

    assert caught.value.code == code


def test_a_file_without_srs_names_declares_none():
    assert find_crs(set()) is None
