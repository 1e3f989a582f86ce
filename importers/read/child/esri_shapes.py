"""Turns the geometries of Esri JSON into GeoJSON: rings are sorted, curves become lines."""

from typing import Any

import numpy as np
import shapely

from importers.read.child.esri_curves import straight

Position = list[Any]
Ring = list[Position]

_CURVED = ("curveRings", "curvePaths")


class UnknownShape(ValueError):
    """A geometry is none; the message says why."""


def has_curves(member: Any) -> bool:
    """Return whether a feature is drawn with curves."""
    geometry = member.get("geometry") if isinstance(member, dict) else None
    return isinstance(geometry, dict) and any(name in geometry for name in _CURVED)


def geojson_geometry(geometry: Any) -> dict[str, Any] | None:
    """Return an Esri geometry as GeoJSON, None where there is none.

    Raises
    ------
    UnknownShape
        It is of no known kind.
    """
    if geometry is None or geometry == {}:
        return None
    if not isinstance(geometry, dict):
        raise UnknownShape("its geometry is not an object.")
    try:
        return _shape(geometry)
    except (LookupError, TypeError, ValueError) as error:
        if isinstance(error, UnknownShape):
            raise
        raise UnknownShape("its coordinates do not make a shape.") from None


def _shape(geometry: dict[str, Any]) -> dict[str, Any] | None:
    if "x" in geometry:
        return _point(geometry)
    if "points" in geometry:
        return {"type": "MultiPoint", "coordinates": geometry["points"]}
    for name in ("paths", "curvePaths"):
        if name in geometry:
            lines = [straight(path) for path in geometry[name]]
            return {"type": "MultiLineString", "coordinates": lines} if lines else None
    for name in ("rings", "curveRings"):
        if name in geometry:
            rings = [straight(ring) for ring in geometry[name]]
            return {"type": "MultiPolygon", "coordinates": polygons(rings)} if rings else None
    raise UnknownShape("its geometry is not of a kind that Esri JSON knows.")


def _point(geometry: dict[str, Any]) -> dict[str, Any] | None:
    """Return a point; one whose x is null or "NaN" is how Esri writes that there is none."""
    if geometry["x"] in (None, "NaN"):
        return None
    position = [geometry["x"], geometry["y"]]
    if isinstance(geometry.get("z"), int | float):
        position.append(geometry["z"])
    return {"type": "Point", "coordinates": position}


def polygons(rings: list[Ring]) -> list[list[Ring]]:
    """Return rings as polygons: clockwise ones are outsides, the others holes in the smallest.

    A hole that lies in no outside is taken for one, so that no ring is lost.
    """
    drawn = [shapely.Polygon(ring) for ring in rings]
    is_hole = [shapely.is_ccw(shape.exterior) for shape in drawn]
    outsides = sorted(
        (place for place in range(len(rings)) if not is_hole[place]),
        key=lambda place: float(drawn[place].area),
    )
    holes_of: dict[int, list[Ring]] = {place: [] for place in outsides}
    for place in np.flatnonzero(is_hole).tolist():
        corners = shapely.MultiPoint(drawn[place].exterior.coords)
        owner = next((each for each in outsides if drawn[each].covers(corners)), None)
        if owner is None:
            holes_of[place] = []
        else:
            holes_of[owner].append(rings[place])
    return [[rings[place], *holes_of[place]] for place in sorted(holes_of)]
