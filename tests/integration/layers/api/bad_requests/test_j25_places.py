"""Places that are none, and distances that make no sense."""

import pytest

from tests.factories.problems import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"lon": "-1.9"}, "lat"),
        ({"lat": "52.5"}, "lon"),
        ({}, "lon"),
        ({"lon": "-1.9", "lat": "91"}, "lat"),
        ({"lon": "181", "lat": "52.5"}, "lon"),
        ({"lon": "-1.9", "lat": "52,5"}, "lat"),
        ({"lon": "nan", "lat": "52.5"}, "lon"),
        ({"lon": "", "lat": "52.5"}, "lon"),
        ({"lon": "-1.9", "lat": "inf"}, "lat"),
        ({"lon": "52.5", "lat": "-1.9"}, "lon"),
        ({"lon": "2.35", "lat": "48.85"}, "lon"),
        ({"lon": "-1.9\0", "lat": "52.5"}, "lon"),
    ],
)
@pytest.mark.parametrize("path", ["/nearest", "/at"])
def test_j25_a_place_that_is_none(city, ask, path, parameters, named):
    problem = refused(ask, path, **parameters)

    assert problem["parameter"] == named
    assert named in problem["detail"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_distance_m", "-1"),
        ("max_distance_m", "1e9"),
        ("max_distance_m", "nan"),
        ("max_distance_m", ""),
        ("limit", "0"),
        ("collections", ""),
        ("collections", "schools,"),
        ("collections", ",".join(f"layer-{n}" for n in range(51))),
    ],
)
def test_j25_a_search_that_makes_no_sense(city, ask, name, value):
    problem = refused(ask, "/nearest", lon="-1.9", lat="52.45", **{name: value})

    assert problem["parameter"] == name
    assert name in problem["detail"]


@pytest.mark.parametrize(
    "within",
    ["", "-1.9", "-1.9,52.45", "-1.9,52.45,", "-1.9,52.45,100,1", "-1.9,91,100", "181,52.45,100",
     "-1.9,52,45,100", "nan,52.45,100", "52.45,-1.9,100", "2.35,48.85,100", "-1.9,52.45,-1",
     "-1.9,52.45,0", "-1.9,52.45,1e9", "-1.9,52.45,5001", "-1.9,52.45,nan", "-1.9, 52.45,100",
     "-1.9,52.45,100\0", "-1.9;52.45;100", LONG],
)  # fmt: skip
def test_j25_a_circle_that_is_none(city, ask, within):
    problem = refused(ask, ITEMS, within=within)

    assert problem["parameter"] == "within"
    assert "within" in problem["detail"]


@pytest.mark.parametrize(
    "near", ["", "-1.9", "-1.9,", "-1.9,52.45,100", "-1.9,91", "181,52.45", "inf,52.45",
             "52.45,-1.9", "2.35,48.85", "-1.9 52.45", "-1.9,52.45\0", LONG]
)  # fmt: skip
def test_j25_a_place_to_begin_from_that_is_none(city, ask, near):
    problem = refused(ask, ITEMS, near=near)

    assert problem["parameter"] == "near"
    assert "near" in problem["detail"]


def test_j25_the_farthest_that_a_circle_goes_is_five_kilometres(city, read):
    assert read(ITEMS, within="-1.9,52.45,5000")["features"]
