"""Spatial functions: S_INTERSECTS and the other relations of DE-9IM."""

from collections.abc import Mapping
from typing import Any

import shapely

from layers.errors import FilterInvalid
from layers.query.filters.geometries import read_geometry
from layers.query.filters.queryables import find_queryable
from layers.query.filters.scope import Scope

_FUNCTIONS = {
    "s_intersects": "ST_Intersects",
    "s_disjoint": "ST_Disjoint",
    "s_within": "ST_Within",
    "s_contains": "ST_Contains",
    "s_touches": "ST_Touches",
    "s_crosses": "ST_Crosses",
    "s_overlaps": "ST_Overlaps",
    "s_equals": "ST_Equals",
}
SPATIAL_FUNCTIONS = frozenset(_FUNCTIONS)
# Those that are defined for collections of points, lines and areas together.
_FOR_COLLECTIONS = ("s_intersects", "s_disjoint")
# What answers are rounded to: degrees, metres. A geometry copied from one is the same geometry.
_GRID = {4326: 1e-7, 27700: 1e-3}


def spatial_predicate(op: str, arguments: list[Any], scope: Scope) -> str:
    """Return SQL for a spatial function of two geometries.

    Raises
    ------
    FilterInvalid
        An argument is no geometry.
    """
    if len(arguments) != 2:
        raise FilterInvalid(
            f"{op.upper()} takes two geometries; the filter gives {len(arguments)}."
        )
    first, second = (_geometry(op, argument, scope) for argument in arguments)
    if op == "s_equals":
        return _equals(first, second, scope.crs.stored_srid)
    return f"{_FUNCTIONS[op]}({first}, {second})"


def geometry_column(scope: Scope) -> str:
    """Return the stored geometry that literals of this filter are compared with."""
    return "geom_27700" if scope.crs.stored_srid == 27700 else "geom_4326"


def _geometry(op: str, argument: Any, scope: Scope) -> str:
    if isinstance(argument, Mapping) and isinstance(argument.get("property"), str):
        field = find_queryable(scope.layer, argument["property"])
        if field is not None:
            raise FilterInvalid(
                f"“{field.name}” is not a geometry: {op.upper()} compares “geometry” with a point, "
                "a line, a polygon or a BBOX."
            )
        return geometry_column(scope)
    if not isinstance(argument, Mapping) or not {"type", "bbox"} & argument.keys():
        raise FilterInvalid(
            f"{op.upper()} compares “geometry” with a point, a line, a polygon or a BBOX, such as "
            "POINT(-1.9 52.48) or BBOX(-1.95,52.45,-1.85,52.5)."
        )
    shape = _comparable(op, read_geometry(argument, scope.crs))
    wkb = scope.binder.bind(shapely.to_wkb(shape), "bytea")
    return f"ST_GeomFromWKB({wkb}, {scope.crs.stored_srid})"


def _comparable(op: str, shape: shapely.Geometry) -> shapely.Geometry:
    """Return a collection of one kind of geometry as what it is together."""
    if shape.geom_type != "GeometryCollection":
        return shape
    together = shapely.union_all([shape])
    if together.geom_type == "GeometryCollection" and op not in _FOR_COLLECTIONS:
        raise FilterInvalid(
            f"{op.upper()} cannot compare with a collection of points, lines and polygons "
            "together. Compare with each kind in a condition of its own."
        )
    return together


def _equals(first: str, second: str, srid: int) -> str:
    rounded = (f"ST_Normalize(ST_SnapToGrid({side}, {_GRID[srid]}))" for side in (first, second))
    return (
        f"({first} && ST_Expand({second}, {_GRID[srid]}) AND"
        f" (ST_Equals({first}, {second}) OR {next(rounded)} = {next(rounded)}))"
    )
