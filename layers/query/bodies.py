"""Answers for machines, written by PostgreSQL: the caller adds a head and a tail of bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from psycopg import sql

from layers.query.cache import LayerMoved
from layers.query.found import AroundPoint, union_of_arms
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_row
from layers.sql import read_statement

Bbox4326 = tuple[float, float, float, float]

# && compares boxes that are rounded to 32 bits, 0.4 m at this latitude; what follows is exact.
# For points, plain comparisons are: a third of the cost of ST_Intersects.
_BBOX = "ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)"
_POINTS_IN_BBOX = (
    f"AND geom_4326 && {_BBOX} AND ST_X(geom_4326) BETWEEN %(west)s AND %(east)s"
    " AND ST_Y(geom_4326) BETWEEN %(south)s AND %(north)s"
)
# ST_Envelope: a box without width is a line then. As a flat polygon it would touch nothing.
_SHAPES_IN_BBOX = f"AND ST_Intersects(geom_4326, ST_Envelope({_BBOX}))"
# West of the antimeridian to east of it: two boxes.
_SHAPES_IN_CROSSING_BBOX = (
    "AND ST_Intersects(geom_4326, ST_Collect("
    "ST_MakeEnvelope(%(west)s, %(south)s, 180, %(north)s, 4326),"
    " ST_MakeEnvelope(-180, %(south)s, %(east)s, %(north)s, 4326)))"
)
_IN_INTERVAL = (
    "AND (properties ->> %(field)s IS NULL OR (properties ->> %(field)s)::timestamptz"
    " BETWEEN %(start)s::timestamptz AND %(end)s::timestamptz)"
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of time, either end open (None). Dates, inclusive."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class ItemsBody:
    """GeoJSON features joined by commas; ``next_after`` is None on the last page."""

    features: bytes
    count: int
    next_after: int | None


def items_body(
    layer: PublishedLayer,
    *,
    page_size: int,
    after: int = 0,
    bbox_4326: Bbox4326 | None = None,
    interval: Interval | None = None,
) -> ItemsBody:
    """Return a page of features in the order of their ids.

    Parameters
    ----------
    bbox_4326
        West, south, east, north in degrees; only features that touch it.
    interval
        Only features whose `datetime_field` lies in it, or that have none.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    conditions: list[str] = []
    parameters: dict[str, Any] = {
        "layer_id": layer.id,
        "edition_id": layer.edition_id,
        "page_size": page_size,
        "after": after,
    }
    if bbox_4326:
        conditions.append(_bbox_condition(layer, bbox_4326))
        parameters.update(zip(("west", "south", "east", "north"), bbox_4326, strict=True))
    if interval and layer.datetime_field:
        conditions.append(_IN_INTERVAL)
        parameters.update(
            field=layer.datetime_field,
            start=interval.start.isoformat() if interval.start else "-infinity",
            end=interval.end.isoformat() if interval.end else "infinity",
        )
    changed_at, found, last, features = fetch_row(_items_statement(*conditions), parameters)
    _believe([layer], [changed_at])
    return ItemsBody(features or b"", min(found, page_size), last if found > page_size else None)


def item_body(layer: PublishedLayer, fid: str) -> bytes | None:
    """Return one feature as GeoJSON without its closing brace, or None if there is none.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    changed_at, feature = fetch_row(
        _item_statement(layer.id, layer.edition_id), {"fid": fid}, keeps_plan=True
    )
    _believe([layer], [changed_at])
    return None if feature is None else bytes(feature)


def found_body(question: AroundPoint, layers: Sequence[PublishedLayer]) -> tuple[bytes, int]:
    """Return what the layers have to say to a question about a point, and how many features.

    The features are joined GeoJSON, nearest first or in the order of the layers.

    Raises
    ------
    LayerMoved
        One of ``layers`` is no longer as it was remembered.
    """
    if not layers:
        return b"", 0
    editions = tuple((layer.slug, layer.edition_id) for layer in layers)
    changed_at, found, features = fetch_row(
        _found_statement(question.arm, editions),
        {**question.parameters(), "layer_ids": [layer.id for layer in layers]},
        keeps_plan=True,
    )
    _believe(layers, changed_at)
    return features or b"", found


@cache
def _items_statement(*conditions: str) -> str:
    return (
        sql.SQL(read_statement("items_page"))
        .format(conditions=sql.SQL(" ".join(conditions)))
        .as_string()
    )


def _bbox_condition(layer: PublishedLayer, bbox_4326: Bbox4326) -> str:
    west, _, east, _ = bbox_4326
    if west > east:
        return _SHAPES_IN_CROSSING_BBOX
    return _POINTS_IN_BBOX if layer.geometry_type == "Point" else _SHAPES_IN_BBOX


@lru_cache(maxsize=256)
def _item_statement(layer_id: int, edition_id: int) -> str:
    return (
        sql.SQL(read_statement("item"))
        .format(layer_id=sql.Literal(layer_id), edition_id=sql.Literal(edition_id))
        .as_string()
    )


@lru_cache(maxsize=256)
def _found_statement(arm: str, editions: tuple[tuple[str, int], ...]) -> str:
    members = sql.SQL("'collection', ({slugs}::text[])[arm + 1]").format(
        slugs=sql.Literal([slug for slug, _ in editions])
    )
    if arm == "nearest_arm":
        members += sql.SQL(", 'distance_m', round(distance_m::numeric, 1)")
    return (
        sql.SQL(read_statement("found_as_geojson"))
        .format(
            members=members,
            order=sql.SQL("distance_m, arm" if arm == "nearest_arm" else "arm"),
            arms=union_of_arms(arm, [edition for _, edition in editions]),
        )
        .as_string()
    )


def _believe(layers: Sequence[PublishedLayer], changed_at: list[datetime | None]) -> None:
    if changed_at != [layer.changed_at for layer in sorted(layers, key=lambda layer: layer.id)]:
        raise LayerMoved
