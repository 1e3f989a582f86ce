"""Boxes that are none, that mean something odd, or are in a system that there is not."""

import pytest

from tests.factories.problems import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


@pytest.mark.parametrize(
    "bbox",
    [
        "badbbox",
        "",
        "1,2,3",
        "1,2,3,4,5",
        "1,2,3,4,5,6,7",
        "1,2,3,4,",
        "nan,nan,nan,nan",
        "inf,1,2,3",
        "1e400,2,3,4",
        "１,２,３,４",
        "0x1,2,3,4",
        "1_0,2,3,4",
        " 1 ,2,3,4",
        "1,2;3,4",
        "1, 2,3,4",
        "-1.9,52.5,-1.8,52.4",
        "-181,52,-1,53",
        "-2,52,181,53",
        "-2,-91,-1,53",
        "-2,52,-1,90.1",
        "400000,280000,410000,290000",
        "1,2,3\0,4",
        LONG,
    ],
)
def test_j01_j02_a_box_that_is_none(city, ask, bbox):
    problem = refused(ask, ITEMS, bbox=bbox)

    assert problem["parameter"] == "bbox"
    assert "bbox" in problem["detail"]


def test_j01_a_box_of_too_few_numbers_is_told_what_it_needs(city, ask):
    detail = refused(ask, ITEMS, bbox="1,2,3")["detail"]

    assert "needs 4 numbers: west,south,east,north" in detail


def test_j03_a_box_upside_down_is_told_so(city, ask):
    detail = refused(ask, ITEMS, bbox="-1.9,52.5,-1.8,52.4")["detail"]

    assert "south (52.5) above its north (52.4)" in detail


def test_j03_a_box_across_the_antimeridian_is_legal_and_far_away(city, read):
    assert read(ITEMS, bbox="170,-80,-170,80")["features"] == []


def test_j04_latitude_before_longitude_is_somewhere_else(city, read):
    answer = read(ITEMS, bbox="52.42,-1.95,52.48,-1.88")

    assert (answer["features"], answer["numberMatched"]) == ([], 0)


def test_j05_the_whole_world_is_the_first_page_without_a_look_at_any_box(city, read):
    assert read(ITEMS, bbox="-180,-90,180,90")["numberReturned"] == 100


@pytest.mark.parametrize("name", ["EPSG:27700", "http://www.opengis.net/def/crs/EPSG/0/27700"])
def test_j06_a_box_may_be_of_the_national_grid(city, read, name):
    answer = read(ITEMS, bbox="400000,280000,410000,290000", **{"bbox-crs": name})

    assert answer["numberReturned"] == 100


@pytest.mark.parametrize(
    "name",
    ["x", "", "27700", "EPSG:4326", "EPSG:999999", "http://www.opengis.net/def/crs/EPSG/0/2154",
     "http://127.0.0.1/crs", "//127.0.0.1/crs", "file:///etc/passwd", "+proj=merc", "EPSG:27700\0",
     "[EPSG:27700", LONG],
)  # fmt: skip
@pytest.mark.parametrize("parameter", ["bbox-crs", "crs"])
def test_j06_any_other_system_is_refused_with_those_that_there_are(
    city, ask, monkeypatch, parameter, name
):
    # Whoever asked another server for a definition would open a socket for it.
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: pytest.fail("a look-up"))

    problem = refused(ask, ITEMS, bbox="1,2,3,4", **{parameter: name})

    assert problem["parameter"] == parameter
    assert "http://www.opengis.net/def/crs/OGC/1.3/CRS84" in problem["detail"]
    assert "http://www.opengis.net/def/crs/EPSG/0/27700" in problem["detail"]


@pytest.mark.parametrize(
    "bbox",
    ["405000,285000,406000", "406000,285000,405000,286000", "405000,286000,406000,285000",
     "nan,285000,406000,286000", "405000,285000,1e400,286000", "1e300,0,1e301,1"],
)  # fmt: skip
def test_j06_a_box_of_metres_that_is_none(city, ask, bbox):
    problem = refused(ask, ITEMS, bbox=bbox, **{"bbox-crs": "EPSG:27700"})

    assert problem["parameter"] == "bbox"
