"""The parameters that the features of every collection have."""

from typing import Any

from layers.api.openapi.changes import CHANGED_SINCE, CURSOR_OF_CHANGES
from layers.api.openapi.filtering import FILTER_PARAMETERS
from layers.api.openapi.parts import query_parameter
from layers.api.parameters import DEFAULT_LIMIT, MOST_ITEMS
from layers.api.selection_parameters import MOST_RADIUS_M
from layers.query.counts import MOST_COUNTED
from layers.query.reference_systems import CRS84, SUPPORTED

_SYSTEMS: dict[str, Any] = {
    "type": "string",
    "format": "uri",
    "enum": [system.uri for system in SUPPORTED],
    "default": CRS84.uri,
}


def shared_parameters() -> dict[str, dict[str, Any]]:
    """Return the parameters of pages of features, by name."""
    return {one["name"]: one for one in _PARAMETERS}


_PARAMETERS = [
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
        "Only features that touch this box: the lower corner, then the upper one, in the axis "
        "order of bbox-crs. Without that, west,south,east,north in degrees.",
        type="array",
        items={"type": "number"},
        minItems=4,
        maxItems=6,
        oneOf=[{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        example=[-1.95, 52.45, -1.85, 52.5],
    ),
    query_parameter("bbox-crs", "The coordinate reference system of bbox.", **_SYSTEMS),
    query_parameter(
        "datetime",
        "An RFC 3339 date or time, or an interval with a slash; .. is an open end.",
        type="string",
        example="2020-01-01/..",
    ),
    query_parameter(
        "within",
        "Only features within a circle: longitude,latitude in degrees and a radius in metres, "
        f"{MOST_RADIUS_M} at most.",
        type="array",
        items={"type": "number"},
        minItems=3,
        maxItems=3,
        example=[-1.9, 52.48, 500],
    ),
    query_parameter(
        "area",
        "Only features that touch a feature of another layer, such as wards/E05011118.",
        type="string",
        pattern="^[^/]+/.+$",
    ),
    query_parameter(
        "near",
        "Begin with what is nearest to longitude,latitude. Each feature has its straight "
        "distance in metres, distance_m, among its properties.",
        type="array",
        items={"type": "number"},
        minItems=2,
        maxItems=2,
        example=[-1.9, 52.48],
    ),
    query_parameter("crs", "The coordinate reference system of the answer.", **_SYSTEMS),
    query_parameter(
        "edition",
        "Read this edition, which is kept but need not be the published one. Such an answer "
        "never changes.",
        type="integer",
        minimum=0,
        maximum=999999999999999,
    ),
    query_parameter(
        "count",
        f"Count the features that match, {MOST_COUNTED:,} at most, although that takes a while.",
        type="string",
        enum=["true", "false"],
        default="false",
    ),
    query_parameter(
        "cursor",
        "Where a page begins. Written by the service into next links.",
        type="string",
        pattern=rf"^(\d{{1,15}}-\d{{1,15}}|{CURSOR_OF_CHANGES})$",
    ),
    CHANGED_SINCE,
    *FILTER_PARAMETERS,
]
