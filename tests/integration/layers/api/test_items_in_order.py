"""Features sorted by properties or by distance, page by page, against Python's own sort."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import shapely

from layers import crs

pytestmark = pytest.mark.django_db(databases=["default", "read"])

TREES = "/collections/trees/items"


@pytest.fixture(scope="module")
def trees(django_db_setup: None, django_db_blocker: Any) -> "Iterator[list]":
    from tests.factories import drop_everything
    from tests.factories.orchard import make_orchard, publish_orchard

    with django_db_blocker.unblock():
        try:
            made = make_orchard()
            publish_orchard(made)
            yield made
        finally:
            drop_everything()


@pytest.fixture
def every_page(client):
    """Return a function that reads all pages of a request and returns the features."""

    def every_page(**parameters) -> list[dict]:
        answer = json.loads(client.get(f"/api{TREES}", parameters).content)
        features = []
        while True:
            assert len(answer["features"]) == answer["numberReturned"] <= parameters["limit"]
            features += answer["features"]
            url = next((link["href"] for link in answer["links"] if link["rel"] == "next"), None)
            if url is None:
                return features
            assert answer["features"], "an empty page has a next link"
            answer = json.loads(client.get(url).content)

    return every_page


def ids(features: list[dict]) -> list[str]:
    return [feature["id"] for feature in features]


def comparable(name: str, value: Any) -> Any:
    if name == "seen":
        return datetime.fromisoformat(value)
    return value.encode() if isinstance(value, str) else value


def in_order(trees: list, *keys: str) -> list[str]:
    """Return the ids in the order of some keys, a minus in front for the greatest first."""
    ordered = list(trees)
    # Python's sort is stable: by the last key first.
    for key in reversed(keys):
        name = key.lstrip("-")
        having = [tree for tree in ordered if tree.properties[name] is not None]
        lacking = [tree for tree in ordered if tree.properties[name] is None]
        having.sort(
            key=lambda tree, name=name: comparable(name, tree.properties[name]),
            reverse=key[0] == "-",
        )
        ordered = having + lacking
    return [tree.key for tree in ordered]


@pytest.mark.parametrize("limit", [7, 1000])
@pytest.mark.parametrize(
    "keys",
    [
        *((f"{sign}{name}",) for sign in ("", "-")
          for name in ("name", "height", "rings", "planted", "seen", "felled")),
        ("name", "-height"),
        ("-felled", "name", "-rings"),
        ("-rings", "-name"),
        ("planted", "-seen"),
    ],
)  # fmt: skip
def test_pages_sorted_by_properties_give_every_feature_once_in_that_order(
    trees, every_page, keys, limit
):
    features = every_page(sortby=",".join(keys), limit=limit)

    # reverse=True keeps the order of equals, as the source has them.
    assert ids(features) == in_order(trees, *keys)


def test_a_plus_is_the_order_that_it_is_without_however_it_is_written(trees, client):
    plain = client.get(f"/api{TREES}?sortby=name,-rings").content
    features = json.loads(plain)["features"]

    for written in ("%2Bname,-rings", "+name,-rings", "%20name,-rings"):
        assert json.loads(client.get(f"/api{TREES}?sortby={written}").content)["features"] == (
            features
        )


def test_what_is_sorted_can_be_selected_as_well(trees, every_page):
    features = every_page(sortby="-height,planted", limit=5, felled="true")

    felled = [tree for tree in trees if tree.properties["felled"]]
    assert ids(features) == in_order(felled, "-height", "planted")


def test_near_begins_with_the_nearest_and_says_how_far_each_is(trees, every_page):
    easting, northing = 406000.0, 286000.0
    longitude, latitude = crs.point_4326(easting, northing)
    spot = shapely.Point(*crs.point_27700(round(longitude, 7), round(latitude, 7)))
    somewhere = [tree for tree in trees if tree.shape_27700 is not None]
    # Python's sort is stable, so those that are as far keep the order of the source.
    expected = sorted(somewhere, key=lambda tree: tree.shape_27700.distance(spot))

    features = every_page(near=f"{longitude:.7f},{latitude:.7f}", limit=7)

    assert ids(features) == [tree.key for tree in expected]
    for feature, tree in zip(features, expected, strict=True):
        off_m = abs(feature["properties"]["distance_m"] - tree.shape_27700.distance(spot))
        assert off_m <= 0.051, feature["id"]


def test_a_page_that_ends_among_some_that_are_as_far_takes_none_twice(trees, every_page):
    longitude, latitude = crs.point_4326(406000.0, 286000.0)

    features = every_page(near=f"{longitude:.9f},{latitude:.9f}", limit=1)

    assert ids(features)[:6] == ["t1", "t2", "t41", "t42", "t81", "t82"]
    assert len(set(ids(features))) == len(features)


def test_near_goes_with_a_circle(trees, client):
    longitude, latitude = crs.point_4326(406000.0, 286000.0)
    place = f"{longitude:.7f},{latitude:.7f}"

    answer = json.loads(
        client.get(f"/api{TREES}", {"near": place, "within": f"{place},300"}).content
    )

    distances_m = [feature["properties"]["distance_m"] for feature in answer["features"]]
    assert distances_m == sorted(distances_m)
    assert 6 < len(distances_m) < 40
    assert distances_m[-1] <= 300
    assert answer["numberMatched"] == len(distances_m)


def test_near_counts_only_what_is_somewhere(trees, client):
    asked = {"near": "-1.9,52.47", "limit": 5}

    assert "numberMatched" not in json.loads(client.get(f"/api{TREES}", asked).content)
    counted = json.loads(client.get(f"/api{TREES}", {**asked, "count": "true"}).content)
    assert counted["numberMatched"] == sum(tree.shape_27700 is not None for tree in trees)


@pytest.mark.parametrize("asked", [{"near": "-1.9,52.47"}, {"within": "-1.9,52.47,500"}])
def test_where_somebody_stands_is_kept_by_nobody(trees, client, asked):
    response = client.get(f"/api{TREES}", asked)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


@pytest.mark.parametrize("order", [{"sortby": "name"}, {"near": "-1.9,52.47"}])
def test_a_cursor_after_a_feature_that_is_not_there_is_not_ours(trees, client, order):
    edition = json.loads(client.get(f"/api{TREES}").content)["edition"]

    response = client.get(f"/api{TREES}", {**order, "cursor": f"{edition}-99999"})

    assert response.status_code == 400
    assert "is not one of ours" in json.loads(response.content)["detail"]
