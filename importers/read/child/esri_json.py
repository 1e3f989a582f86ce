"""Turns Esri JSON, as ArcGIS servers without GeoJSON answer it, into features of GeoJSON."""

from typing import Any

import numpy as np
import shapely

from importers.errors import SourceUnreadable

_WEB_MERCATOR = (102100, 102113, 900913)
# A form of geometry that no reader knows: its row is kept out, and said.
_UNKNOWN: dict[str, Any] = {"type": "Curve", "coordinates": []}


def esri_crs(root: dict[str, Any]) -> str:
    """Return the authority code of a feature set.

    Raises
    ------
    SourceUnreadable
        ``CRS-UNREADABLE``: it names none.
    """
    reference = root.get("spatialReference")
    members = reference if isinstance(reference, dict) else {}
    number = members.get("latestWkid", members.get("wkid"))
    if not isinstance(number, int):
        raise SourceUnreadable(
            "The server does not say the coordinate system of its answer by its number.",
            code="CRS-UNREADABLE",
        )
    return "EPSG:3857" if number in _WEB_MERCATOR else f"EPSG:{number}"


def esri_features(root: dict[str, Any]) -> list[Any]:
    """Return the features as GeoJSON's; what is none is left as it is, for its reader to say so."""
    return [_feature(feature) for feature in root["features"]]


def _feature(feature: Any) -> Any:
    if not isinstance(feature, dict) or not isinstance(feature.get("attributes", {}), dict):
        return feature
    return {
        "type": "Feature",
        "properties": feature.get("attributes", {}),
        "geometry": _geometry(feature.get("geometry")),
    }


def _geometry(geometry: Any) -> dict[str, Any] | None:
    """Return the geometry, None where there is none: ArcGIS also writes an empty one, or NaN."""
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        return _UNKNOWN
    if "x" in geometry:
        x, y = geometry["x"], geometry.get("y")
        is_empty = x in (None, "NaN")
        return None if is_empty else {"type": "Point", "coordinates": [x, y]}
    for member, kind in (("points", "MultiPoint"), ("paths", "MultiLineString")):
        if member in geometry:
            parts = geometry[member]
            return {"type": kind, "coordinates": parts} if parts else None
    if "rings" in geometry:
        return _polygons(geometry["rings"])
    return _UNKNOWN


def _polygons(rings: Any) -> dict[str, Any] | None:
    """Return rings as polygons: Esri's outer rings run clockwise, its holes the other way."""
    if not rings:
        return None
    try:
        shapes = [shapely.LinearRing(np.asarray(ring, float)[:, :2]) for ring in rings]
    except (ValueError, TypeError, IndexError, shapely.GEOSException):
        return _UNKNOWN
    outer = [place for place, shape in enumerate(shapes) if not shape.is_ccw]
    polygons: dict[int, list[Any]] = {place: [rings[place]] for place in outer}
    for place, shape in enumerate(shapes):
        if place not in polygons:
            around = _around(shape, {each: shapes[each] for each in outer})
            # A hole in nothing is an outer ring that somebody drew the wrong way round.
            polygons.setdefault(place if around is None else around, []).append(rings[place])
    return {"type": "MultiPolygon", "coordinates": list(polygons.values())}


def _around(hole: Any, outer: dict[int, Any]) -> int | None:
    """Return the smallest outer ring that a hole lies in."""
    inside = {
        place: shapely.Polygon(ring).area
        for place, ring in outer.items()
        if shapely.Polygon(ring).covers(hole)
    }
    return min(inside, key=lambda place: inside[place]) if inside else None
