"""Where tiles are: numbers that were worked out elsewhere, and what holds between neighbours."""

import math

import pytest

from layers.query.tile_grid import TileAddress, tile_limits, tiles_covered

HALF_WORLD_M = 20037508.342789244
# EPSG:4326: west, south, east, north.
BIRMINGHAM = (-2.0338, 52.3810, -1.7289, 52.6087)


def test_the_first_tile_is_the_world():
    west, south, east, north = TileAddress(0, 0, 0).bounds_4326

    assert (west, east) == (-180, 180)
    assert (south, north) == pytest.approx((-85.0511287798066, 85.0511287798066), abs=1e-12)
    assert TileAddress(0, 0, 0).bounds_3857 == pytest.approx(
        (-HALF_WORLD_M, -HALF_WORLD_M, HALF_WORLD_M, HALF_WORLD_M)
    )


def test_rows_are_counted_from_the_north():
    assert TileAddress(1, 0, 0).bounds_4326[1] == pytest.approx(0, abs=1e-12)
    assert TileAddress(1, 0, 1).bounds_4326[3] == pytest.approx(0, abs=1e-12)


def test_neighbours_share_their_edge_to_the_last_bit():
    tile = TileAddress(14, 8103, 5381)

    assert tile.bounds_4326[2] == TileAddress(14, 8104, 5381).bounds_4326[0]
    assert tile.bounds_4326[1] == TileAddress(14, 8103, 5382).bounds_4326[3]


def test_the_area_around_a_tile_reaches_beyond_each_edge():
    tile = TileAddress(12, 2026, 1344)
    west, south, east, north = tile.bounds_4326

    wide_west, wide_south, wide_east, wide_north = tile.around_4326(1 / 64)

    assert west - wide_west == pytest.approx((east - west) / 64)
    assert wide_east - east == pytest.approx((east - west) / 64)
    assert wide_south < south < north < wide_north


def test_limits_are_those_of_the_published_formula():
    # As "Slippy map tilenames" of the OpenStreetMap wiki computes them, without a buffer.
    zoom, (west, south, east, north) = 14, BIRMINGHAM

    def column(longitude: float) -> int:
        return int((longitude + 180) / 360 * 2**zoom)

    def row(latitude: float) -> int:
        radians = math.radians(latitude)
        return int((1 - math.asinh(math.tan(radians)) / math.pi) / 2 * 2**zoom)

    limits = tile_limits(BIRMINGHAM, zoom)

    assert limits.min_column in (column(west), column(west) - 1)
    assert limits.max_column in (column(east), column(east) + 1)
    assert limits.min_row in (row(north), row(north) - 1)
    assert limits.max_row in (row(south), row(south) + 1)


def test_a_tile_is_within_limits_when_only_its_buffer_is_touched():
    west, south, _, north = TileAddress(14, 8103, 5381).bounds_4326
    hair = 1e-7
    just_inside = (west + hair, south + hair, west + 2 * hair, south + 2 * hair)

    limits = tile_limits(just_inside, 14)

    assert TileAddress(14, 8103, 5381) in limits
    assert TileAddress(14, 8102, 5382) in limits  # what lies at the corner shows there too
    assert TileAddress(14, 8104, 5381) not in limits
    assert TileAddress(13, 4051, 2690) not in limits


@pytest.mark.parametrize("extent", [(-180, -90, 180, 90), (-180, 90, -180, 90), (180, 0, 180, 0)])
@pytest.mark.parametrize("zoom", [0, 1, 20])
def test_limits_stay_within_the_world(extent, zoom):
    limits = tile_limits(extent, zoom)

    assert 0 <= limits.min_column <= limits.max_column < 2**zoom
    assert 0 <= limits.min_row <= limits.max_row < 2**zoom


def test_what_tms_means_by_a_row_is_counted_from_the_other_end():
    assert TileAddress(3, 2, 0).flipped == TileAddress(3, 2, 7)
    assert TileAddress(14, 8103, 5381).flipped.flipped == TileAddress(14, 8103, 5381)


def test_an_extent_covers_one_tile_at_least_and_four_times_as_many_a_zoom_on():
    assert tiles_covered((-1.9, 52.4, -1.9, 52.4), 20) == 1
    assert tiles_covered(BIRMINGHAM, 5) == 1
    assert tiles_covered(BIRMINGHAM, 15) == pytest.approx(4 * tiles_covered(BIRMINGHAM, 14))
