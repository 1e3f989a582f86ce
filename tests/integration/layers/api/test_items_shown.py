"""What of features is shown, in which coordinates, and how many there are said to be."""

import json

import numpy as np
import pytest
import shapely

from layers import crs
from layers.query import counts

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SCHOOLS = "/collections/schools/items"
AREAS = "/collections/areas/items"
PREFIX = "http://www.opengis.net/def/crs"
BRITISH_NATIONAL_GRID = f"{PREFIX}/EPSG/0/27700"
PART = "-1.95,52.42,-1.88,52.48"


def test_only_the_properties_asked_for_are_shown_beside_the_geometry(city, read):
    whole = read(SCHOOLS, limit=20)["features"]

    part = read(SCHOOLS, limit=20, properties="pupils,name")["features"]

    for had, shown in zip(whole, part, strict=True):
        assert (
            shown
            == {
                **had,
                "properties": {name: had["properties"][name] for name in ("name", "pupils")},
            }
            if had["id"] != "twin"
            else True
        )


def test_no_properties_leave_the_geometry(city, read):
    [school] = read(SCHOOLS, limit=1, properties="")["features"]

    assert school["properties"] == {}
    assert school["geometry"]["type"] == "Point"


def test_a_property_that_a_feature_has_not_is_null(city, read):
    [*_, twin] = read(SCHOOLS, limit=1000, properties="pupils")["features"]

    assert (twin["id"], twin["properties"]) == ("twin", {"pupils": None})


def test_one_feature_shows_what_is_asked_for_too(city, read):
    alone = read(f"{SCHOOLS}/s7", properties="pupils", crs=BRITISH_NATIONAL_GRID)

    [made] = [one for one in city.features["schools"] if one.key == "s7"]
    assert alone["properties"] == {"pupils": 7}
    assert alone["geometry"]["coordinates"] == [made.shape_27700.x, made.shape_27700.y]


def test_metres_are_those_that_were_imported(city, read):
    shown = read(AREAS, crs=BRITISH_NATIONAL_GRID)["features"]

    for feature, made in zip(shown, city.features["areas"], strict=True):
        assert shapely.geometry.shape(feature["geometry"]).equals(made.shape_27700)


@pytest.mark.parametrize(
    ("uri", "decimals"),
    [
        (f"{PREFIX}/OGC/1.3/CRS84", 7),
        (f"{PREFIX}/EPSG/0/4326", 7),
        (BRITISH_NATIONAL_GRID, 3),
        (f"{PREFIX}/EPSG/0/3857", 3),
    ],
)
def test_coordinates_have_no_more_decimals_than_they_mean(city, ask, uri, decimals):
    response = ask(SCHOOLS, crs=uri)

    assert response["Content-Crs"] == f"<{uri}>"
    numbers = [
        number
        for feature in json.loads(response.content)["features"]
        for number in feature["geometry"]["coordinates"]
    ]
    assert max(len(repr(number).partition(".")[2]) for number in numbers) in (decimals, 2)


def test_latitude_comes_first_where_the_system_has_it_so(city, read):
    [feature] = read(SCHOOLS, limit=1, crs=f"{PREFIX}/EPSG/0/4326")["features"]

    latitude, longitude = feature["geometry"]["coordinates"]
    assert 52 < latitude < 53
    assert -2 < longitude < -1.8


def test_a_short_name_of_a_system_is_answered_by_its_own(city, ask):
    for name in ("EPSG:27700", "[EPSG:27700]", "urn:ogc:def:crs:EPSG::27700"):
        assert ask(SCHOOLS, crs=name)["Content-Crs"] == f"<{BRITISH_NATIONAL_GRID}>"


def test_a_circle_is_measured_in_metres_of_the_grid(city, read):
    place = (-1.9, 52.465)
    middle = shapely.Point(*crs.point_27700(*place))

    answer = read(SCHOOLS, limit=1000, within=f"{place[0]},{place[1]},1500")

    expected = [
        one.key for one in city.features["schools"] if one.shape_27700.distance(middle) <= 1500
    ]
    assert [feature["id"] for feature in answer["features"]] == expected
    assert answer["numberMatched"] == len(expected) > 10


def test_an_area_of_another_layer_takes_what_touches_it(city, read):
    east = next(one.shape_27700 for one in city.features["areas"] if one.key == "east")

    answer = read(SCHOOLS, limit=1000, area="areas/east")

    assert [feature["id"] for feature in answer["features"]] == [
        one.key for one in city.features["schools"] if one.shape_27700.intersects(east)
    ]


def test_an_answer_by_an_area_is_asked_after_because_the_area_may_change(city, ask):
    edition = city.layers["schools"].published_edition_id

    response = ask(SCHOOLS, area="areas/east", edition=edition)

    assert response.status_code == 200
    assert "immutable" not in response["Cache-Control"]


def test_a_queryable_is_a_parameter_of_its_own(city, read):
    assert [one["id"] for one in read(SCHOOLS, pupils="7")["features"]] == ["s7"]
    assert read(SCHOOLS, pupils="-1")["features"] == []


def test_a_box_in_each_system_finds_the_same(city, read):
    west, south, east, north = (float(word) for word in PART.split(","))
    x, y = np.radians([west, east]) * 6378137, np.radians([south, north])
    y = np.log(np.tan(np.pi / 4 + y / 2)) * 6378137
    expected = [one["id"] for one in read(SCHOOLS, limit=1000, bbox=PART)["features"]]

    for system, box in (
        (f"{PREFIX}/EPSG/0/4326", f"{south},{west},{north},{east}"),
        (f"{PREFIX}/EPSG/0/3857", f"{x[0]},{y[0]},{x[1]},{y[1]}"),
    ):
        answer = read(SCHOOLS, limit=1000, bbox=box, **{"bbox-crs": system})
        assert [one["id"] for one in answer["features"]] == expected
    assert 50 < len(expected) < 300


def test_what_matches_is_counted_where_it_is_asked_for(city, read):
    whole = read(SCHOOLS, limit=1000, bbox=PART)["numberMatched"]

    assert "numberMatched" not in read(SCHOOLS, limit=5, bbox=PART)
    assert "numberMatched" not in read(SCHOOLS, limit=5, bbox=PART, count="false")
    assert read(SCHOOLS, limit=5, bbox=PART, count="true")["numberMatched"] == whole


def test_more_than_is_worth_counting_is_said_to_be_at_least_that(city, read, monkeypatch):
    monkeypatch.setattr(counts, "MOST_COUNTED", 20)
    monkeypatch.setattr("layers.api.items.MOST_COUNTED", 20)

    answer = read(SCHOOLS, limit=5, bbox=PART, count="true")

    assert answer["numberMatchedAtLeast"] == 20
    assert "numberMatched" not in answer


def test_next_links_carry_all_that_was_asked(city, client, read):
    asked = {"sortby": "-pupils", "properties": "pupils", "crs": BRITISH_NATIONAL_GRID,
             "bbox": PART, "limit": 9}  # fmt: skip
    expected = read(SCHOOLS, **{**asked, "limit": 1000})["features"]
    found, answer = [], read(SCHOOLS, **asked)

    while True:
        found += answer["features"]
        url = next((link["href"] for link in answer["links"] if link["rel"] == "next"), None)
        if url is None:
            break
        answer = json.loads(client.get(url).content)

    assert found == expected
