"""What is near a point and what contains it, over HTTP."""

import pytest
import shapely

from layers import crs

pytestmark = pytest.mark.django_db(databases=["default", "read"])

# The middle of the eastern area's hole; EPSG:4326.
IN_THE_HOLE = dict(zip(("lon", "lat"), crs.point_4326(406500, 285500), strict=True))
IN_THE_WEST = dict(zip(("lon", "lat"), crs.point_4326(405500, 285500), strict=True))


def test_the_nearest_of_every_service_is_found_without_naming_them(city, read):
    answer = read("/nearest", **IN_THE_HOLE)

    assert {f["properties"]["collection"] for f in answer["features"]} == {"schools", "bring-banks"}


def test_the_nearest_come_first_and_are_as_far_as_measured(city, read):
    answer = read("/nearest", collections="schools,bring-banks", limit=5, **IN_THE_HOLE)

    here = shapely.Point(406500, 285500)
    shapes = {
        (slug, f.key): f.shape_27700
        for slug in ("schools", "bring-banks")
        for f in city.features[slug]
    }
    distances_m = [f["properties"]["distance_m"] for f in answer["features"]]
    assert len(distances_m) == answer["numberReturned"] == 10
    assert distances_m == sorted(distances_m)
    for feature in answer["features"]:
        shape = shapes[feature["properties"]["collection"], feature["id"]]
        measured_m = shapely.distance(shape, here)
        assert feature["properties"]["distance_m"] == pytest.approx(measured_m, abs=0.051)


def test_the_order_of_collections_does_not_change_what_is_found(city, read):
    one = read("/nearest", collections="schools,areas,bring-banks", **IN_THE_HOLE)
    other = read("/nearest", collections="bring-banks,areas,schools", **IN_THE_HOLE)

    by_id = {(f["properties"]["collection"], f["id"]): f for f in other["features"]}
    for feature in one["features"]:
        key = feature["properties"]["collection"], feature["id"]
        assert by_id[key] == feature


def test_a_collection_named_twice_is_asked_once(city, read):
    answer = read("/nearest", collections="areas,areas", **IN_THE_HOLE)

    assert [feature["id"] for feature in answer["features"]] == ["east"]


def test_what_is_farther_than_the_limit_is_left_out(city, read):
    answer = read("/nearest", collections="areas", limit=5, max_distance_m=99, **IN_THE_HOLE)

    assert (answer["features"], answer["numberReturned"]) == ([], 0)


def test_areas_and_constraints_at_a_point_are_found_without_naming_them(city, read):
    assert [f["id"] for f in read("/at", **IN_THE_HOLE)["features"]] == ["lake"]
    assert [f["id"] for f in read("/at", **IN_THE_WEST)["features"]] == ["west"]


def test_a_feature_at_a_point_says_of_which_collection_it_is(city, read):
    [feature] = read("/at", collections="areas", **IN_THE_WEST)["features"]

    assert feature["properties"] == {"name": "West", "collection": "areas"}


def test_an_answer_names_every_layer_that_was_asked_found_or_not(city, read):
    answer = read("/at", collections="areas,lakes", **IN_THE_WEST)

    assert [source["collection"] for source in answer["sources"]] == ["areas", "lakes"]
    assert [source["madeUp"] for source in answer["sources"]] == [False, True]


@pytest.mark.parametrize("path", ["/nearest", "/at"])
def test_nobody_keeps_where_somebody_stands(city, ask, path):
    assert ask(path, **IN_THE_WEST)["Cache-Control"] == "private, no-store"


def test_a_place_elsewhere_in_great_britain_has_no_areas(city, read):
    # Penzance, EPSG:4326.
    assert read("/at", lon=-5.537, lat=50.118)["features"] == []
