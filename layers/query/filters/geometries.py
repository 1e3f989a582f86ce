"""Geometries of a filter, looked at from top to bottom before the database sees them."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.errors import FilterInvalid
from layers.query.filters.crs import FilterCrs
from layers.query.filters.limits import MOST_VERTICES

_EARTH_RADIUS_M = 6378137.0
Position = tuple[float, float]


def read_geometry(document: Mapping[str, Any], crs: FilterCrs) -> shapely.Geometry:
    """Return a GeoJSON geometry, or a ``bbox``, in the CRS it is compared in.

    Parameters
    ----------
    document
        Coordinates in the axis order of ``crs``; heights are left out.

    Returns
    -------
    shapely.Geometry
        Valid, 2D, x before y, in ``crs.stored_srid``.

    Raises
    ------
    FilterInvalid
        It is empty, not valid, too large, or outside of what ``crs`` can express.
    """
    reader = _Reader(crs)
    shape = reader.box(document["bbox"]) if "bbox" in document else reader.shape(document)
    if not shape.is_valid:
        raise FilterInvalid(
            f"A geometry in the filter is not valid: {shapely.is_valid_reason(shape)}. Its lines "
            "must not cross themselves, and holes must lie inside."
        )
    return _from_mercator(shape) if crs.is_mercator else shape


class _Reader:
    """Reads one literal, and counts its vertices."""

    def __init__(self, crs: FilterCrs) -> None:
        self._crs = crs
        self._vertices = 0

    def shape(self, document: Mapping[str, Any]) -> shapely.Geometry:
        kind = document.get("type")
        if kind == "GeometryCollection":
            return self._collection(document)
        readers: dict[object, Callable[[Any], shapely.Geometry]] = {
            "Point": lambda value: shapely.Point(self._position(value)),
            "MultiPoint": lambda value: shapely.MultiPoint(self._positions(value)),
            "LineString": self._line,
            "MultiLineString": lambda value: shapely.MultiLineString(
                [self._line(part) for part in _parts(value)]
            ),
            "Polygon": self._polygon,
            "MultiPolygon": lambda value: shapely.MultiPolygon(
                [self._polygon(part) for part in _parts(value)]
            ),
        }
        if kind not in readers:
            raise FilterInvalid(
                f"“{str(kind)[:50]}” is not a type of geometry. The types are: "
                f"{', '.join(map(str, readers))}, GeometryCollection."
            )
        return readers[kind](document.get("coordinates"))

    def box(self, numbers: Any) -> shapely.Geometry:
        """Return a box: two where it crosses the antimeridian, a line or point if it is flat."""
        if not isinstance(numbers, list) or len(numbers) not in (4, 6):
            raise FilterInvalid(
                "A BBOX needs 4 numbers: the corner with the lowest values, then the one with the "
                f"highest, each as {self._crs.axes}."
            )
        half = len(numbers) // 2
        low, high = self._position(numbers[:half]), self._position(numbers[half:])
        if low[1] > high[1] or (low[0] > high[0] and not self._crs.is_geographic):
            raise FilterInvalid(
                "A BBOX has its first corner above or east of its second. The corner with the "
                f"lowest values comes first, each as {self._crs.axes}."
            )
        if low[0] > high[0]:
            west, east = self._crs.x_range
            return shapely.MultiPolygon(
                [
                    shapely.box(low[0], low[1], east, high[1]),
                    shapely.box(west, low[1], high[0], high[1]),
                ]
            )
        if low == high:
            return shapely.Point(low)
        if low[0] == high[0] or low[1] == high[1]:
            return shapely.LineString([low, high])
        return shapely.box(*low, *high)

    def _collection(self, document: Mapping[str, Any]) -> shapely.Geometry:
        parts = _parts(document.get("geometries"))
        return shapely.GeometryCollection([self._part(part) for part in parts])

    def _part(self, value: Any) -> shapely.Geometry:
        if not isinstance(value, Mapping):
            raise _misplaced(value)
        return self.shape(value)

    def _line(self, value: Any) -> shapely.Geometry:
        positions = self._positions(value)
        if len(positions) < 2:
            raise FilterInvalid("A line in the filter has one position only. It needs two or more.")
        return shapely.LineString(positions)

    def _polygon(self, value: Any) -> shapely.Geometry:
        rings = [self._ring(part) for part in _parts(value)]
        return shapely.Polygon(rings[0], rings[1:])

    def _ring(self, value: Any) -> list[Position]:
        positions = self._positions(value)
        if len(positions) < 4 or positions[0] != positions[-1]:
            raise FilterInvalid(
                "A polygon in the filter has a ring that is not closed. It needs four positions "
                "or more, and the last is the first again."
            )
        return positions

    def _positions(self, value: Any) -> list[Position]:
        return [self._position(part) for part in _parts(value)]

    def _position(self, value: Any) -> Position:
        self._vertices += 1
        if self._vertices > MOST_VERTICES:
            raise FilterInvalid(
                f"A geometry in the filter has more than {MOST_VERTICES:,} positions. Simplify it."
            )
        if (
            not isinstance(value, list)
            or not 2 <= len(value) <= 4
            or not all(map(_is_number, value))
        ):
            raise _misplaced(value)
        x, y = (value[1], value[0]) if self._crs.is_north_first else value[:2]
        (west, east), (south, north) = self._crs.x_range, self._crs.y_range
        if not (west <= x <= east and south <= y <= north):
            raise FilterInvalid(
                f"The filter has a position that does not exist: {value[0]:g} {value[1]:g}. "
                f"Positions are {self._crs.axes}; “filter-crs” can say otherwise."
            )
        return float(x), float(y)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _parts(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _misplaced(value)
    if not value:
        raise FilterInvalid("A geometry in the filter is empty. Give it positions.")
    return value


def _misplaced(value: Any) -> FilterInvalid:
    return FilterInvalid(
        f"The filter has “{str(value)[:50]}” where a position, or a list of them, should stand. A "
        "position is two finite numbers."
    )


def _from_mercator(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape in EPSG:4326: the same datum, so the formulas are all there is to it."""
    return shapely.transform(shape, _degrees)


def _degrees(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    longitudes = np.degrees(metres[:, 0] / _EARTH_RADIUS_M)
    latitudes = np.degrees(2 * np.arctan(np.exp(metres[:, 1] / _EARTH_RADIUS_M)) - np.pi / 2)
    return np.column_stack([longitudes, latitudes])
