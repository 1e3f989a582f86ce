"""Tiles of the basemap: all its parts in one Mapbox Vector Tile, written by one statement.

A tile has a layer for each part, called as the part is. Its features have ``class``, and ``name``
and ``number`` from the zoom on where they are written. What is too small to be seen is left out,
and where too much is left all the same, more.
"""

from dataclasses import dataclass
from functools import lru_cache

from psycopg import sql

from layers.query.basemap.find import Basemap
from layers.query.basemap.parts import (
    MAX_TILE_ZOOM,
    MIN_TILE_ZOOM,
    MIN_ZOOM,
    PARTS,
    TILE_SIDE_PX,
    Part,
)
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_binary_row
from layers.query.tile_grid import TileAddress, tile_limits
from layers.query.tiles import MOST_TEXT, shape_in_tile, values_of
from layers.sql import read_statement

MOST_BYTES = 150_000
# How much coarser each further attempt is. The last is taken as it is.
_COARSER = (1.0, 2.5, 6.0, 15.0)
# Buildings are drawn to a quarter of a pixel even where a screen shows them largest.
_NEVER_WHOLE = 99
_PART_BY_NAME: dict[str, Part] = {part.name: part for part in PARTS}


@dataclass(frozen=True, slots=True)
class _Source:
    """A layer as one part draws it. ``fields`` are its own for class, name and number, or ""."""

    edition_id: int
    geometry_type: str
    fields: tuple[str, str, str]


def is_beyond(basemap: Basemap, tile: TileAddress) -> bool:
    """Return whether a tile certainly holds nothing, without asking the database."""
    if not MIN_TILE_ZOOM <= tile.zoom <= MAX_TILE_ZOOM:
        return True
    return tile not in tile_limits(basemap.extent_4326, tile.zoom)


def basemap_tile_body(basemap: Basemap, tile: TileAddress) -> bytes:
    """Return a tile, of no bytes if there is nothing in it; of `MOST_BYTES` at most, if it can be.

    Coordinates are units of 1/4096 of the tile, x to the east and y to the south, as EPSG:3857 has
    them; up to 64 units beyond each edge.
    """
    if is_beyond(basemap, tile):
        return b""
    parts = tuple(
        (each.part.name, tuple(_source(layer) for layer in each.layers)) for each in basemap.parts
    )
    statement = _compose(parts, tile.zoom)
    if not statement:
        return b""
    for coarser in _COARSER:
        (body,) = fetch_binary_row(statement, _values(tile, coarser))
        if len(body) <= MOST_BYTES:
            break
    return bytes(body)


def _source(layer: PublishedLayer) -> _Source:
    names = {field.name for field in layer.fields}
    found = [name if name in names else "" for name in ("class", "name", "number")]
    return _Source(layer.edition_id, layer.geometry_type, (found[0], found[1], found[2]))


def _values(tile: TileAddress, coarser: float) -> dict[str, float]:
    values = values_of(tile)
    width, height = (
        values["tile_east"] - values["tile_west"],
        values["tile_north"] - values["tile_south"],
    )
    pixel = width / TILE_SIDE_PX * height / TILE_SIDE_PX
    return values | {
        "tolerance": values["tolerance"] * coarser,
        "pixel": pixel * coarser * coarser,
    }


@lru_cache(maxsize=64)
def _compose(parts: tuple[tuple[str, tuple[_Source, ...]], ...], tile_zoom: int) -> str:
    """Return the statement of a tile's zoom, empty where no class of any part is drawn yet."""
    zoom = tile_zoom + MIN_ZOOM - MIN_TILE_ZOOM
    drawn = [
        sql.SQL("coalesce(({}), ''::bytea)").format(_part(_PART_BY_NAME[name], sources, zoom))
        for name, sources in parts
        if min(_PART_BY_NAME[name].from_zoom.values()) <= zoom
    ]
    if not drawn:
        return ""
    return (sql.SQL("SELECT ") + sql.SQL(" || ").join(drawn)).as_string()


def _part(part: Part, sources: tuple[_Source, ...], zoom: int) -> sql.Composed:
    each = [_layer(part, source, zoom) for source in sources]
    return sql.SQL(read_statement("basemap_part")).format(
        name=sql.Literal(part.name), sources=sql.SQL(" UNION ALL ").join(each)
    )


def _layer(part: Part, source: _Source, zoom: int) -> sql.Composed:
    is_line = source.geometry_type.endswith("LineString")
    is_merged = is_line and zoom < part.is_merged_below
    class_, name, number = (_text(field) for field in source.fields)
    return sql.SQL(read_statement("basemap_merged" if is_merged else "basemap_source")).format(
        shape=sql.SQL(shape_in_tile(source.geometry_type, zoom - 1, whole_from=_NEVER_WHOLE)),
        edition_id=sql.Literal(source.edition_id),
        named=_once_written(part, class_, name, zoom),
        numbered=_once_written(part, class_, number, zoom),
        is_worth_drawing=_worth_drawing(part, source, class_, zoom),
        **{"class": class_},
    )


def _text(field: str) -> sql.Composable:
    if not field:
        return sql.SQL("''")
    return sql.SQL(f"coalesce(left(properties ->> {{}}, {MOST_TEXT}), '')").format(
        sql.Literal(field)
    )


def _once_written(
    part: Part, class_: sql.Composable, text: sql.Composable, zoom: int
) -> sql.Composed:
    """Return a name where it is written at this zoom, else NULL."""
    zooms = {each: part.first_zoom_of_names(each) for each in (*part.from_zoom, "")}
    written = _among(class_, {each: at is not None and at <= zoom for each, at in zooms.items()})
    return sql.SQL("CASE WHEN {} THEN nullif({}, '') END").format(written, text)


def _worth_drawing(part: Part, source: _Source, class_: sql.Composable, zoom: int) -> sql.Composed:
    drawn = _among(class_, {each: at <= zoom for each, at in part.from_zoom.items()})
    if not source.geometry_type.endswith("Polygon"):
        return drawn
    return sql.SQL("{} AND ST_Area(geom_4326) >= {} * %(pixel)s::float8").format(
        drawn, sql.Literal(part.min_area_px)
    )


def _among(class_: sql.Composable, is_wanted: dict[str, bool]) -> sql.Composed:
    """Return whether a class is wanted; what is said of "" holds for all that are not named."""
    named = {each: wanted for each, wanted in is_wanted.items() if each}
    other = is_wanted[""]
    unlike = [sql.Literal(each) for each, wanted in named.items() if wanted != other]
    if not unlike:
        return sql.Composed([sql.SQL("true" if other else "false")])
    word = sql.SQL("NOT IN" if other else "IN")
    return sql.SQL("{} {} ({})").format(class_, word, sql.SQL(", ").join(unlike))
