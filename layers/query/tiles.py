"""Vector tiles, written by PostgreSQL: one statement returns the finished bytes.

What a tile of a layer holds is decided by `tile_rules`: features, simplified to what its zoom can
show, or cells with a ``count``. Cells of whole zooms were made when the edition was staged
(`layers.publish.cells`); where features crowd at other zooms they are counted when asked for.
"""

import hashlib
import math
from functools import lru_cache
from typing import Any

from psycopg import sql

from layers.query.cache import LayerMoved
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_binary_row
from layers.query.tile_grid import BUFFER, EXTENT, TileAddress, tile_limits
from layers.query.tile_rules import CELLS, TileRules, place_of_feature, tile_rules
from layers.sql import read_statement

# What no tile exceeds, wherever features crowd: cells are shown there instead.
MOST_FEATURES = 20_000
# What is written of a text; the whole is at the feature's own address.
MOST_TEXT = 200
# Whatever changes the bytes of a tile of the same edition changes this.
_VERSION = 3

# From this zoom on, latitude counts as even within one tile: less than one unit off, and a third
# of the work of projecting each vertex.
_EVEN_FROM_ZOOM = 12
# From this zoom on, a vertex is never further from its place than the unit it is rounded to.
_WHOLE_FROM_ZOOM = 16

_TILE_4326 = (
    "ST_MakeEnvelope(%(tile_west)s::float8, %(tile_south)s::float8,"
    " %(tile_east)s::float8, %(tile_north)s::float8, 4326)"
)
_TILE_3857 = (
    "ST_MakeEnvelope(%(west_m)s::float8, %(south_m)s::float8,"
    " %(east_m)s::float8, %(north_m)s::float8, 3857)"
)
_SIMPLER = "ST_Simplify(geom_4326, %(tolerance)s::float8, true)"
_POINT_X = (
    "round((ST_X(geom_4326) - %(tile_west)s::float8)"
    " * 4096 / (%(tile_east)s::float8 - %(tile_west)s::float8))"
)
_POINT_Y_EVEN = (
    "round((%(tile_north)s::float8 - ST_Y(geom_4326))"
    " * 4096 / (%(tile_north)s::float8 - %(tile_south)s::float8))"
)
_POINT_Y = (
    "round(((0.5 - ln(tan(pi() / 4 + radians(ST_Y(geom_4326)) / 2)) / (2 * pi()))"
    " * 2 ^ %(zoom)s::float8 - %(row)s::float8) * 4096)"
)
# A value that is not of its field's type any more, since the catalogue changed, is left out. In
# jsonb's order numbers stand together, and so do false and true: one comparison asks for type and
# range at once.
_TYPED = {
    "integer": ("'-9e18' AND '9e18'", "bigint"),
    "number": ("'-1e308' AND '1e308'", "float8"),
    "boolean": ("'false' AND 'true'", "boolean"),
}


def tiles_digest(layer: PublishedLayer) -> str:
    """Return what changes whenever the tiles of an edition do, as when a field is no longer public.

    When it was published is part of it: another database may number its editions alike.
    """
    rules = tile_rules(layer)
    fields = [(field.name, field.type) for field in rules.fields] if rules else []
    words = repr((_VERSION, layer.slug, layer.published_at, fields))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def is_empty(layer: PublishedLayer, tile: TileAddress) -> bool:
    """Return whether a tile certainly holds nothing, without asking the database."""
    return layer.extent_4326 is None or tile not in tile_limits(layer.extent_4326, tile.zoom)


