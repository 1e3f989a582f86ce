"""Which areas a place is in, against shapely's own answer."""

import numpy as np
import pytest
import shapely

from layers.query.containing import features_at
from layers.query.registry import find_layer

pytestmark = pytest.mark.django_db(databases=["default", "read"])


def fids_at(easting: float, northing: float, *slugs: str) -> list[str]:
    layers = [find_layer(slug) for slug in slugs or ("areas",)]
    found = features_at(layers, easting, northing)
    return sorted(feature.fid for features in found.values() for feature in features)


def test_it_agrees_with_shapely_everywhere(city):
    # Half of these points fall on a grid whose lines are the areas' own edges.
    random = np.random.default_rng(11)
    points = [
        *random.uniform((404500, 284500), (407500, 286500), (100, 2)).tolist(),
        *(random.integers((4045, 2845), (4076, 2866), (100, 2)) * 100.0).tolist(),
    ]

    for easting, northing in points:
        here = shapely.Point(easting, northing)
        expected = [f.key for f in city.features["areas"] if f.shape_27700.intersects(here)]
        assert fids_at(easting, northing) == sorted(expected), f"at {easting}, {northing}"


def test_a_place_inside_is_in_one_area(city):
    assert fids_at(405500, 285500) == ["west"]


def test_a_place_on_the_edge_between_two_is_in_both(city):
    assert fids_at(406000, 285500) == ["east", "west"]


def test_a_place_on_a_corner_is_in_the_area(city):
    assert fids_at(405000, 285000) == ["west"]


def test_a_place_in_a_hole_is_in_no_area(city):
    assert fids_at(406500, 285500) == []


def test_a_place_on_the_edge_of_a_hole_is_in_the_area(city):
    assert fids_at(406400, 285500) == ["east"]


def test_a_place_outside_is_in_no_area(city):
    assert fids_at(404999.99, 285500) == []


def test_each_layer_answers_for_itself(city):
    found = features_at([find_layer("areas"), find_layer("lakes")], 406500, 285500)

    assert found["areas"] == []
    assert [feature.title for feature in found["lakes"]] == ["The lake"]


def test_a_layer_without_locations_contains_nothing(city):
    assert fids_at(406500, 285500, "licences") == []
