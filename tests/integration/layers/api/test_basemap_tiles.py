"""The basemap's tiles as a browser asks for them: parts, zooms, budget, caching, editions."""

import gzip
import math
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

import mapbox_vector_tile
import pytest
import shapely
from django.test import Client

from layers.api import basemap_tiles
from layers.publish import withdraw_layer
from layers.query.basemap.find import find_basemap
from layers.query.basemap.tile import MOST_BYTES
from layers.query.tile_grid import tile_limits
from layers.query.tile_store import TileStore
from tests.factories import MadeFeature, make_field, make_layer, publish_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

X, Y = 407_000.0, 287_000.0
Get = Callable[..., Any]


@pytest.fixture(autouse=True)
def store(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> TileStore:
    """Give each test a disk of its own."""
    made = TileStore(tmp_path / "tiles", 10_000_000)
    monkeypatch.setattr(basemap_tiles, "tile_store", lambda: made)
    return made


def publish(part: str, geometry_type: str, features: Iterable[tuple[Any, dict[str, str]]]) -> Any:
    layer = make_layer(
        f"ground-{part}",
        geometry_type,
        role=f"basemap-{part}",
        fields=[make_field(name) for name in ("name", "class", "number")],
    )
    made = [
        MadeFeature(str(number), shape, properties)
        for number, (shape, properties) in enumerate(features)
    ]
    return publish_features(layer, made)


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(X + x, Y + y) for x, y in points])


def square(x: float, y: float, side_m: float) -> shapely.Polygon:
    return shapely.box(X + x, Y + y, X + x + side_m, Y + y + side_m)


def address(tile_zoom: int, at: tuple[float, float] | None = None, digest: str = "") -> str:
    """Return where the tile is that the basemap's middle, or ``at`` (degrees), lies in."""
    basemap = find_basemap()
    assert basemap is not None
    west, south, east, north = basemap.extent_4326
    longitude, latitude = at or ((west + east) / 2, (south + north) / 2)
    limits = tile_limits((longitude, latitude, longitude, latitude), tile_zoom)
    # Within the buffer there may be two; the middle of both is right.
    column = math.floor((longitude + 180) / 360 * 2**tile_zoom)
    row = min(max(round((limits.min_row + limits.max_row) / 2), limits.min_row), limits.max_row)
    return f"/tiles/basemap/{digest or basemap.digest}/{tile_zoom}/{column}/{row}.mvt"


