"""Tiles of counts: made with their edition, the same as counted anew, and gone with it."""

from collections.abc import Iterator

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from django.db import connection

from layers.models import CellTile, Edition, Layer
from layers.publish import cells, discard_edition
from layers.publish.cells import write_missing_cells
from layers.query import tile_rules, tiles
from layers.query.registry import PublishedLayer, find_layer
from layers.query.tile_editions import edition_of
from layers.query.tile_grid import TileAddress, tile_limits
from layers.query.tiles import tile_body
from tests.factories import MadeFeature, make_layer, publish_features
from tests.factories.other_connections import connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# Easting, northing in EPSG:27700 metres.
MIDDLE = (407_300.0, 286_600.0)
COUNT = 900


@pytest.fixture(autouse=True)
def few_to_a_tile(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let layers be too full for features that a test can publish."""
    monkeypatch.setattr(tile_rules, "MOST_ON_AVERAGE", 20)
    monkeypatch.setattr(cells, "MOST_ON_AVERAGE", 20)
    tile_rules.cells_below.cache_clear()
    yield
    tile_rules.cells_below.cache_clear()


def publish(layer: Layer, seed: int = 1, count: int = COUNT) -> Edition:
    random = np.random.default_rng(seed)
    spots = MIDDLE + random.normal(0, 3_000, (count, 2))
    shape = shapely.Point if layer.geometry_type == "Point" else _small_area
    return publish_features(
        layer,
        [MadeFeature(str(n), shape(spot)) for n, spot in enumerate(spots)]
        + [MadeFeature("nowhere", None)],
    )


def _small_area(spot: np.ndarray) -> shapely.Geometry:
    return shapely.Point(spot).buffer(40, 2)


def tiles_with_cells(layer: PublishedLayer) -> list[TileAddress]:
    assert layer.extent_4326
    rules = tile_rules.tile_rules(layer)
    assert rules and rules.cells_below > 8
    limits = [tile_limits(layer.extent_4326, zoom) for zoom in range(rules.cells_below)]
    return [
        TileAddress(each.zoom, column, row)
        for each in limits
        for column in range(each.min_column, each.max_column + 1)
        for row in range(each.min_row, each.max_row + 1)
    ]


def counts_in(body: bytes) -> dict[tuple[float, float], int]:
    """Return the count of each cell by the place of its mark."""
    if not body:
        return {}
    decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    assert (list(decoded), decoded["things"]["extent"]) == (["things"], 4096)
    found = decoded["things"]["features"]
    assert all(cell["properties"].keys() == {"count"} for cell in found)
    return {tuple(c["geometry"]["coordinates"]): c["properties"]["count"] for c in found}


def counted_anew(layer: PublishedLayer, tile: TileAddress) -> bytes:
    statement = tiles._cells_statement(layer)
    return tiles._read(layer, statement, tiles._cells(tile), keeps_plan=False)[1]


@pytest.mark.parametrize("geometry_type", ["Point", "Polygon"])
def test_a_kept_tile_holds_what_counting_anew_finds(geometry_type: str) -> None:
    publish(make_layer("things", geometry_type))
    layer = find_layer("things")
    addresses = tiles_with_cells(layer)

    for tile in addresses:
        assert counts_in(tile_body(layer, tile)) == counts_in(counted_anew(layer, tile)), tile

    inside = [
        count
        for (x, y), count in counts_in(tile_body(layer, TileAddress(0, 0, 0))).items()
        if 0 <= x < 4096 and 0 <= y < 4096
    ]
    assert sum(inside) == COUNT


def test_nothing_is_counted_where_tiles_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(make_layer("things"))
    layer = find_layer("things")
    monkeypatch.setattr(tiles, "_cells_statement", lambda layer: pytest.fail("it counts"))

    bodies = [tile_body(layer, tile) for tile in tiles_with_cells(layer)]

    assert any(bodies)
    # Of a round cloud of points, the corners of its box are empty.
    assert not all(bodies)


def test_the_web_may_read_them() -> None:
    publish(make_layer("things"))

    with connect_as_web() as web:
        [(kept,)] = web.execute("SELECT count(*) FROM layers_celltile WHERE zoom = 0").fetchall()

    assert kept == 1


def test_an_edition_without_them_is_counted_and_gets_them_when_migrating() -> None:
    edition = publish(make_layer("things"))
    layer = find_layer("things")
    tile = TileAddress(0, 0, 0)
    before = tile_body(layer, tile)
    CellTile.objects.all().delete()

    assert counts_in(tile_body(layer, tile)) == counts_in(before)

    write_missing_cells()
    assert bytes(CellTile.objects.get(edition=edition, zoom=0).body) == before


def test_each_edition_has_its_own_and_takes_them_along() -> None:
    things = make_layer("things")
    first, second = publish(things), publish(things, seed=2, count=COUNT + 60)
    layer = find_layer("things")
    tile = TileAddress(0, 0, 0)

    assert sum(counts_in(tile_body(layer, tile)).values()) == COUNT + 60
    earlier = edition_of(layer, first.pk)
    assert sum(counts_in(tile_body(earlier, tile)).values()) == COUNT

    discard_edition(first.pk)

    kept = set(CellTile.objects.values_list("edition_id", flat=True))
    assert kept == {second.pk}
    write_missing_cells()  # of what has been dropped there is nothing to make
    assert set(CellTile.objects.values_list("edition_id", flat=True)) == kept


def test_a_small_layer_has_none() -> None:
    publish(make_layer("things"), count=15)

    assert not CellTile.objects.exists()
    assert tile_body(find_layer("things"), TileAddress(0, 0, 0))


def test_nothing_is_left_over_in_the_session() -> None:
    publish(make_layer("things"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.staged_cell')")
        assert cursor.fetchone() == (None,)
