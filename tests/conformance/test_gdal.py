"""GDAL's OAPIF driver, which QGIS users and ogr2ogr read the API with."""

import pytest
from pyogrio import list_layers, read_dataframe, read_info

from layers.crs import to_27700
from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

CENTIMETRE = 0.01
MILLIMETRE = 0.001


@pytest.fixture
def source(site: Site) -> str:
    return f"OAPIF:{site.api.removesuffix('/')}"


def test_it_lists_every_public_layer(source):
    names = [name for name, _ in list_layers(source)]

    assert sorted(names) == ["areas", "bring-banks", "lakes", "licences", "schools"]


@pytest.mark.parametrize("collection", ["schools", "areas"])
def test_it_copies_a_layer_whole_and_equal(site, source, collection):
    # 400 schools in pages of 30.
    copied = read_dataframe(source, layer=collection, PAGE_SIZE=30)

    features = site.city.features[collection]
    assert copied.crs.to_authority() in [("OGC", "CRS84"), ("EPSG", "4326")]
    assert list(copied["id"]) == [feature.key for feature in features]
    assert list(copied["name"]) == [feature.properties["name"] for feature in features]
    shapes = to_27700(copied.geometry.to_numpy())
    for shape, feature in zip(shapes, features, strict=True):
        assert shape.hausdorff_distance(feature.shape_27700) < CENTIMETRE, feature.key


@pytest.mark.parametrize("collection", ["schools", "areas"])
def test_it_copies_the_metres_that_were_measured(site, source, collection):
    copied = read_dataframe(source, layer=collection, CRS="EPSG:27700")

    features = site.city.features[collection]
    assert copied.crs.to_authority() == ("EPSG", "27700")
    for shape, feature in zip(copied.geometry, features, strict=True):
        assert shape.hausdorff_distance(feature.shape_27700) < MILLIMETRE, feature.key


def test_it_reads_only_what_a_box_touches(site, source):
    copied = read_dataframe(source, layer="areas", bbox=(-1.925, 52.465, -1.92, 52.47))

    assert list(copied["id"]) == ["west"]


def test_it_knows_the_extent_without_reading_the_layer(source):
    west, south, east, north = read_info(source, layer="areas")["total_bounds"]

    assert -1.93 < west < -1.92 < -1.90 < east < -1.89
    assert 52.46 < south < north < 52.48
