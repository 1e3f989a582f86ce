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
    return Condition(
        _text(bbox, is_points=is_points),
        {
            "bbox_west": bbox.west,
            "bbox_south": bbox.south,
            "bbox_east": bbox.east,
            "bbox_north": bbox.north,
        },
    )


def is_somewhere(bbox: Bbox) -> Condition:
    """Return the condition to have a location: all that a box asks that holds everything."""
    return Condition(f"geom_{bbox.srid} IS NOT NULL", {})


def _envelope(srid: int) -> str:
    return f"ST_MakeEnvelope(%(bbox_west)s, %(bbox_south)s, %(bbox_east)s, %(bbox_north)s, {srid})"


# && compares boxes that are rounded to 32 bits, 0.4 m at this latitude; what follows is exact.
# For points, plain arithmetic is: a third of the cost of ST_Intersects. A product, which is not
# negative between two ends and on them, because the planner takes "x BETWEEN" to hold for one row
# in 200: of a large box it would look for every row to sort them, and not take the first in order.
_POINTS_IN_BBOX = {
    srid: f"geom_{srid} && {_envelope(srid)}"
    f" AND (ST_X(geom_{srid}) - %(bbox_west)s) * (%(bbox_east)s - ST_X(geom_{srid})) >= 0"
    f" AND (ST_Y(geom_{srid}) - %(bbox_south)s) * (%(bbox_north)s - ST_Y(geom_{srid})) >= 0"
    for srid in (4326, 27700)
}
# ST_Envelope: a box without width is a line then. As a flat polygon it would touch nothing.
_SHAPES_IN_BBOX = {
    srid: f"ST_Intersects(geom_{srid}, ST_Envelope({_envelope(srid)}))" for srid in (4326, 27700)
}
# West of the antimeridian to east of it: two boxes.
_SHAPES_IN_CROSSING_BBOX = (
    "ST_Intersects(geom_4326, ST_Collect("
    "ST_MakeEnvelope(%(bbox_west)s, %(bbox_south)s, 180, %(bbox_north)s, 4326),"
    " ST_MakeEnvelope(-180, %(bbox_south)s, %(bbox_east)s, %(bbox_north)s, 4326)))"
)


def _text(bbox: Bbox, *, is_points: bool) -> str:
    if bbox.is_crossing:
        return _SHAPES_IN_CROSSING_BBOX
    return (_POINTS_IN_BBOX if is_points else _SHAPES_IN_BBOX)[bbox.srid]
