"""The map of all layers, as the server answers it: filters, lists, what is here, bad addresses."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client, override_settings
from shapely import LineString, Point, box

from layers.crs import point_4326
from layers.query.registry import published_layers
from layers.query.rows import features_meant
from layers.query.values import MOST_VALUES, common_values
from layers.query.weight import is_drawn_whole
from maps.web_map.asked import read_map
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# EPSG:27700, metres. The trees stand in a row, 100 m apart.
_EAST, _NORTH = 406_000.0, 286_000.0
_TREES: tuple[dict[str, Any], ...] = (
    {"name": "One", "species": "Oak", "height": 12.5, "felled": False, "seen_on": "2024-03-01"},
    {"name": "Two", "species": "Ash", "height": 8, "felled": True, "seen_on": "2025-06-30"},
    {"name": "Three", "species": "Oak", "height": 20, "felled": False},
    {"name": "Four 100%", "species": "Scots pine", "height": None, "seen_on": "2023-12-31"},
    {"name": "Five_5", "height": 15},
)


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(STORAGES={**settings.STORAGES, **_PLAIN_STATIC_FILES}):
        yield Client()


@pytest.fixture(autouse=True)
def _publish_layers() -> None:
    trees = make_layer(
        "trees",
        datetime_field="seen_on",
        fields=[
            make_field("name", is_queryable=True),
            make_field("species", is_queryable=True),
            make_field("height", "number", is_queryable=True),
            make_field("felled", "boolean", is_queryable=True),
            make_field("seen_on", "date", is_queryable=True),
        ],
    )
    publish_features(
        trees,
        [
            MadeFeature(str(place), Point(_EAST + 100 * place, _NORTH), properties)
            for place, properties in enumerate(_TREES)
        ],
    )
    areas = make_layer("areas", "Polygon", is_area=True)
    publish_features(
        areas,
        [
            MadeFeature(
                "A", box(_EAST - 50, _NORTH - 50, _EAST + 150, _NORTH + 50), {"name": "West"}
            )
        ],
    )
    roads = make_layer("roads", "LineString")
    line = LineString([(_EAST, _NORTH + 3), (_EAST + 500, _NORTH + 3)])
    publish_features(roads, [MadeFeature("R", line, {"name": "Long Lane"})])


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("where.trees.species=Oak", {"One", "Three"}),
        ("where.trees.species=Oak&where.trees.species=Ash", {"One", "Two", "Three"}),
        ("where.trees.species.contains=PINE", {"Four 100%"}),
        ("where.trees.name.contains=100%25", {"Four 100%"}),
        ("where.trees.name.contains=e_5", {"Five_5"}),
        ("where.trees.species=Oa%00k", {"One", "Three"}),
        ("where.trees.species=%00&where.trees.name.contains=%00_5", {"Five_5"}),
        ("where.trees.height.least=12.5", {"One", "Three", "Five_5"}),
        ("where.trees.height.least=9&where.trees.height.most=15", {"One", "Five_5"}),
        ("where.trees.felled=true", {"Two"}),
        ("since.trees=2024-01-01", {"One", "Two", "Three", "Five_5"}),
        ("until.trees=2024-03-01", {"One", "Three", "Four 100%", "Five_5"}),
        # The last day that there is has no day after it.
        ("until.trees=9999-12-31", {"One", "Two", "Three", "Four 100%", "Five_5"}),
        ("since.trees=2024-03-02&where.trees.species=Oak", {"Three"}),
    ],
)
def test_a_filter_means_the_same_to_the_database_and_to_a_click(
    asked: str, names: set[str]
) -> None:
    [tree_map] = read_map(QueryDict(f"layer=trees&{asked}"), published_layers()).layers

    page = features_meant(tree_map.layer, tree_map.filter.selection(tree_map.layer))

    assert {row.title for row in page.rows} == names
    kept = {each["name"] for each in _TREES if tree_map.filter.keeps(tree_map.layer, each)}
    assert kept == names


def test_what_cannot_be_used_is_said_and_the_rest_is_shown(client: Client) -> None:
    response = client.get(
        "/map?layer=areas&layer=gone&layer=trees&opacity.areas=7&since.trees=soon"
        "&where.trees.height.least=tall&where.trees.species=Oak"
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "not published (any more): gone." in page
    assert "“soon” is not a date" in page
    assert "“tall” is not a number" in page
    assert "Trees: 2 here." in page
    assert 'name="opacity.areas" min="10" max="100" step="10" value="10"' in page


def test_a_span_that_ends_before_it_begins_is_said_and_left_out(client: Client) -> None:
    page = client.get(
        "/map?layer=trees&since.trees=2026-06-01&until.trees=2026-01-01"
        "&where.trees.height.least=9&where.trees.height.most=2"
    ).text

    assert "the period ends before it begins" in page
    assert "at least more than at most" in page
    assert "Trees: none here" not in page


def test_what_is_here_is_said_of_points_lines_and_areas(client: Client) -> None:
    longitude, latitude = point_4326(_EAST + 1, _NORTH + 1)

    response = client.get(
        f"/map/at?layer=trees&layer=roads&layer=areas&lon={longitude}&lat={latitude}&zoom=18&part=1"
    )

    page = response.content.decode()
    assert "Grid reference SP 06001 86001" in page
    for title in ("One", "Long Lane", "West"):
        assert f">{title}</a>" in page
    assert ">Two</a>" not in page
    assert "<dd>12.5\n</dd>" in page
    assert page.count('href="/planning/check/at/grid-SP0600186001"') == 1
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    # Without a script the same is a page of its own.
    whole = client.get(f"/map/at?layer=areas&lon={longitude}&lat={latitude}").content.decode()
    assert "<h1" in whole and ">West</a>" in whole


def test_what_is_filtered_out_is_not_here(client: Client) -> None:
    longitude, latitude = point_4326(_EAST, _NORTH)

    page = client.get(
        f"/map/at?layer=trees&where.trees.species=Ash&lon={longitude}&lat={latitude}&part=1"
    ).content.decode()

    assert ">One</a>" not in page
    assert "Nothing here." in page


@pytest.mark.parametrize(
    "place", ["lon=x&lat=52", "lon=-1.9", "lon=2.35&lat=48.85", "lon=-1.9&lat=nan"]
)
def test_a_place_that_is_none_is_refused(client: Client, place: str) -> None:
    assert client.get(f"/map/at?layer=trees&{place}").status_code == 400


@pytest.mark.parametrize("box_4326", ["1,2,3", "a,b,c,d", "2,50,1,51", "-1.9,52,-1.8,nan"])
def test_a_view_that_is_none_is_refused(client: Client, box_4326: str) -> None:
    assert client.get(f"/map/list?layer=trees&bbox={box_4326}").status_code == 400


def test_the_list_is_of_the_view_page_by_page(client: Client) -> None:
    west, south = point_4326(_EAST + 150, _NORTH - 50)
    east, north = point_4326(_EAST + 450, _NORTH + 50)

    page = client.get(f"/map/list?layer=trees&bbox={west},{south},{east},{north}").content.decode()

    assert "Trees: 3 here." in page
    assert ">Three</a>" in page and ">One</a>" not in page
    assert ">Three</a>" not in client.get("/map/list?layer=trees&after.trees=3").content.decode()


def test_values_are_offered_where_they_are_few(client: Client) -> None:
    many = make_layer("many", fields=[make_field("name", is_queryable=True)])
    publish_features(
        many,
        [
            MadeFeature(str(n), Point(_EAST + n, _NORTH), {"name": f"N{n:03}"})
            for n in range(MOST_VALUES + 1)
        ],
    )
    layers = published_layers()
    species = next(field for field in layers["trees"].fields if field.name == "species")

    assert common_values(layers["trees"], species) == ("Ash", "Oak", "Scots pine")
    assert common_values(layers["many"], layers["many"].fields[0]) is None
    assert 'value="Scots pine"' in client.get("/map/layers/trees").content.decode()
    assert "name contains" in client.get("/map/layers/many").content.decode()


def test_a_layer_is_drawn_whole_or_from_tiles_as_its_size_has_it() -> None:
    ring = Point(_EAST, _NORTH).buffer(1000, quad_segs=15_000)
    publish_features(make_layer("heavy", "Polygon"), [MadeFeature("H", ring, {"name": "Heavy"})])
    points = [MadeFeature(str(n), Point(_EAST + n, _NORTH), {"name": str(n)}) for n in range(1001)]
    publish_features(make_layer("numerous"), points)

    layers = published_layers()

    assert is_drawn_whole(layers["trees"])
    assert not is_drawn_whole(layers["heavy"])
    assert not is_drawn_whole(layers["numerous"])


def test_measuring_is_posted_and_says_its_faults(client: Client) -> None:
    corners = ";".join(
        f"{lon},{lat}"
        for lon, lat in (point_4326(_EAST, _NORTH), point_4326(_EAST + 300, _NORTH + 400))
    )

    answer = client.post("/map/measure", {"kind": "distance", "corners": corners})

    assert answer.json()["lengthM"] == pytest.approx(500, abs=0.01)
    assert answer.json()["said"] == ["Distance: 500.0 m (0.31 miles)"]
    assert client.get("/map/measure").status_code == 405
    refused = client.post("/map/measure", {"corners": "1,2"})
    assert (refused.status_code, "corners" in refused.json()["fault"]) == (400, True)
