"""What is in a tile: every position beside a calculation of its own."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from django.db import connection, connections

from layers import crs
from layers.query import cache, tile_rules, tiles
from layers.query.registry import find_layer
from layers.query.tile_grid import TileAddress, tile_limits
from layers.query.tiles import tile_body
from tests.factories import MadeFeature, make_field, make_layer, publish_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# Easting, northing in EPSG:27700 metres, in the middle of Birmingham.
MIDDLE = (407_300.0, 286_600.0)

Decoded = dict[str, Any]


def publish(shapes: list[shapely.Geometry], geometry_type: str = "Point", **properties: Any):
    """Return the layer as it is published. The shapes are in EPSG:27700, metres."""
    features = [
        MadeFeature(f"f{place}", shape, {"name": f"Feature {place}", **properties})
        for place, shape in enumerate(shapes)
    ]
    publish_features(make_layer("things", geometry_type), features)
    return find_layer("things")


def decode(body: bytes) -> Decoded:
    """Return the one layer of a tile, y to the south as it is written."""
    decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    assert list(decoded) == ["things"]
    return decoded["things"]


def read(layer, tile: TileAddress) -> list[Decoded]:
    body = tile_body(layer, tile)
    return decode(body)["features"] if body else []


def place_of(longitude: float, latitude: float, zoom: int) -> tuple[float, float]:
    """Return a point as column and row with their fractions: the definition of EPSG:3857."""
    x_m = 6378137 * math.radians(longitude)
    y_m = 6378137 * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    side_m = 2 * math.pi * 6378137 / 2**zoom
    return (x_m + math.pi * 6378137) / side_m, (math.pi * 6378137 - y_m) / side_m


def tile_at(easting: float, northing: float, zoom: int) -> TileAddress:
    column, row = place_of(*crs.point_4326(easting, northing), zoom)
    return TileAddress(zoom, int(column), int(row))


def units_of(easting: float, northing: float, tile: TileAddress) -> tuple[float, float]:
    """Return where a point lies in a tile, in its units, not rounded."""
    column, row = place_of(*crs.point_4326(easting, northing), tile.zoom)
    return (column - tile.column) * 4096, (row - tile.row) * 4096


@pytest.mark.parametrize("zoom", [0, 7, 11, 12, 13, 16, 20])
def test_a_point_is_where_it_belongs_to_the_unit(zoom):
    random = np.random.default_rng(zoom)
    spots = [(MIDDLE[0] + dx, MIDDLE[1] + dy) for dx, dy in random.uniform(-3000, 3000, (40, 2))]
    layer = publish([shapely.Point(spot) for spot in spots])

    for spot in spots:
        tile = tile_at(*spot, zoom)
        found = [f["geometry"]["coordinates"] for f in read(layer, tile)]
        x, y = units_of(*spot, tile)
        # Half a unit by rounding, and from zoom 12 on up to 0.62 by taking latitude as even.
        assert any(abs(x - fx) <= 0.51 and abs(y - fy) <= 1.15 for fx, fy in found), (spot, x, y)


@pytest.mark.parametrize("zoom", [9, 11, 12, 14, 16, 18])
def test_an_area_with_a_hole_keeps_its_corners_and_its_hole(zoom):
    # Four tiles of the zoom wide would be cut; a tenth of one is whole.
    side = 4_000 * 2.0 ** (12 - zoom) / 6
    easting, northing = centre_of_tile(zoom)
    outside = shapely.box(easting - side, northing - side, easting + side, northing + side)
    hole = shapely.box(
        easting - side / 2, northing - side / 2, easting + side / 2, northing + side / 2
    )
    layer = publish([outside - hole], "Polygon")
    tile = tile_at(easting, northing, zoom)

    [feature] = read(layer, tile)
    rings = feature["geometry"]["coordinates"]

    assert feature["geometry"]["type"] == "Polygon"
    assert len(rings) == 2
    for ring, shape in zip(rings, (outside, hole), strict=True):
        expected = [units_of(*corner, tile) for corner in shape.exterior.coords[:-1]]
        for corner in expected:
            nearest = min(math.dist(corner, vertex) for vertex in ring)
            assert nearest <= 1.6, (corner, ring)
    drawn = shapely.Polygon(rings[0], rings[1:])
    expected_area = shapely.Polygon(
        [units_of(*c, tile) for c in outside.exterior.coords],
        [[units_of(*c, tile) for c in hole.exterior.coords]],
    ).area
    assert drawn.is_valid
    assert drawn.area == pytest.approx(expected_area, rel=0.02)


def centre_of_tile(zoom: int) -> tuple[float, float]:
    west, south, east, north = tile_at(*MIDDLE, zoom).bounds_4326
    return crs.point_27700((west + east) / 2, (south + north) / 2)


def test_the_rings_of_an_area_turn_as_the_format_says():
    # Mapbox Vector Tile 2.1, 4.3.4.4: an outer ring has a positive area, y to the south.
    easting, northing = centre_of_tile(14)
    outside = shapely.Point(easting, northing).buffer(300)
    layer = publish([outside - shapely.Point(easting, northing).buffer(100)], "Polygon")

    [feature] = read(layer, tile_at(easting, northing, 14))
    outer, inner = feature["geometry"]["coordinates"]

    assert shapely.LinearRing(outer).is_ccw  # counted with y to the south, that is clockwise
    assert not shapely.LinearRing(inner).is_ccw


def test_a_line_that_crosses_a_tile_is_cut_at_its_buffer():
    easting, northing = centre_of_tile(14)
    layer = publish(
        [shapely.LineString([(easting - 9000, northing), (easting + 9000, northing)])],
        "LineString",
    )

    [feature] = read(layer, tile_at(easting, northing, 14))
    eastings = [x for x, _ in feature["geometry"]["coordinates"]]

    assert (min(eastings), max(eastings)) == (-64, 4096 + 64)


def test_many_vertices_are_simplified_by_no_more_than_four_units():
    easting, northing = centre_of_tile(12)
    angles = np.linspace(0, 2 * np.pi, 5000, endpoint=False)
    radii = 1500 + 3 * np.sin(angles * 40)
    ring = np.column_stack([easting + radii * np.cos(angles), northing + radii * np.sin(angles)])
    layer = publish([shapely.Polygon(ring)], "Polygon")
    tile = tile_at(easting, northing, 12)

    [feature] = read(layer, tile)
    drawn = shapely.Polygon(feature["geometry"]["coordinates"][0])

    assert len(drawn.exterior.coords) < 500
    true = shapely.Polygon([units_of(*corner, tile) for corner in ring])
    assert drawn.exterior.hausdorff_distance(true.exterior) < 4 + 1.6


def test_a_point_on_the_edge_of_two_tiles_is_in_both():
    tile = tile_at(*MIDDLE, 14)
    _, south, east, north = tile.bounds_4326
    on_the_edge = crs.point_27700(east, (south + north) / 2)
    layer = publish([shapely.Point(on_the_edge)])

    [here] = read(layer, tile)
    [there] = read(layer, TileAddress(14, tile.column + 1, tile.row))

    assert here["geometry"]["coordinates"][0] == 4096
    assert there["geometry"]["coordinates"][0] == 0


def test_a_shape_that_nothing_is_left_of_is_passed_over():
    easting, northing = centre_of_tile(8)
    layer = publish(
        [
            shapely.box(easting, northing, easting + 0.5, northing + 0.5),
            shapely.box(easting, northing, easting + 9000, northing + 9000),
        ],
        "Polygon",
    )

    [feature] = read(layer, tile_at(easting, northing, 8))

    assert feature["properties"]["fid"] == "f1"


def test_a_tile_of_which_nothing_is_left_has_no_bytes():
    easting, northing = centre_of_tile(8)
    layer = publish([shapely.box(easting, northing, easting + 0.5, northing + 0.5)], "Polygon")

    assert tile_body(layer, tile_at(easting, northing, 8)) == b""


def test_features_have_their_ids_and_only_their_fields_of_a_map():
    fields = [
        make_field("name"),
        make_field("status", is_queryable=True),
        make_field("notes"),
        make_field("owner", is_queryable=True, is_public=False),
        make_field("opened_on", "date"),
    ]
    layer = make_layer("things", fields=fields, datetime_field="opened_on")
    properties = {"name": "A", "status": "open", "notes": "long", "opened_on": "2026-03-31"}
    publish_features(
        layer,
        [MadeFeature("a", shapely.Point(MIDDLE), properties, {"owner": "Somebody"})],
    )

    [feature] = read(find_layer("things"), tile_at(*MIDDLE, 14))

    assert feature["id"] == 1
    assert feature["properties"] == {
        "fid": "a", "name": "A", "status": "open", "opened_on": "2026-03-31",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "value", "written"),
    [
        ("text", "Ärger 😀 “quoted” \\ and ‮ turned", "Ärger 😀 “quoted” \\ and ‮ turned"),
        ("text", "x" * 65_536, "x" * 200),
        ("text", "", ""),
        ("text", None, None),
        ("text", {"a": [1]}, '{"a": [1]}'),
        ("url", "https://example.org/", "https://example.org/"),
        ("date", "2026-03-31", "2026-03-31"),
        ("datetime", "2026-03-31T09:00:00Z", "2026-03-31T09:00:00Z"),
        ("integer", 0, 0),
        ("integer", -7, -7),
        ("integer", 100_070_000_000, 100_070_000_000),
        ("integer", 9_000_000_000_000_000_001, None),
        ("integer", 1e30, None),
        ("integer", "12", None),
        ("number", 1.5, 1.5),
        ("number", -1e300, -1e300),
        ("number", 3, 3),
        ("number", "NaN", None),
        ("number", True, None),
        ("boolean", True, True),
        ("boolean", False, False),
        ("boolean", "yes", None),
        ("boolean", 1, None),
        ("boolean", None, None),
    ],
)
def test_values_are_written_as_their_field_says_or_left_out(type_, value, written):
    layer = make_layer("things", fields=[make_field("value", type_)], title_field="value")
    publish_features(layer, [MadeFeature("a", shapely.Point(MIDDLE), {"value": value})])

    [feature] = read(find_layer("things"), tile_at(*MIDDLE, 14))

    found = feature["properties"].get("value")
    assert found == written
    assert type(found) is type(written) or type_ == "number"


@pytest.mark.parametrize("name", ["fid", "id", "count", "tile", "order", "geometry"])
def test_no_name_of_a_field_gets_in_the_way(name):
    fields = [make_field("name"), make_field(name, is_queryable=True)]
    features = [MadeFeature("a", shapely.Point(MIDDLE), {"name": "A", name: "value"})]
    publish_features(make_layer("things", fields=fields), features)

    [feature] = read(find_layer("things"), tile_at(*MIDDLE, 14))

    expected = {"fid": "a", "name": "A"} | ({} if name == "fid" else {name: "value"})
    assert feature["properties"] == expected


@pytest.mark.parametrize("zoom", [9, 10, 12])
@pytest.mark.parametrize(
    ("geometry_type", "make"),
    [
        ("Point", shapely.Point),
        ("MultiPoint", lambda spot: shapely.MultiPoint([spot, (spot[0] + 10, spot[1])])),
        ("Polygon", lambda spot: shapely.Point(spot).buffer(20, 2)),
        ("LineString", lambda spot: shapely.LineString([spot, (spot[0] + 30, spot[1] + 30)])),
    ],
)
def test_cells_count_every_feature_once(
    zoom, geometry_type, make: Callable[..., shapely.Geometry], monkeypatch
):
    monkeypatch.setattr(tile_rules, "MOST_ON_AVERAGE", 10)
    tile_rules.cells_below.cache_clear()
    random = np.random.default_rng(zoom)
    spots = [(MIDDLE[0] + dx, MIDDLE[1] + dy) for dx, dy in random.normal(0, 4000, (3000, 2))]
    layer = publish([make(spot) for spot in spots], geometry_type)
    limits = tile_limits(layer.extent_4326, zoom)

    counted = 0
    for column in range(limits.min_column, limits.max_column + 1):
        for row in range(limits.min_row, limits.max_row + 1):
            for cell in read(layer, TileAddress(zoom, column, row)):
                x, y = cell["geometry"]["coordinates"]
                assert cell["properties"].keys() == {"count"}
                if 0 <= x < 4096 and 0 <= y < 4096:
                    counted += cell["properties"]["count"]

    assert counted == 3000
    tile_rules.cells_below.cache_clear()


def test_a_cell_is_at_the_mean_of_its_features(monkeypatch):
    monkeypatch.setattr(tile_rules, "MOST_ON_AVERAGE", 1)
    tile_rules.cells_below.cache_clear()
    west, south, east, north = tile_at(*MIDDLE, 12).bounds_4326
    # All in one cell, 1/64 of the tile wide: in its western half.
    wide, high = (east - west) / 64, (north - south) / 64
    inside = [
        (west + (20 + share) * wide, north - (30 + share) * high) for share in (0.1, 0.2, 0.3)
    ]
    layer = publish([shapely.Point(crs.point_27700(*spot)) for spot in inside])
    tile = tile_at(*MIDDLE, 12)

    [cell] = tiles_of_cells(layer, tile)

    assert cell["properties"] == {"count": 3}
    x, y = cell["geometry"]["coordinates"]
    assert x == pytest.approx((20 + 0.2) * 64, abs=1.5)
    assert y == pytest.approx((30 + 0.2) * 64, abs=2.5)
    tile_rules.cells_below.cache_clear()


def tiles_of_cells(layer, tile: TileAddress) -> list[Decoded]:
    _, body = tiles._read(
        layer, tiles._cells_statement(layer), tiles._cells(tile), keeps_plan=False
    )
    return decode(body)["features"]


def test_neighbours_agree_about_the_cells_along_their_edge():
    random = np.random.default_rng(5)
    tile = tile_at(*MIDDLE, 12)
    _, south, east, north = tile.bounds_4326
    spots = [
        crs.point_27700(east + dx, (south + north) / 2 + dy)
        for dx, dy in random.normal(0, 0.004, (500, 2))
    ]
    layer = publish([shapely.Point(spot) for spot in spots])
    beside = TileAddress(tile.zoom, tile.column + 1, tile.row)

    here, there = counts(layer, tile), counts(layer, beside)

    ring_of_here = {(x - 4096, y): n for (x, y), n in here.items() if x >= 4096}
    ring_of_there = {(x + 4096, y): n for (x, y), n in there.items() if x < 0}
    assert len(ring_of_here) > 10
    assert ring_of_here == {(x, y): n for (x, y), n in there.items() if 0 <= x < 64}
    assert len(ring_of_there) > 10
    assert ring_of_there == {(x, y): n for (x, y), n in here.items() if 4032 <= x < 4096}


def counts(layer, tile: TileAddress) -> dict[tuple[int, int], int]:
    """Return the count of each cell by the place of its mark."""
    return {
        tuple(cell["geometry"]["coordinates"]): cell["properties"]["count"]
        for cell in tiles_of_cells(layer, tile)
    }


def test_a_tile_too_full_for_features_has_cells_instead_and_counts_all(monkeypatch):
    monkeypatch.setattr(tiles, "MOST_FEATURES", 50)
    tiles._compose_features.cache_clear()
    layer = publish([shapely.Point(MIDDLE)] * 51)

    [cell] = read(layer, tile_at(*MIDDLE, 20))

    assert cell["properties"] == {"count": 51}
    tiles._compose_features.cache_clear()


def test_as_many_as_a_tile_may_hold_are_all_there(monkeypatch):
    monkeypatch.setattr(tiles, "MOST_FEATURES", 50)
    tiles._compose_features.cache_clear()
    layer = publish([shapely.Point(MIDDLE)] * 50)

    found = read(layer, tile_at(*MIDDLE, 20))

    assert Counter(feature["properties"]["fid"] for feature in found) == Counter(
        f"f{number}" for number in range(50)
    )
    tiles._compose_features.cache_clear()


def test_the_same_edition_gives_the_same_bytes_however_it_is_read():
    random = np.random.default_rng(3)
    spots = MIDDLE + random.normal(0, 2000, (2000, 2))
    layer = publish([shapely.Point(spot).buffer(15) for spot in spots], "Polygon")
    tile = tile_at(*MIDDLE, 12)

    bodies = set()
    ways = ["enable_seqscan", "enable_bitmapscan", "enable_indexscan"]
    for way in ways:
        with connections["read"].cursor() as cursor:
            for other in ways:
                cursor.execute(f"SET {other} = {'on' if other == way else 'off'}")
        bodies.add(tile_body(layer, tile))
    with connections["read"].cursor() as cursor:
        for way in ways:
            cursor.execute(f"RESET {way}")

    assert len(bodies) == 1


def test_a_layer_that_has_moved_is_noticed():
    layer = publish([shapely.Point(MIDDLE)])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE layers_layer SET changed_at = now() + interval '1 second'")

    with pytest.raises(cache.LayerMoved):
        tile_body(layer, tile_at(*MIDDLE, 14))
