"""What the tiles of a layer hold, decided from its size alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from layers.query.registry import PublishedField
from layers.query.tile_grid import TileAddress
from layers.query.tile_rules import MAX_ZOOM, tile_rules
from layers.query.tiles import is_empty, tiles_digest
from tests.unit.maps.published import make_published_layer

# EPSG:4326: west, south, east, north.
BIRMINGHAM = (-2.0338, 52.3810, -1.7289, 52.6087)


def field(name: str, **changes) -> PublishedField:
    described = {"title": name, "description": "", "type": "text", "unit": ""}
    return PublishedField(**{"name": name, "is_queryable": False, **described, **changes})


def layer(**changes):
    return make_published_layer(**{"extent_4326": BIRMINGHAM, "feature_count": 400, **changes})


@pytest.mark.parametrize(
    ("feature_count", "cells_below"),
    [(1, 0), (5_000, 0), (60_000, 12), (450_000, 14), (4_500_000, 15)],
)
def test_many_features_are_shown_as_cells_until_a_screen_can_hold_them(feature_count, cells_below):
    assert tile_rules(layer(feature_count=feature_count)).cells_below == cells_below


def test_a_layer_without_places_has_no_tiles():
    assert tile_rules(layer(extent_4326=None)) is None
    assert is_empty(layer(extent_4326=None), TileAddress(0, 0, 0))


def test_a_tile_has_the_fields_by_which_a_map_names_filters_and_dates():
    fields = (
        field("fid", is_queryable=True),
        field("name"),
        field("status", is_queryable=True),
        field("opened_on", type="date"),
        field("description"),
    )

    rules = tile_rules(layer(fields=fields, title_field="name", datetime_field="opened_on"))

    assert [one.name for one in rules.fields] == ["name", "status", "opened_on"]


def test_a_tile_far_from_the_layer_is_known_to_be_empty():
    # Edinburgh, at the same zoom.
    assert is_empty(layer(), TileAddress(14, 8046, 5113))
    assert not is_empty(layer(), TileAddress(14, 8104, 5375))


def test_the_largest_zoom_shows_features_however_many_there_are():
    assert tile_rules(layer(feature_count=10**9)).cells_below <= MAX_ZOOM


def test_the_digest_moves_with_what_decides_the_bytes_and_with_nothing_else():
    name = field("name")
    before = layer(fields=(name,), title_field="name")
    digest = tiles_digest(before)

    assert tiles_digest(replace(before, description="Other words.", style={})) == digest
    published_again = replace(before, published_at=before.published_at + timedelta(seconds=1))
    assert tiles_digest(published_again) != digest
    assert tiles_digest(replace(before, fields=())) != digest
    assert tiles_digest(replace(before, fields=(replace(name, type="integer"),))) != digest
