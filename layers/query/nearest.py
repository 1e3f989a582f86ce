"""Which features are nearest to a place?"""

from collections.abc import Sequence

from layers.query.found import ANY_DISTANCE_M, AroundPoint, FoundFeature, fetch_found
from layers.query.registry import PublishedLayer

NearFeature = FoundFeature


def nearest_features(
    layers: Sequence[PublishedLayer],
    easting: float,
    northing: float,
    *,
    limit: int,
    max_distance_m: float | None = None,
) -> dict[str, list[NearFeature]]:
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
