"""Which features of a layer are meant: one value for pages, counts and exports alike."""

from dataclasses import dataclass
from datetime import datetime

from layers.query import boxes
from layers.query.boxes import Bbox
from layers.query.condition import Condition
from layers.query.registry import PublishedLayer

__all__ = ["Area", "Bbox", "Circle", "Interval", "Selection"]

# What the index of a queryable property holds: see `importers.stage.table`.
INDEXED_CHARACTERS = 200
_NUMBERS = ("integer", "number")

_IN_INTERVAL = (
    "properties ->> %(time_field)s IS NULL OR (properties ->> %(time_field)s)::timestamptz"
    " BETWEEN %(time_start)s::timestamptz AND %(time_end)s::timestamptz"
)
# A date is the whole day, in UTC, and its end is the next one's beginning.
_DAY_IN_INTERVAL = (
    "properties ->> %(time_field)s IS NULL"
    " OR ((properties ->> %(time_field)s)::timestamptz <= %(time_end)s::timestamptz"
    " AND (properties ->> %(time_field)s)::timestamptz"
    " > %(time_start)s::timestamptz - interval '1 day')"
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
    """A span of time, either end open (None), both ends included."""

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
class Selection:
    """Which features of a layer are meant. What is None or empty does not narrow it.

    ``edition_id`` is None for the published edition; another one has been looked up by
    `layers.query.editions`. ``filter`` is a compiled CQL2 expression, ``equalities`` are
    compiled values of queryables.
    """

    bbox: Bbox | None = None
    circle: Circle | None = None
    interval: Interval | None = None
    filter: Condition | None = None
    equalities: Condition | None = None
    area: Area | None = None
    edition_id: int | None = None

    def edition_of(self, layer: PublishedLayer) -> int:
        """Return the edition of ``layer`` whose features are meant."""
        return layer.edition_id if self.edition_id is None else self.edition_id

    def is_everything(self, layer: PublishedLayer) -> bool:
        """Return whether nothing narrows it, of ``layer``."""
        narrows = (self.bbox, self.circle, self.area, self.equalities, self.filter)
        is_in_time = self.interval is not None and bool(layer.datetime_field)
        return not is_in_time and all(one is None for one in narrows)

    def conditions(self, layer: PublishedLayer) -> tuple[Condition, ...]:
        """Return what a row of `layers_feature`, of the right edition, must fulfil.

        Parameters
        ----------
        layer
            The layer that the features are of: its geometry type and `datetime_field`
            decide how they are compared.

        Notes
        -----
        Names that are bound begin with ``bbox_``, ``circle_``, ``time_`` and ``area_``; those
        of ``filter`` and ``equalities`` must not. Bound by the client (`psycopg.ClientCursor`), the
        texts match the indexes of the edition: GiST on either geometry, a btree for each
        queryable property.
        """
        found: list[Condition] = []
        if self.bbox is not None:
            found.append(self._in_bbox(self.bbox, layer))
        if self.circle is not None:
            found.append(_in_circle(self.circle))
        if self.area is not None:
            found.append(_in_area(self.area))
        if self.interval is not None and layer.datetime_field:
            found.append(_in_interval(self.interval, layer))
        found += [one for one in (self.equalities, self.filter) if one is not None]
        return tuple(found)

    def _in_bbox(self, bbox: Bbox, layer: PublishedLayer) -> Condition:
        extent = layer.extent_4326 if bbox.srid == 4326 else layer.extent_27700
        # Of another edition the extent is not known.
        is_published = self.edition_of(layer) == layer.edition_id
        if is_published and extent is not None and bbox.holds(extent):
            return boxes.is_somewhere(bbox)
        return boxes.in_bbox(bbox, is_points=layer.geometry_type == "Point")


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


def _in_interval(interval: Interval, layer: PublishedLayer) -> Condition:
    is_day = any(each.name == layer.datetime_field and each.type == "date" for each in layer.fields)
    return Condition(
        _DAY_IN_INTERVAL if is_day else _IN_INTERVAL,
        {
            "time_field": layer.datetime_field,
            "time_start": interval.start.isoformat() if interval.start else "-infinity",
            "time_end": interval.end.isoformat() if interval.end else "infinity",
        },
    )
