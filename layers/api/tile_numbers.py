"""The numbers in a tile's address: each tile has one address, and what is near it is told so."""

import re

from layers.errors import NotFound
from layers.query.registry import PublishedLayer
from layers.query.tile_grid import TileAddress, tile_limits
from layers.query.tile_rules import MAX_ZOOM

# What PostgreSQL's bigint and everybody's integers can hold; no zeros in front.
_CANONICAL = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_PLACEHOLDER = re.compile(r"\{[^}]*\}?")


def read_tile(zoom: str, column: str, row: str) -> TileAddress:
    """Return the tile that an address names.

    Raises
    ------
    NotFound
        The numbers are not written as a tile's are, or there is no such tile.
    """
    tile = TileAddress(
        read_number_in_path(zoom, "zoom"),
        read_number_in_path(column, "column (x)"),
        read_number_in_path(row, "row (y)"),
    )
    if tile.zoom > MAX_ZOOM:
        raise NotFound(
            f"Tiles go to zoom {MAX_ZOOM}; {tile.zoom} is beyond. Enlarge those of {MAX_ZOOM}: "
            "one of their units is 6 mm on the ground."
        )
    last = 2**tile.zoom - 1
    for number, name in ((tile.column, "columns (x)"), (tile.row, "rows (y)")):
        if number > last:
            raise NotFound(f"Zoom {tile.zoom} has {name} 0 to {last}; {number} is not one of them.")
    return tile


def read_number_in_path(text: str, name: str) -> int:
    """Return a whole number in its one way of being written.

    Raises
    ------
    NotFound
        It is something else; says what to write.
    """
    if _CANONICAL.fullmatch(text):
        return int(text)
    if found := _PLACEHOLDER.search(text):
        raise NotFound(
            f"“{found[0][:30]}” stands for a number: the {name}. Put one in its place, or have "
            "the map library do it."
        )
    if text.endswith("@2x"):
        raise NotFound("“@2x” is for pictures. A vector tile serves every screen: leave it out.")
    if re.fullmatch(r"0+[0-9]{1,15}", text, re.ASCII):
        raise NotFound(
            f"A tile has one address: write the {name} as {int(text)}, not “{text[:30]}”."
        )
    raise NotFound(f"“{text[:30]}” cannot be the {name}, which is a whole number from 0 up.")


def refuse_flipped(layer: PublishedLayer, tile: TileAddress) -> None:
    """Refuse a tile outside the layer that would be inside if rows were counted from the south.

    Raises
    ------
    NotFound
        It is one: TMS counts so, and its tiles would be empty here without a word.
    """
    if layer.extent_4326 is None:
        return
    limits = tile_limits(layer.extent_4326, tile.zoom)
    if tile not in limits and tile.flipped in limits:
        raise NotFound(
            f"Rows are counted from the north here, and row {tile.row} is far from the layer. "
            f"Counted from the south, as TMS does, it would be row {tile.flipped.row} here. "
            "In Leaflet, leave “tms: true” out; in QGIS, write {y} and not {-y}."
        )
