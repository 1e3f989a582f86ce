"""Which areas is a place in?"""

from collections.abc import Sequence

from layers.query.found import AroundPoint, FoundFeature, fetch_found
from layers.query.registry import PublishedLayer

MOST_AT_A_POINT = 50


def features_at(
    layers: Sequence[PublishedLayer], easting: float, northing: float
) -> dict[str, list[FoundFeature]]:
    """Return the features of each layer that contain a point, edges included, by slug.

    Parameters
    ----------
    easting, northing
        EPSG:27700, metres. At most `MOST_AT_A_POINT` features a layer.
    """
    return fetch_found(containing(easting, northing), layers)


def containing(easting: float, northing: float) -> AroundPoint:
    """Return the question for what contains a point, to be put to some layers."""
    return AroundPoint("at_arm", easting, northing, MOST_AT_A_POINT)
