"""What is near a point, and what contains it."""

from typing import Any

from layers.api.base import GEOJSON
from layers.api.openapi.parts import operation, query_parameter
from layers.api.parameters import MOST_COLLECTIONS, MOST_NEAREST

_LONGITUDE = {"type": "number", "minimum": -180, "maximum": 180}
_LATITUDE = {"type": "number", "minimum": -90, "maximum": 90}


def around_paths() -> dict[str, Any]:
    """Return the paths of the questions that are put to several layers at once."""
    return {
        "/nearest": operation(
            "getNearest",
            "The nearest features of some layers, with straight-line distances in metres",
            GEOJSON,
            [*_POINT_PARAMETERS, _COLLECTIONS, *_NEAREST_PARAMETERS],
            has_not_found=True,
            schema="FoundFeatures",
            tag="Places",
        ),
        "/at": operation(
            "getAt",
            "The areas that contain a point",
            GEOJSON,
            [*_POINT_PARAMETERS, _COLLECTIONS],
            has_not_found=True,
            schema="FoundFeatures",
            tag="Places",
        ),
    }


_POINT_PARAMETERS = [
    query_parameter("lon", "Longitude in degrees.", example=-1.9, **_LONGITUDE),
    query_parameter("lat", "Latitude in degrees.", example=52.48, **_LATITUDE),
]
_COLLECTIONS = query_parameter(
    "collections",
    "Ids of layers with commas between. Without it, every layer that this question suits.",
    type="array",
    items={"type": "string", "pattern": "^[a-z0-9-]+$"},
    minItems=1,
    maxItems=MOST_COLLECTIONS,
)
_NEAREST_PARAMETERS = [
    query_parameter(
        "limit",
        f"How many features of each layer, {MOST_NEAREST} at most.",
        type="integer",
        minimum=1,
        default=1,
    ),
    query_parameter(
        "max_distance_m",
        "Leave out what is farther than this many metres.",
        type="number",
        minimum=0,
        maximum=100000,
    ),
]
