"""Collections and their features, by page and alone."""

from typing import Any

from layers.api.base import GEOJSON, JSON
from layers.api.openapi.changes import CHANGED_SINCE, CURSOR_OF_CHANGES
from layers.api.openapi.filtering import FILTER_PARAMETERS
from layers.api.openapi.parts import operation, path_parameter, query_parameter
from layers.api.parameters import DEFAULT_LIMIT, MOST_ITEMS


def feature_paths(slugs: list[str]) -> dict[str, Any]:
    """Return the paths of OGC API - Features Part 1."""
    collection = path_parameter("collectionId", "The layer's id.", slugs)
    feature = path_parameter("featureId", "The feature's id.")
    return {
        "/collections": operation("getCollections", "All layers", JSON, []),
        "/collections/{collectionId}": operation(
            "getCollection", "One layer", JSON, [collection], has_not_found=True
        ),
        "/collections/{collectionId}/items": operation(
            "getFeatures",
            "A layer's features, by page: follow the next links",
            GEOJSON,
            [collection, *_ITEMS_PARAMETERS, *FILTER_PARAMETERS],
            has_not_found=True,
        ),
        "/collections/{collectionId}/items/{featureId}": operation(
            "getFeature", "One feature", GEOJSON, [collection, feature], has_not_found=True
        ),
    }


_ITEMS_PARAMETERS = [
    # No `maximum`: the standard has a larger limit answered with the most there is.
    query_parameter(
        "limit",
        f"How many features a page has, {MOST_ITEMS} at most.",
        type="integer",
        minimum=1,
        default=DEFAULT_LIMIT,
    ),
    query_parameter(
        "bbox",
        "Only features that touch this box: west,south,east,north in degrees.",
        type="array",
        items={"type": "number"},
        minItems=4,
        maxItems=6,
    ),
    query_parameter(
        "bbox-crs",
        "The CRS of bbox.",
        type="string",
        enum=["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
    ),
    query_parameter(
        "datetime",
        "An RFC 3339 date or time, or an interval with a slash; .. is an open end.",
        type="string",
    ),
    query_parameter(
        "cursor",
        "Where a page begins. Written by the service into next links.",
        type="string",
        pattern=rf"^(\d{{1,15}}-\d{{1,15}}|{CURSOR_OF_CHANGES})$",
    ),
    CHANGED_SINCE,
]
