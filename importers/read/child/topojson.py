"""Reads TopoJSON: puts its shared arcs together and reads the outcome as GeoJSON.

GDAL's driver is not used: it leaves a shape whose arcs are not there empty,
which must not pass for "no location".
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.geojson import check_count, open_features
from importers.read.child.geojson_crs import find_crs
from importers.read.child.geojson_geometry import Faults
from importers.read.child.opened import OpenedSource
from importers.read.child.several_layers import refuse_several_layers
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

Positions = list[list[float]]

_XY = 2
# A few arcs may be used a million times over; each use is a copy.
_MOST_POSITIONS = 10_000_000
_NO_ARC = ("GEOM-CORRUPT", "it is made of arcs that the file does not hold.")
_LONGITUDE_LATITUDE = "EPSG:4326"
_CRS_BY_DEFAULT = Finding(
    "CRS-DEFAULT",
    "note",
    "The TopoJSON does not say its coordinate system; like GeoJSON it was read as longitude, "
    "latitude (WGS 84).",
)


def open_topology(topology: dict[str, Any], request: ReadRequest) -> OpenedSource:
    """Return the members of the one object of ``topology``, or of ``request.table``.

    Where neither the file nor the catalogue names a CRS the file is in WGS 84, as
    GeoJSON is, which TopoJSON extends; that is said in a note.

    Raises
    ------
    SourceUnreadable
        ``MULTI-LAYER``, ``NO-ROWS``, ``TOO-MANY-ROWS``, ``TOPOJSON-ARCS``, ``TOO-BIG``,
        ``CRS-UNREADABLE``, ``COL-TOO-MANY`` or ``CELL-TOO-BIG``.
    """
    layer = _choose_object(topology, request.table)
    members = _members(layer, request.limits)
    shapes = _Shapes(topology)
    features: list[Any] = []
    faults: Faults = {}
    for place, member in enumerate(members):
        try:
            features.append(_feature(member, shapes))
        except (AttributeError, LookupError, TypeError, ValueError):
            features.append(member)
            faults[place] = _NO_ARC
    crs = _crs(topology, layer, request)
    opened = open_features(
        features, form="TopoJSON", crs=crs, limits=request.limits, known_faults=faults
    )
    is_default = crs is not None and "crs" not in topology and "crs" not in layer
    return replace(opened, findings=(*opened.findings, *((_CRS_BY_DEFAULT,) if is_default else ())))


def _choose_object(topology: dict[str, Any], wanted: str | None) -> dict[str, Any]:
    objects = topology.get("objects")
    named = {
        name: layer
        for name, layer in (objects.items() if isinstance(objects, dict) else ())
        if isinstance(layer, dict)
    }
    if wanted is not None:
        named = {n: layer for n, layer in named.items() if n.lower() == wanted.lower()} or named
    if not named:
        raise SourceUnreadable("The TopoJSON holds no objects.", code="NO-ROWS")
    if len(named) > 1:
        raise refuse_several_layers("The TopoJSON", list(named))
    return next(iter(named.values()))


def _members(layer: dict[str, Any], limits: ReadLimits) -> list[Any]:
    is_collection = layer.get("type") == "GeometryCollection"
    members = layer.get("geometries") if is_collection else [layer]
    if not isinstance(members, list) or not members:
        raise SourceUnreadable("The TopoJSON has no features.", code="NO-ROWS")
    check_count(members, limits)
    return members


def _crs(topology: dict[str, Any], layer: dict[str, Any], request: ReadRequest) -> str | None:
    """Return the CRS that the file says, None where the catalogue does, or else WGS 84."""
    for holder in (topology, layer):
        if "crs" in holder:
            return find_crs(holder)
    return None if request.crs else _LONGITUDE_LATITUDE


def _feature(member: dict[str, Any], shapes: "_Shapes") -> dict[str, Any]:
    names = {name: member[name] for name in ("id",) if name in member}
    properties = member.get("properties")
    return {
        "type": "Feature",
        **names,
        "geometry": shapes.geometry(member),
        "properties": dict(properties) if isinstance(properties, dict) else properties,
    }


class _Shapes:
    """Makes GeoJSON geometries of a topology's arcs."""

    def __init__(self, topology: dict[str, Any]) -> None:
        self.scale, self.translate = _transform(topology.get("transform"))
        arcs = topology.get("arcs", [])
        is_quantised = "transform" in topology
        self.arcs = [self._arc(arc, is_quantised) for arc in arcs]
        self.positions_left = _MOST_POSITIONS
        self.read: dict[str, Callable[[dict[str, Any]], Any]] = {
            "Point": lambda member: self._position(member["coordinates"]),
            "MultiPoint": lambda member: [self._position(each) for each in member["coordinates"]],
            "LineString": lambda member: self._line(member["arcs"]),
            "MultiLineString": lambda member: [self._line(line) for line in member["arcs"]],
            "Polygon": lambda member: [self._line(ring) for ring in member["arcs"]],
            "MultiPolygon": lambda member: [
                [self._line(ring) for ring in polygon] for polygon in member["arcs"]
            ],
        }

    def geometry(self, member: dict[str, Any]) -> dict[str, Any] | None:
        """Return a member's geometry as GeoJSON; a type of null is a row without a place."""
        kind = member["type"]
        if kind is None:
            return None
        if kind == "GeometryCollection":
            return {"type": kind, "geometries": [self.geometry(g) for g in member["geometries"]]}
        return {"type": kind, "coordinates": self.read[kind](member)}

    def _arc(self, arc: Any, is_quantised: bool) -> Positions:
        try:
            numbers: NDArray[np.float64] = np.array([position[:_XY] for position in arc], float)
            if is_quantised:
                numbers = numbers.cumsum(axis=0) * self.scale + self.translate
            return numbers.reshape(-1, _XY).tolist()
        except (TypeError, ValueError):
            raise SourceUnreadable(
                "An arc of the TopoJSON is not a list of positions. Export it again.",
                code="TOPOJSON-ARCS",
            ) from None

    def _position(self, position: Any) -> list[float]:
        x, y = (np.array(position[:_XY], float) * self.scale + self.translate).tolist()
        return [x, y]

    def _line(self, places: list[int]) -> Positions:
        """Return arcs laid end to end; each begins where the one before ended."""
        line: Positions = []
        for place in places:
            arc = self.arcs[place] if place >= 0 else self.arcs[~place][::-1]
            self._spend(len(arc))
            line.extend(arc[1:] if line else arc)
        return line

    def _spend(self, positions: int) -> None:
        self.positions_left -= positions
        if self.positions_left < 0:
            raise SourceUnreadable(
                f"The TopoJSON unfolds to more than {_MOST_POSITIONS:,} positions. "
                "Send it as a GeoPackage, or in parts.",
                code="TOO-BIG",
            )


def _transform(transform: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if transform is None:
        return np.ones(_XY), np.zeros(_XY)
    try:
        scale, translate = (
            np.array(transform[name], float).reshape(_XY) for name in ("scale", "translate")
        )
    except (LookupError, TypeError, ValueError):
        raise SourceUnreadable(
            "The TopoJSON's transform is not two numbers for scale and two for translate. "
            "Export it again.",
            code="TOPOJSON-ARCS",
        ) from None
    return scale, translate