def tile_body(layer: PublishedLayer, tile: TileAddress) -> bytes:
    """Return a tile as a Mapbox Vector Tile 2.1, of no bytes if there is nothing in it.

    Its one layer is called as ``layer`` is. Coordinates are units of 1/4096 of the tile, x to the
    east and y to the south, as EPSG:3857 has them; up to 64 units beyond each edge.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    rules = tile_rules(layer)
    if rules is None or is_empty(layer, tile):
        return b""
    if tile.zoom >= rules.cells_below:
        found, body = _read(layer, _features_statement(layer, rules, tile.zoom), values_of(tile))
        if found <= MOST_FEATURES:
            return body
    elif (kept := _read_kept(layer, tile)) is not None:
        return kept
    _, body = _read(layer, _cells_statement(layer), _cells(tile), keeps_plan=False)
    return body


def _read_kept(layer: PublishedLayer, tile: TileAddress) -> bytes | None:
    """Return a tile of cells as it was made with its edition, None where none were made."""
    values = {
        "layer_id": layer.id,
        "edition_id": layer.edition_id,
        "zoom": tile.zoom,
        "column": tile.column,
        "row": tile.row,
    }
    changed_at, are_made, body = fetch_binary_row(
        read_statement("tile_kept"), values, keeps_plan=True
    )
    if changed_at != layer.changed_at:
        raise LayerMoved
    return (body or b"") if are_made else None


def _read(
    layer: PublishedLayer, statement: str, values: dict[str, Any], *, keeps_plan: bool = True
) -> tuple[int, bytes]:
    changed_at, found, body = fetch_binary_row(statement, values, keeps_plan=keeps_plan)
    if changed_at != layer.changed_at:
        raise LayerMoved
    return found, body or b""


def values_of(tile: TileAddress) -> dict[str, Any]:
    """Return what `shape_in_tile` and a box around the tile bind, by name."""
    west, south, east, north = tile.bounds_4326
    west_m, south_m, east_m, north_m = tile.bounds_3857
    return {
        **_buffered(tile),
        "tile_west": west,
        "tile_south": south,
        "tile_east": east,
        "tile_north": north,
        "west_m": west_m,
        "south_m": south_m,
        "east_m": east_m,
        "north_m": north_m,
        "zoom": tile.zoom,
        "row": tile.row,
        # In degrees of longitude; a degree of latitude is longer by this much on the map.
        "tolerance": (east - west) / 1024 * math.cos(math.radians(north)),
    }


def _cells(tile: TileAddress) -> dict[str, Any]:
    """Return what the statement of cells binds."""
    return {
        **_buffered(tile),
        "cells": CELLS * 2**tile.zoom,
        "first_column": CELLS * tile.column,
        "first_row": CELLS * tile.row,
    }


def _buffered(tile: TileAddress) -> dict[str, float]:
    sides = tile.around_4326(BUFFER / EXTENT)
    return dict(zip(("west", "south", "east", "north"), sides, strict=True))


def _features_statement(layer: PublishedLayer, rules: TileRules, zoom: int) -> str:
    geometry = shape_in_tile(layer.geometry_type, zoom, whole_from=_WHOLE_FROM_ZOOM)
    fields = tuple((field.name, field.type) for field in rules.fields)
    return _compose_features(layer.id, layer.edition_id, layer.slug, geometry, fields)


def shape_in_tile(geometry_type: str, zoom: int, *, whole_from: int) -> str:
    """Return SQL of what a tile holds of a feature's ``geom_4326``, in the tile's own units.

    Below ``whole_from`` lines and areas are simplified by `values_of`'s ``tolerance``.
    """
    if geometry_type == "Point":
        y = _POINT_Y_EVEN if zoom >= _EVEN_FROM_ZOOM else _POINT_Y
        return f"ST_Point({_POINT_X}, {y})"
    shape = "geom_4326" if zoom >= whole_from else _SIMPLER
    if zoom >= _EVEN_FROM_ZOOM:
        return f"ST_AsMVTGeom({shape}, {_TILE_4326}, {EXTENT}, {BUFFER}, true)"
    return f"ST_AsMVTGeom(ST_Transform({shape}, 3857), {_TILE_3857}, {EXTENT}, {BUFFER}, true)"


@lru_cache(maxsize=512)
def _compose_features(
    layer_id: int,
    edition_id: int,
    name: str,
    geometry: str,
    fields: tuple[tuple[str, str], ...],
) -> str:
    return (
        sql.SQL(read_statement("tile_features"))
        .format(
            layer_id=sql.Literal(layer_id),
            edition_id=sql.Literal(edition_id),
            name=sql.Literal(name),
            geometry=sql.SQL(geometry),
            properties=sql.Composed([_property(*field) for field in fields]),
            most=sql.Literal(MOST_FEATURES),
        )
        .as_string()
    )


def _property(name: str, type_: str) -> sql.Composed:
    """Return a field's value as its type in a tile: dates and addresses are texts there."""
    if type_ in _TYPED:
        range_, stored = _TYPED[type_]
        value = sql.SQL(
            f"CASE WHEN properties -> {{name}} BETWEEN {range_}"
            f" THEN (properties -> {{name}})::{stored} END"
        )
    else:
        value = sql.SQL(f"left(properties ->> {{name}}, {MOST_TEXT})")
    return sql.SQL(", {value} AS {column}").format(
        value=value.format(name=sql.Literal(name)), column=sql.Identifier(name)
    )


@lru_cache(maxsize=512)
def _compose_cells(layer_id: int, edition_id: int, name: str, place: str) -> str:
    return (
        sql.SQL(read_statement("tile_cells"))
        .format(
            layer_id=sql.Literal(layer_id),
            edition_id=sql.Literal(edition_id),
            name=sql.Literal(name),
            place=sql.SQL(place),
        )
        .as_string()
    )


def _cells_statement(layer: PublishedLayer) -> str:
    place = place_of_feature(layer.geometry_type)
    return _compose_cells(layer.id, layer.edition_id, layer.slug, place)
