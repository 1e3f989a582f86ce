"""Which features are nearest to a place?"""

from collections.abc import Sequence

from psycopg import sql

from layers.query.found import (
    ANY_DISTANCE_M,
    AroundPoint,
    FoundFeature,
    fetch_found,
    found_feature,
)
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows
from layers.sql import read_statement


def nearest_features(
    layers: Sequence[PublishedLayer],
    easting: float,
    northing: float,
    *,
    limit: int,
    max_distance_m: float | None = None,
) -> dict[str, list[FoundFeature]]:
    """Return the ``limit`` nearest features of each layer, by slug, nearest first.

    Parameters
    ----------
    easting, northing
        EPSG:27700, metres.
    max_distance_m
        Straight-line distance beyond which a feature is left out.
    """
    return fetch_found(
        nearest_to(easting, northing, limit=limit, max_distance_m=max_distance_m), layers
    )


def nearest_to(
    easting: float, northing: float, *, limit: int, max_distance_m: float | None = None
) -> AroundPoint:
    """Return the question for the nearest features, to be put to some layers."""
    most_m = ANY_DISTANCE_M if max_distance_m is None else max_distance_m
    return AroundPoint("nearest_arm", easting, northing, limit, most_m)


def features_within(
    layers: Sequence[PublishedLayer],
    easting: float,
    northing: float,
    *,
    distance_m: float,
    limit: int,
) -> dict[str, list[FoundFeature]]:
    """Return what of each layer lies within a short distance, by slug, nearest first.

    Parameters
    ----------
    easting, northing
        EPSG:27700, metres.
    distance_m
        All that is as near as that is measured: `nearest_features` is for longer ones.
    limit
        How many of a layer are given at most.
    """
    return fetch_found(AroundPoint("within_arm", easting, northing, limit, distance_m), layers)


def nearest_of_each_kind(
    layer: PublishedLayer,
    easting: float,
    northing: float,
    *,
    kind_fields: Sequence[str],
    per_kind: int,
) -> list[FoundFeature]:
    """Return the ``per_kind`` nearest features of each kind in a layer, all nearest first.

    Parameters
    ----------
    easting, northing
        EPSG:27700, metres.
    kind_fields
        Features are of one kind where all these properties are the same, or missing.
    per_kind
        How many of each kind are given.

    Notes
    -----
    It measures every feature: for layers of some thousands, such as schools.
    """
    statement = sql.SQL(read_statement("nearest_of_each_kind")).format(
        edition_id=sql.Literal(layer.edition_id),
        kinds=sql.SQL(", ").join(
            sql.SQL("properties ->> {}").format(sql.Literal(name)) for name in kind_fields
        ),
        per_kind=sql.Literal(per_kind),
    )
    rows = fetch_rows(statement, {"easting": easting, "northing": northing}, keeps_plan=True)
    return [found_feature(layer, *row) for row in rows]
