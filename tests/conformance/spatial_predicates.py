"""Spatial filters over `tests.factories.filter_layers`, each with the same asked of GEOS here.

Literals are in EPSG:27700, as the features were made, so that edges meet exactly.
"""

import shapely

from tests.conformance.filtered import Predicate, Truth
from tests.factories.filter_layers import SOUTH, WEST

FUNCTIONS = {
    "S_INTERSECTS": shapely.intersects,
    "S_DISJOINT": shapely.disjoint,
    "S_WITHIN": shapely.within,
    "S_CONTAINS": shapely.contains,
    "S_TOUCHES": shapely.touches,
    "S_CROSSES": shapely.crosses,
    "S_OVERLAPS": shapely.overlaps,
    "S_EQUALS": shapely.equals,
}


def square(x: float, y: float, size: float) -> shapely.Polygon:
    """Return a square of so many metres, from so many metres east and north of the grid's start."""
    return shapely.box(WEST + x, SOUTH + y, WEST + x + size, SOUTH + y + size)


def _line(*positions: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(WEST + x, SOUTH + y) for x, y in positions])


def _points(*positions: tuple[float, float]) -> shapely.MultiPoint:
    return shapely.MultiPoint([(WEST + x, SOUTH + y) for x, y in positions])


SHAPES = {
    "a field": square(1000, 0, 1000),
    "across four fields": square(500, 500, 1000),
    "within one": square(1100, 1100, 100),
    "in the hole": square(1450, 1450, 100),
    "everything": square(-5000, -5000, 20_000),
    "far away": square(90_000, 90_000, 10),
    "with a hole": square(-100, -100, 3000) - square(1000, 1000, 1000),
    "of two parts": shapely.MultiPolygon([square(0, 0, 300), square(2000, 2000, 1500)]),
    "corner": shapely.Point(WEST + 1000, SOUTH + 1000),
    "inside": shapely.Point(WEST + 500, SOUTH + 500),
    "points": _points((500, 500), (1000, 500), (90_000, 0)),
    "along an edge": _line((1000, 0), (1000, 3000)),
    "through": _line((-200, 1500), (2500, 1500)),
    "lines": shapely.MultiLineString([_line((200, 200), (800, 800)), _line((0, 900), (900, 0))]),
}


def spatial_table(slug_function: str = "") -> dict[str, Predicate]:
    """Return each function with each shape, or one function with each."""
    return {
        f"{name}(geometry,{shapely.to_wkt(shape, rounding_precision=-1)})": _asks(name, shape)
        for name in FUNCTIONS
        if slug_function in ("", name)
        for shape in SHAPES.values()
    }


def turned_table() -> dict[str, Predicate]:
    """Return each function with its arguments the other way round."""
    return {
        f"{name}({shapely.to_wkt(shape, rounding_precision=-1)},geometry)": _asks_turned(
            name, shape
        )
        for name in FUNCTIONS
        for shape in SHAPES.values()
    }


def _asks(name: str, shape: shapely.Geometry) -> Predicate:
    def predicate(_: object, geometry: shapely.Geometry | None) -> Truth:
        return None if geometry is None else bool(FUNCTIONS[name](geometry, shape))

    return predicate


def _asks_turned(name: str, shape: shapely.Geometry) -> Predicate:
    def predicate(_: object, geometry: shapely.Geometry | None) -> Truth:
        return None if geometry is None else bool(FUNCTIONS[name](shape, geometry))

    return predicate
