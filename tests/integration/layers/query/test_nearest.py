"""The nearest features, against measuring every one of them."""

import numpy as np
import pytest
import shapely

from layers.crs import point_27700
from layers.query.nearest import nearest_features
from layers.query.registry import find_layer
from tests.factories import MadeFeature

pytestmark = pytest.mark.django_db(databases=["default", "read"])

# EPSG:27700: eastings and northings in and beyond the city.
PLACES = np.random.default_rng(7).uniform((400000, 278000), (414000, 292000), (25, 2)).tolist()
MILLIMETRE = 0.001


def nearest_by_measuring(
    features: list[MadeFeature], easting: float, northing: float, limit: int
) -> list[float]:
    """Return the distances in metres of the nearest, by shapely and without any index."""
    here = shapely.Point(easting, northing)
    distances_m = [shapely.distance(feature.shape_27700, here) for feature in features]
    return sorted(distances_m)[:limit]


@pytest.mark.parametrize("slug", ["schools", "areas"])
def test_it_finds_the_same_as_measuring_every_feature(city, slug):
    layer = find_layer(slug)
    shape_of = {feature.key: feature.shape_27700 for feature in city.features[slug]}

    for easting, northing in PLACES:
        found = nearest_features([layer], easting, northing, limit=5)[slug]

        expected_m = nearest_by_measuring(city.features[slug], easting, northing, 5)
        assert [f.distance_m for f in found] == pytest.approx(expected_m, abs=MILLIMETRE)
        here = shapely.Point(easting, northing)
        for feature in found:
            assert feature.distance_m == pytest.approx(
                shapely.distance(shape_of[feature.fid], here), abs=MILLIMETRE
            )


def test_each_layer_gets_its_own_nearest(city):
    layers = [find_layer("schools"), find_layer("bring-banks"), find_layer("areas")]

    found = nearest_features(layers, 407000, 285000, limit=3)

    assert list(found) == ["schools", "bring-banks", "areas"]
    for slug, features in found.items():
        expected_m = nearest_by_measuring(city.features[slug], 407000, 285000, 3)
        assert [f.distance_m for f in features] == pytest.approx(expected_m, abs=MILLIMETRE)


def test_both_of_two_features_on_one_spot_are_found(city):
    last = city.features["schools"][-1].shape_27700

    found = nearest_features([find_layer("schools")], last.x, last.y, limit=2)["schools"]

    assert {feature.fid for feature in found} == {"s398", "twin"}
    assert [feature.distance_m for feature in found] == [0, 0]


def test_a_distance_limit_leaves_out_what_is_farther(city):
    layer = find_layer("schools")
    all_m = nearest_by_measuring(city.features["schools"], 407000, 285000, 50)
    limit_m = (all_m[9] + all_m[10]) / 2

    found = nearest_features([layer], 407000, 285000, limit=50, max_distance_m=limit_m)["schools"]

    assert [feature.distance_m for feature in found] == pytest.approx(all_m[:10], abs=MILLIMETRE)


def test_a_feature_exactly_at_the_distance_limit_counts(city):
    # The western area's edge is at easting 405000: 100 m east of here.
    found = nearest_features([find_layer("areas")], 404900, 285500, limit=5, max_distance_m=100)

    assert [feature.fid for feature in found["areas"]] == ["west"]


def test_nothing_within_the_distance_is_an_empty_list(city):
    found = nearest_features([find_layer("areas")], 404900, 285500, limit=5, max_distance_m=99)

    assert found == {"areas": []}


def test_a_place_inside_an_area_is_no_distance_from_it(city):
    found = nearest_features([find_layer("areas")], 405500, 285500, limit=1)["areas"]

    assert (found[0].fid, found[0].distance_m) == ("west", 0)


def test_a_place_in_a_hole_is_as_far_as_the_holes_edge(city):
    # The hole is 406400-406600 by 285400-285600: its middle is 100 m from each edge.
    found = nearest_features([find_layer("areas")], 406500, 285500, limit=1)["areas"]

    assert found[0].fid == "east"
    assert found[0].distance_m == pytest.approx(100, abs=MILLIMETRE)


def test_a_marker_for_an_area_lies_inside_it(city):
    found = nearest_features([find_layer("areas")], 406500, 285500, limit=2)["areas"]

    for feature in found:
        from_api = shapely.Point(feature.longitude, feature.latitude)
        [shape] = [f.shape_27700 for f in city.features["areas"] if f.key == feature.fid]
        assert shape.contains(to_grid(from_api))


def test_a_layer_without_locations_has_nothing_near(city):
    assert nearest_features([find_layer("licences")], 407000, 285000, limit=5) == {"licences": []}


def test_no_layers_is_no_answer(city):
    assert nearest_features([], 407000, 285000, limit=5) == {}


def to_grid(point_4326: shapely.Point) -> shapely.Point:
    return shapely.Point(point_27700(point_4326.x, point_4326.y))
