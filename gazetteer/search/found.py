"""What was found, before it is known where in degrees it lies and whether in the council."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from psycopg import sql

from gazetteer.place import Kind, Place
from gazetteer.sql import read_statement
from layers import crs
from layers.models import Organisation
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows


class Position(NamedTuple):
    """A point in EPSG:27700 metres, and in degrees where they are known already."""

    easting: float
    northing: float
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A place to be."""

    kind: Kind
    label: str
    slug: str
    at: Position
    detail: str = ""
    ended_on: str = ""
    is_exact: bool = True


def as_places(found: Sequence[Found], wards: PublishedLayer | None) -> list[Place]:
    """Return the places in their order, each slug once."""
    once = list({one.slug: one for one in reversed(found)}.values())[::-1]
    if not once:
        return []
    inside = _are_inside([one.at[:2] for one in once], wards)
    return [
        Place(
            kind=one.kind,
            label=one.label,
            slug=one.slug,
            easting=one.at.easting,
            northing=one.at.northing,
            longitude=longitude,
            latitude=latitude,
            is_inside_council=is_inside,
            detail=one.detail,
            ended_on=one.ended_on,
            is_exact=one.is_exact,
        )
        for one, is_inside in zip(once, inside, strict=True)
        for longitude, latitude in [_degrees(one.at)]
        # Beyond OSTN15 there is no longitude: the sea is no place of a council's.
        if longitude == longitude
    ]


def _degrees(at: Position) -> tuple[float, float]:
    if at.longitude is None or at.latitude is None:
        return crs.point_4326(at.easting, at.northing)
    return at.longitude, at.latitude


def _are_inside(points: Iterable[tuple[float, float]], wards: PublishedLayer | None) -> list[bool]:
    """Return which points lie in the council's wards; in its extent where none are published."""
    points = list(points)
    if wards is None:
        return _are_in_extent(points)
    rows = fetch_rows(
        _inside(wards.edition_id),
        {"eastings": [e for e, _ in points], "northings": [n for _, n in points]},
        keeps_plan=True,
    )
    return [is_inside for (is_inside,) in rows]


@lru_cache(maxsize=4)
def _inside(edition_id: int) -> str:
    """Return the statement for an edition of wards, whose plan is kept."""
    statement = sql.SQL(read_statement("inside_wards"))
    return statement.format(edition_id=sql.Literal(edition_id)).as_string()


def _are_in_extent(points: list[tuple[float, float]]) -> list[bool]:
    council = Organisation.objects.using("read").first()
    if council is None:
        return [False] * len(points)
    west, south, east, north = council.extent_27700
    return [
        bool(west <= easting <= east and south <= northing <= north) for easting, northing in points
    ]
