"""OGC API - Features - Part 1: Core 1.0.1, class "geojson", and RFC 7946."""

import pytest
import shapely

from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

COLLECTIONS = ["areas", "bring-banks", "lakes", "licences", "schools"]


def features_of(site: Site, collection: str) -> list[dict]:
    return site.read(f"collections/{collection}/items", limit=1000).json["features"]


@pytest.mark.parametrize("path", ["collections/areas/items", "collections/areas/items/west"])
def test_conf_geojson_definition(site, path):
    """/conf/geojson/definition: features are offered as application/geo+json."""
    assert site.read(path).media_type == "application/geo+json"
    assert site.read(path, f="json").media_type == "application/geo+json"


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_conf_geojson_content(site, collection):
    """/conf/geojson/content: they are GeoJSON features, links and all."""
    page = site.read(f"collections/{collection}/items").json

    assert page["type"] == "FeatureCollection"
    for feature in page["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert isinstance(feature["id"], str)
        assert isinstance(feature["properties"], dict)
    alone = site.read(f"collections/{collection}/items/{page['features'][0]['id']}").json
    assert alone["type"] == "Feature"
    assert alone["links"]


def test_rfc_7946_3_1_6_outer_rings_are_anticlockwise_and_closed(site):
    """RFC 7946 section 3.1.6."""
    for feature in features_of(site, "areas") + features_of(site, "lakes"):
        shell, *holes = feature["geometry"]["coordinates"]
        assert shapely.LinearRing(shell).is_ccw
        assert not any(shapely.LinearRing(hole).is_ccw for hole in holes)
        assert all(ring[0] == ring[-1] for ring in [shell, *holes])


def test_rfc_7946_3_2_a_feature_without_location_has_a_null_geometry(site):
    """RFC 7946 section 3.2."""
    assert [feature["geometry"] for feature in features_of(site, "licences")] == [None] * 3


def test_rfc_7946_4_there_is_no_crs_member(site):
    """RFC 7946 section 4: the coordinate system is not said, because it is always the same."""
    assert "crs" not in site.read("collections/areas/items").json


def test_rfc_7946_11_2_coordinates_have_no_more_digits_than_they_mean(site):
    """RFC 7946 section 11.2: seven decimals of a degree are a centimetre."""
    for feature in features_of(site, "schools"):
        for number in feature["geometry"]["coordinates"]:
            assert len(repr(number).partition(".")[2]) <= 7


def test_ids_are_once_in_a_collection(site):
    ids = [feature["id"] for feature in features_of(site, "schools")]

    assert len(ids) == len(set(ids)) == 400