def read(response: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the properties of the features of each layer of a tile."""
    if response.status_code == 204:
        return {}
    assert response.status_code == 200, response.content[:300]
    body = response.content
    if response.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return {
        name: [feature["properties"] for feature in layer["features"]]
        for name, layer in mapbox_vector_tile.decode(body).items()
    }


@pytest.fixture
def town() -> None:
    """A motorway, a street, a house, a wood and a name, all around one place."""
    publish(
        "road",
        "LineString",
        [
            (line((-3000, 5), (3000, 5)), {"class": "motorway", "number": "M99"}),
            (line((-60, 30), (60, 30)), {"class": "local", "name": "Heron Drive"}),
            (line((-60, 60), (60, 60)), {"class": "something new"}),
        ],
    )
    publish("building", "Polygon", [(square(20, 35, 12), {})])
    publish("green", "Polygon", [(square(-90, -90, 80), {"class": "wood", "name": "Oak Wood"})])
    publish("name", "Point", [(shapely.Point(X, Y), {"class": "suburb", "name": "Newtown"})])


@pytest.mark.parametrize(
    ("tile_zoom", "roads", "parts"),
    [
        (6, set(), set()),
        (8, {"motorway"}, {"road"}),
        (12, {"motorway", "local", "something new"}, {"road", "green", "name"}),
        (15, {"motorway", "local", "something new"}, {"road", "green", "name", "building"}),
    ],
)
def test_a_tile_holds_what_is_worth_drawing_at_its_zoom(
    client: Client, town: None, tile_zoom: int, roads: set[str], parts: set[str]
) -> None:
    found = read(client.get(address(tile_zoom)))
    assert {road["class"] for road in found.get("road", ())} == roads
    assert set(found) == parts


def test_names_come_when_they_are_written(client: Client, town: None) -> None:
    def names(tile_zoom: int) -> set[str]:
        found = read(client.get(address(tile_zoom)))
        return {
            each[key] for part in found.values() for each in part for key in each if key != "class"
        }

    assert names(10) == set()
    assert names(12) == {"M99", "Newtown"}
    assert names(15) == {"M99", "Newtown", "Heron Drive", "Oak Wood"}


def test_parts_lie_in_drawing_order(client: Client, town: None) -> None:
    assert list(read(client.get(address(15)))) == ["green", "building", "road", "name"]


def test_links_of_one_road_are_joined_where_a_tile_is_wide(client: Client) -> None:
    links = [(line((x, 0), (x + 100, 0)), {"class": "a-road"}) for x in range(-500, 500, 100)]
    publish("road", "LineString", links)
    assert len(read(client.get(address(11)))["road"]) == 1
    assert len(read(client.get(address(16, at=None)))["road"]) > 1


def test_a_crowded_tile_keeps_within_its_budget(client: Client) -> None:
    random = Random(1)
    spots = [(random.uniform(-420, 420), random.uniform(-420, 420)) for _ in range(9_000)]
    publish("building", "Polygon", [(square(x, y, random.uniform(4, 14)), {}) for x, y in spots])
    response = client.get(address(14))
    assert 20_000 < len(response.content) <= MOST_BYTES
    assert len(read(response)["building"]) > 500


def test_it_may_be_kept_for_ever_by_anybody(client: Client, town: None) -> None:
    response = client.get(address(15))
    assert response["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies
    again = client.get(address(15), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_compressed_and_kept_on_disk(
    client: Client, town: None, store: TileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(address(15), headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"

    def refuse(*_: Any) -> bytes:
        raise AssertionError("the tile was made again")

    monkeypatch.setattr(basemap_tiles, "basemap_tile_body", refuse)
    assert read(client.get(address(15))) == read(first)


def test_another_edition_has_other_addresses_and_the_old_ones_lead_there(client: Client) -> None:
    layer = publish("road", "LineString", [(line((-60, 0), (60, 0)), {"class": "minor"})]).layer
    old = address(14)
    assert client.get(old).status_code == 200
    publish_features(layer, [MadeFeature("9", line((-60, 0), (60, 0)), {"class": "b-road"})])

    moved = client.get(old)
    assert (moved.status_code, moved["Cache-Control"]) == (307, "no-store")
    assert moved["Access-Control-Allow-Origin"] == "*"
    assert read(client.get(moved["Location"]))["road"] == [{"class": "b-road"}]


def test_what_was_withdrawn_is_shown_no_more(client: Client) -> None:
    layer = publish("road", "LineString", [(line((-60, 0), (60, 0)), {"class": "minor"})]).layer
    there = address(14)
    client.get(there)
    withdraw_layer(layer)
    assert client.get(there).status_code == 404


def test_a_layer_that_is_not_public_is_in_no_tile(client: Client, town: None) -> None:
    secret = make_layer("secret", "LineString", role="basemap-road", is_public=False)
    publish_features(secret, [MadeFeature("1", line((-60, -30), (60, -30)), {"name": "Secret"})])
    assert "Secret" not in str(read(client.get(address(15))))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/tiles/basemap/0123/14/8105/5380.mvt", "names no basemap"),
        ("/tiles/basemap/{digest}/14/8105/5380.png", "end in .mvt"),
        ("/tiles/basemap/{digest}/14/8105/5380@2x.mvt", "@2x"),
        ("/tiles/basemap/{digest}/14/99999999/5380.mvt", "columns"),
        ("/tiles/basemap/{digest}/21/1/1.mvt", "beyond"),
        ("/tiles/basemap/{digest}/{{z}}/1/1.mvt", "stands for a number"),
    ],
)
def test_an_address_that_is_none_is_told_what_is_wrong(
    client: Client, town: None, path: str, words: str
) -> None:
    basemap = find_basemap()
    assert basemap is not None
    response = client.get(path.format(digest=basemap.digest))
    assert response.status_code == 404
    assert words in response.json()["detail"]


def test_a_tile_far_away_or_beyond_the_zooms_is_empty(client: Client, town: None) -> None:
    basemap = find_basemap()
    assert basemap is not None
    for where in ("10/1/1", "17/64840/43040", "3/3/2"):
        assert client.get(f"/tiles/basemap/{basemap.digest}/{where}.mvt").status_code == 204


def test_without_any_layer_there_are_no_tiles(client: Client) -> None:
    response = client.get("/tiles/basemap/0123456789abcdef/14/8105/5380.mvt")
    assert response.status_code == 404
    assert "No layer of the basemap" in response.json()["detail"]
