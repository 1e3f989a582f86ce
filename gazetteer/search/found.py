"""What was found, before it is known where in degrees it lies and whether in the council."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from psycopg import sql

from gazetteer.place import Kind, Place
from gazetteer.sql import read_statement
from layers import crs
from layers.models import Organisation
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows


@dataclass(frozen=True, slots=True)
class Found:
    """A place to be. ``easting`` and ``northing`` are EPSG:27700 metres."""

    kind: Kind
    label: str
    slug: str
    easting: float
    northing: float
    detail: str = ""
    ended_on: str = ""
    is_exact: bool = True


def as_places(found: Sequence[Found], wards: PublishedLayer | None) -> list[Place]:
    """Return the places in their order, each slug once."""
    once = list({one.slug: one for one in reversed(found)}.values())[::-1]
    if not once:
        return []
    eastings = np.array([one.easting for one in once])
    northings = np.array([one.northing for one in once])
    longitudes, latitudes = crs.lonlat_from_national_grid(eastings, northings)
    inside = _are_inside([(one.easting, one.northing) for one in once], wards)
    return [
        Place(
            kind=one.kind,
            label=one.label,
            slug=one.slug,
            easting=one.easting,
            northing=one.northing,
            longitude=float(longitude),
            latitude=float(latitude),
            is_inside_council=is_inside,
            detail=one.detail,
            ended_on=one.ended_on,
            is_exact=one.is_exact,
        )
        for one, longitude, latitude, is_inside in zip(
            once, longitudes, latitudes, inside, strict=True
        )
        # Beyond OSTN15 there is no longitude: the sea is no place of a council's.
        if longitude == longitude
    ]


def _are_inside(points: Iterable[tuple[float, float]], wards: PublishedLayer | None) -> list[bool]:
    """Return which points lie in the council's wards; in its extent where none are published."""
    points = list(points)
    if wards is None:
        return _are_in_extent(points)
    statement = sql.SQL(read_statement("inside_wards")).format(
        edition_id=sql.Literal(wards.edition_id)
    )
    rows = fetch_rows(
        statement, {"eastings": [e for e, _ in points], "northings": [n for _, n in points]}
    )
    return [is_inside for (is_inside,) in rows]


def _are_in_extent(points: list[tuple[float, float]]) -> list[bool]:
    council = Organisation.objects.using("read").first()
    if council is None:
        return [False] * len(points)
    west, south, east, north = council.extent_27700
    return [
        bool(west <= easting <= east and south <= northing <= north) for easting, northing in points
    ]
