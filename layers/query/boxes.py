"""Boxes of coordinates, and what it means to touch one."""

from dataclasses import dataclass
from typing import Literal

from layers.query.condition import Condition

# An extent may be rounded; what is this much larger holds it all the same.
_MARGIN = {4326: 1e-5, 27700: 1.0}


@dataclass(frozen=True, slots=True)
class Bbox:
    """West, south, east, north: x before y, in degrees (4326) or metres (27700).

    In degrees, a west that is greater than the east crosses the antimeridian.
    """

    west: float
    south: float
    east: float
    north: float
    srid: Literal[4326, 27700] = 4326

    def holds(self, extent: tuple[float, float, float, float]) -> bool:
        """Return whether all of an extent, in the same degrees or metres, is well inside."""
        west, south, east, north = extent
        margin = _MARGIN[self.srid]
        return (
            self.west < west - margin
            and self.south < south - margin
            and self.east > east + margin
            and self.north > north + margin
        )

    @property
    def is_crossing(self) -> bool:
        """Whether it goes from the far east of the map on to its far west."""
        return self.west > self.east


def in_bbox(bbox: Bbox, *, is_points: bool) -> Condition:
    """Return the condition that a feature touches the box, its edge included.

    Parameters
    ----------
    is_points
        Every feature is a point.
    """
    shape = {"bbox_shape": _wkt(bbox)}
    if is_points and not bbox.is_crossing:
        return Condition(_POINTS_IN_BBOX[bbox.srid], {**shape, **_sides(bbox)})
    inside = _well_inside(bbox)
    if inside is None:
        return Condition(_SHAPES_TOUCH[bbox.srid], shape)
    return Condition(_SHAPES_IN_BBOX[bbox.srid], {**shape, "bbox_inside": _wkt(inside)})


def is_somewhere(bbox: Bbox) -> Condition:
    """Return the condition to have a location: all that a box asks that holds everything."""
    return Condition(f"geom_{bbox.srid} IS NOT NULL", {})


# The box is bound as one geometry: made of its sides, a kept plan would make it for each feature.
_SHAPES_TOUCH = {
    srid: f"ST_Intersects(geom_{srid}, %(bbox_shape)s::geometry)" for srid in (4326, 27700)
}
# What is well inside touches the box, and most is: told from its own box in a tenth of the time. As
# CASE, because the planner would look up both sides of an OR in the index.
_SHAPES_IN_BBOX = {
    srid: f"geom_{srid} && %(bbox_shape)s::geometry"
    f" AND CASE WHEN geom_{srid} @ %(bbox_inside)s::geometry THEN true ELSE {touches} END"
    for srid, touches in _SHAPES_TOUCH.items()
}
# && and @ compare boxes that are rounded to 32 bits, 0.4 m at this latitude; what follows is exact.
# For points, plain arithmetic is: a third of the cost of ST_Intersects. A product, which is not
# negative between two ends and on them, because the planner takes "x BETWEEN" to hold for one row
# in 200: of a large box it would look for every row to sort them, and not take the first in order.
_POINTS_IN_BBOX = {
    srid: f"geom_{srid} && %(bbox_shape)s::geometry"
    f" AND (ST_X(geom_{srid}) - %(bbox_west)s) * (%(bbox_east)s - ST_X(geom_{srid})) >= 0"
    f" AND (ST_Y(geom_{srid}) - %(bbox_south)s) * (%(bbox_north)s - ST_Y(geom_{srid})) >= 0"
    for srid in (4326, 27700)
}


def _well_inside(bbox: Bbox) -> Bbox | None:
    """Return the box without its edge, which is as wide as boxes may be rounded, if any is left."""
    if bbox.is_crossing:
        return None
    edge = 2 * _MARGIN[bbox.srid]
    west, south, east, north = (
        *(bbox.west + edge, bbox.south + edge),
        *(bbox.east - edge, bbox.north - edge),
    )
    return Bbox(west, south, east, north, bbox.srid) if west < east and south < north else None


def _sides(bbox: Bbox) -> dict[str, float]:
    return {
        "bbox_west": bbox.west,
        "bbox_south": bbox.south,
        "bbox_east": bbox.east,
        "bbox_north": bbox.north,
    }


def _wkt(bbox: Bbox) -> str:
    """Return what a box covers, with its SRID (EWKT)."""
    if bbox.is_crossing:
        # West of the antimeridian to east of it: two boxes.
        rings = (
            _ring(bbox.west, bbox.south, 180.0, bbox.north),
            _ring(-180.0, bbox.south, bbox.east, bbox.north),
        )
        return f"SRID={bbox.srid};MULTIPOLYGON((({rings[0]})),(({rings[1]})))"
    west, south, east, north = bbox.west, bbox.south, bbox.east, bbox.north
    # As a flat polygon, a box without width or height would touch nothing.
    if west == east and south == north:
        return f"SRID={bbox.srid};POINT({west!r} {south!r})"
    if west == east or south == north:
        return f"SRID={bbox.srid};LINESTRING({west!r} {south!r},{east!r} {north!r})"
    return f"SRID={bbox.srid};POLYGON(({_ring(west, south, east, north)}))"


def _ring(west: float, south: float, east: float, north: float) -> str:
    return (
        f"{west!r} {south!r},{west!r} {north!r},{east!r} {north!r},"
        f"{east!r} {south!r},{west!r} {south!r}"
    )
