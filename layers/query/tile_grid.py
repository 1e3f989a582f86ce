"""WebMercatorQuad: which part of the world a tile is, and which tiles an extent touches."""

import math
from dataclasses import dataclass

Box = tuple[float, float, float, float]

# Half the circumference of the sphere of EPSG:3857, metres.
HALF_WORLD_M = math.pi * 6378137
# A tile is EXTENT units wide, and holds what lies up to BUFFER units beyond its edges.
EXTENT = 4096
BUFFER = 64


@dataclass(frozen=True, slots=True)
class TileAddress:
    """A tile: columns are counted from the west, rows from the north."""

    zoom: int
    column: int
    row: int

    @property
    def bounds_4326(self) -> Box:
        """West, south, east, north in degrees."""
        return self.around_4326(0)

    @property
    def bounds_3857(self) -> Box:
        """The same in metres of EPSG:3857."""
        side_m = 2 * HALF_WORLD_M / (1 << self.zoom)
        west, north = self.column * side_m - HALF_WORLD_M, HALF_WORLD_M - self.row * side_m
        return west, north - side_m, west + side_m, north

    def around_4326(self, margin: float) -> Box:
        """Return west, south, east, north of the tile and ``margin`` of its width around it."""
        return (
            _longitude(self.column - margin, self.zoom),
            _latitude(self.row + 1 + margin, self.zoom),
            _longitude(self.column + 1 + margin, self.zoom),
            _latitude(self.row - margin, self.zoom),
        )

    @property
    def flipped(self) -> "TileAddress":
        """The tile that TMS means by these numbers: it counts rows from the south."""
        return TileAddress(self.zoom, self.column, (1 << self.zoom) - 1 - self.row)


@dataclass(frozen=True, slots=True)
class TileLimits:
    """The first and the last columns and rows of one zoom that may hold something."""

    zoom: int
    min_column: int
    max_column: int
    min_row: int
    max_row: int

    def __contains__(self, tile: TileAddress) -> bool:
        return (
            tile.zoom == self.zoom
            and self.min_column <= tile.column <= self.max_column
            and self.min_row <= tile.row <= self.max_row
        )


def tile_limits(extent_4326: Box, zoom: int) -> TileLimits:
    """Return the tiles of ``zoom`` that an extent touches, or comes within the buffer of."""
    west, south, east, north = extent_4326
    margin, last = BUFFER / EXTENT, (1 << zoom) - 1
    return TileLimits(
        zoom,
        _within(_column(west, zoom) - margin, last),
        _within(_column(east, zoom) + margin, last),
        _within(_row(north, zoom) - margin, last),
        _within(_row(south, zoom) + margin, last),
    )


def tiles_covered(extent_4326: Box, zoom: int) -> float:
    """Return over how many tiles of ``zoom`` an extent is spread: 1 at least."""
    west, south, east, north = extent_4326
    wide = _column(east, zoom) - _column(west, zoom)
    high = _row(south, zoom) - _row(north, zoom)
    return max(1.0, wide) * max(1.0, high)


def _within(place: float, last: int) -> int:
    return min(max(math.floor(place), 0), last)


def _column(longitude: float, zoom: int) -> float:
    return (longitude + 180) / 360 * (1 << zoom)


def _row(latitude: float, zoom: int) -> float:
    # Beyond 85.06° there are no tiles; the poles themselves would be infinitely far.
    radians = math.radians(min(max(latitude, -89.0), 89.0))
    return (1 - math.asinh(math.tan(radians)) / math.pi) / 2 * (1 << zoom)


def _longitude(column: float, zoom: int) -> float:
    return column / (1 << zoom) * 360 - 180


def _latitude(row: float, zoom: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / (1 << zoom)))))
