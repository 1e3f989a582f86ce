"""Which features of a layer are meant: one value for pages, counts and exports alike."""

from dataclasses import dataclass
from datetime import datetime

from layers.query import boxes
from layers.query.boxes import Bbox
from layers.query.condition import Condition
from layers.query.registry import PublishedField, PublishedLayer

__all__ = ["Area", "Bbox", "Circle", "Equality", "Interval", "Selection"]

# What the index of a queryable property holds: see `importers.stage.table`.
INDEXED_CHARACTERS = 200
_NUMBERS = ("integer", "number")

_IN_INTERVAL = (
    "properties ->> %(time_field)s IS NULL OR (properties ->> %(time_field)s)::timestamptz"
    " BETWEEN %(time_start)s::timestamptz AND %(time_end)s::timestamptz"
)
_IN_CIRCLE = (
    "ST_DWithin(geom_27700, ST_SetSRID(ST_MakePoint(%(circle_easting)s, %(circle_northing)s),"
    " 27700), %(circle_radius_m)s)"
)
# The box first: the planner sees how large it is, and what is inside the area it does not.
_IN_AREA = (
    "geom_27700 && ST_MakeEnvelope(%(area_west)s, %(area_south)s, %(area_east)s, %(area_north)s,"
    " 27700) AND ST_Intersects(geom_27700, (SELECT area.geom_27700 FROM layers_feature AS area"
    " WHERE area.edition_id = %(area_edition_id)s AND area.fid = %(area_fid)s))"
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of time, either end open (None). Dates, inclusive."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Circle:
    """What is at most ``radius_m`` metres from a point, edges included.

    ``easting`` and ``northing`` are EPSG:27700, metres; distances are straight,
    to the nearest part of a feature.
    """

    easting: float
    northing: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Area:
    """A feature of a published layer: what touches it is meant.

    ``box_27700`` is its west, south, east, north in metres. See `layers.query.area`.
    """

    edition_id: int
    fid: str
    box_27700: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Equality:
    """A property that must have one value, written as the layer's features have it.

    ``field`` is one of the layer's own; ``value`` is text that its type has been read
    from: a decimal number, ``true`` or ``false``, an ISO 8601 date or time.
    """

    field: PublishedField
    value: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Which features of a layer are meant. What is None or empty does not narrow it.

    ``edition_id`` is None for the published edition; another one has been looked up by
    `layers.query.editions`. ``filter`` is a compiled CQL2 expression.
    """

    bbox: Bbox | None = None
    circle: Circle | None = None
    interval: Interval | None = None
    filter: Condition | None = None
    equalities: tuple[Equality, ...] = ()
    area: Area | None = None
    edition_id: int | None = None

    def edition_of(self, layer: PublishedLayer) -> int:
        """Return the edition of ``layer`` whose features are meant."""
        return layer.edition_id if self.edition_id is None else self.edition_id

    def conditions(self, layer: PublishedLayer) -> tuple[Condition, ...]:
        """Return what a row of `layers_feature`, of the right edition, must fulfil.

        Parameters
        ----------
        layer
            The layer that the features are of: its geometry type and `datetime_field`
            decide how they are compared.

        Notes
        -----
        Names that are bound begin with ``bbox_``, ``circle_``, ``time_``, ``area_`` and
        ``equal_``; a filter's must not. Bound by the client (`psycopg.ClientCursor`), the
        texts match the indexes of the edition: GiST on either geometry, a btree for each
        queryable property.
        """
        found: list[Condition] = []
        if self.bbox is not None:
            found.append(boxes.in_bbox(self.bbox, is_points=layer.geometry_type == "Point"))
        if self.circle is not None:
            found.append(_in_circle(self.circle))
        if self.area is not None:
            found.append(_in_area(self.area))
        if self.interval is not None and layer.datetime_field:
            found.append(_in_interval(self.interval, layer.datetime_field))
        found += [_equals(place, one) for place, one in enumerate(self.equalities)]
        if self.filter is not None:
            found.append(self.filter)
        return tuple(found)


def property_value(kind: str, name: str) -> str:
    """Return the SQL that reads a property, as its index has it.

    Parameters
    ----------
    kind
        The field's type.
    name
        What the property's name is bound as, not the name itself.
    """
    if kind in _NUMBERS:
        return f"(properties ->> %({name})s)::numeric"
    return f"left(properties ->> %({name})s, {INDEXED_CHARACTERS})"


def _in_circle(circle: Circle) -> Condition:
    return Condition(
        _IN_CIRCLE,
        {
            "circle_easting": circle.easting,
            "circle_northing": circle.northing,
            "circle_radius_m": circle.radius_m,
        },
    )


def _in_area(area: Area) -> Condition:
    west, south, east, north = area.box_27700
    return Condition(
        _IN_AREA,
        {
            "area_west": west,
            "area_south": south,
            "area_east": east,
            "area_north": north,
            "area_edition_id": area.edition_id,
            "area_fid": area.fid,
        },
    )


def _in_interval(interval: Interval, field_name: str) -> Condition:
    return Condition(
        _IN_INTERVAL,
        {
            "time_field": field_name,
            "time_start": interval.start.isoformat() if interval.start else "-infinity",
            "time_end": interval.end.isoformat() if interval.end else "infinity",
        },
    )


def _equals(place: int, equality: Equality) -> Condition:
    name, value = f"equal_{place}_field", f"equal_{place}_value"
    return Condition(
        _comparison(equality.field.type, name, value),
        {name: equality.field.name, value: equality.value},
    )


def _comparison(kind: str, name: str, value: str) -> str:
    if kind in _NUMBERS:
        return f"{property_value(kind, name)} = %({value})s::numeric"
    if kind == "datetime":
        return f"(properties ->> %({name})s)::timestamptz = %({value})s::timestamptz"
    # The index finds what begins alike; the second half tells long texts apart.
    return (
        f"{property_value(kind, name)} = left(%({value})s, {INDEXED_CHARACTERS})"
        f" AND properties ->> %({name})s = %({value})s"
    )
