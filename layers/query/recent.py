"""What happened near a place, and since when?"""

from dataclasses import dataclass
from datetime import date, timedelta

from psycopg import sql

from layers.query.found import FoundFeature, found_feature
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows
from layers.sql import read_statement


@dataclass(frozen=True, slots=True)
class RecentFeatures:
    """The latest features near a point, latest first; of one day the nearest first.

    ``count`` is how many there are, shown or not. ``latest_on`` is the last day, up to the
    asked one, that any feature of the layer bears: what came later the layer cannot know.
    None where no feature bears one.
    """

    features: tuple[FoundFeature, ...]
    count: int
    latest_on: date | None


def recent_features(
    layer: PublishedLayer,
    easting: float,
    northing: float,
    *,
    within_m: float,
    since: date,
    until: date,
    limit: int,
) -> RecentFeatures:
    """Return the ``limit`` latest features of a layer near a point, by its ``datetime_field``.

    Parameters
    ----------
    easting, northing
        EPSG:27700, metres.
    within_m
        Straight-line distance to the nearest part of a feature, edges included.
    since, until
        Days, both included. A feature without a date is in no period.
    """
    statement = sql.SQL(read_statement("recent_nearby")).format(
        edition_id=sql.Literal(layer.edition_id)
    )
    rows = fetch_rows(
        statement,
        {
            "easting": easting,
            "northing": northing,
            "within_m": within_m,
            "date_field": layer.datetime_field,
            "since": since.isoformat(),
            # As text, moments of the last day come after it, and before the next day.
            "before": (until + timedelta(days=1)).isoformat(),
            "most": limit,
        },
    )
    count, latest = rows[0][:2]
    return RecentFeatures(
        features=tuple(found_feature(layer, *row[2:]) for row in rows if row[2] is not None),
        count=count,
        latest_on=date.fromisoformat(latest[:10]) if latest else None,
    )
