"""The OpenAPI 3.0 definition, made from the published layers."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from layers.api.base import GEOJSON, JSON, absolute
from layers.api.parameters import DEFAULT_LIMIT, MOST_COLLECTIONS, MOST_ITEMS, MOST_NEAREST
from layers.query.registry import PublishedLayer

OPENAPI_TYPE = "application/vnd.oai.openapi+json;version=3.0"
PROBLEM = "application/problem+json"

_LONGITUDE = {"type": "number", "minimum": -180, "maximum": 180}
_LATITUDE = {"type": "number", "minimum": -90, "maximum": 90}


def openapi_document(request: HttpRequest, layers: Mapping[str, PublishedLayer]) -> dict[str, Any]:
    """Return the definition of every address under ``/api/``."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Council Maps API",
            "version": "1.0.0",
            "description": "A council's map layers as open GeoJSON. Errors are RFC 9457 problems.",
        },
        "servers": [{"url": absolute(request, "/api")}],
        "paths": _paths(sorted(layers)),
        "components": {"schemas": _SCHEMAS, "responses": _RESPONSES},
    }


def _paths(slugs: list[str]) -> dict[str, Any]:
    collection = _path_parameter("collectionId", "The layer's id.", slugs)
    feature = _path_parameter("featureId", "The feature's id.", [])
    return {
        "/": _operation("getLandingPage", "What there is", JSON, []),
        "/openapi": _operation("getDefinition", "This definition", OPENAPI_TYPE, []),
        "/conformance": _operation("getConformance", "Standards kept to", JSON, []),
        "/problems": _operation("getProblems", "Errors and what they mean", JSON, []),
        "/collections": _operation("getCollections", "All layers", JSON, []),
        "/collections/{collectionId}": _operation(
            "getCollection", "One layer", JSON, [collection], has_not_found=True
        ),
        "/collections/{collectionId}/items": _operation(
            "getFeatures",
            "A layer's features, by page: follow the next links",
            GEOJSON,
            [collection, *_ITEMS_PARAMETERS],
            has_not_found=True,
        ),
        "/collections/{collectionId}/items/{featureId}": _operation(
            "getFeature", "One feature", GEOJSON, [collection, feature], has_not_found=True
        ),
        "/nearest": _operation(
            "getNearest",
            "The nearest features of some layers, with straight-line distances in metres",
            GEOJSON,
            [*_POINT_PARAMETERS, _COLLECTIONS, *_NEAREST_PARAMETERS],
            has_not_found=True,
        ),
        "/at": _operation(
            "getAt",
            "The areas that contain a point",
            GEOJSON,
            [*_POINT_PARAMETERS, _COLLECTIONS],
            has_not_found=True,
        ),
    }


def _operation(
    operation_id: str,
    summary: str,
    media_type: str,
    parameters: list[dict[str, Any]],
    *,
    has_not_found: bool = False,
) -> dict[str, Any]:
    schema = "FeatureOrCollection" if media_type == GEOJSON else "Document"
    responses: dict[str, Any] = {
        "200": {
            "description": summary,
            "content": {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        },
        "400": {"$ref": "#/components/responses/Invalid"},
    }
    if has_not_found:
        responses["404"] = {"$ref": "#/components/responses/NotFound"}
    if operation_id == "getFeatures":
        responses["410"] = {"$ref": "#/components/responses/Gone"}
    return {
        "get": {
            "operationId": operation_id,
            "summary": summary,
            "parameters": [*parameters, _format_parameter(media_type)],
            "responses": responses,
        }
    }


def _path_parameter(name: str, description: str, values: list[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if values:
        schema["enum"] = values
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
    }


def _query_parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": name in ("lon", "lat"),
        "description": description,
        "schema": schema,
        "style": "form",
        "explode": False,
    }


def _format_parameter(media_type: str) -> dict[str, Any]:
    formats = ["json", "geojson"] if media_type == GEOJSON else ["json"]
    return _query_parameter("f", "The format of the answer.", type="string", enum=formats)


_ITEMS_PARAMETERS = [
    # No `maximum`: the standard has a larger limit answered with the most there is.
    _query_parameter(
        "limit",
        f"How many features a page has, {MOST_ITEMS} at most.",
        type="integer",
        minimum=1,
        default=DEFAULT_LIMIT,
    ),
    _query_parameter(
        "bbox",
        "Only features that touch this box: west,south,east,north in degrees.",
        type="array",
        items={"type": "number"},
        minItems=4,
        maxItems=6,
    ),
    _query_parameter(
        "bbox-crs",
        "The CRS of bbox.",
        type="string",
        enum=["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
    ),
    _query_parameter(
        "datetime",
        "An RFC 3339 date or time, or an interval with a slash; .. is an open end.",
        type="string",
    ),
    _query_parameter(
        "cursor",
        "Where a page begins. Written by the service into next links.",
        type="string",
        pattern=r"^\d{1,15}-\d{1,15}$",
    ),
]
_POINT_PARAMETERS = [
    _query_parameter("lon", "Longitude in degrees.", **_LONGITUDE),
    _query_parameter("lat", "Latitude in degrees.", **_LATITUDE),
]
_COLLECTIONS = _query_parameter(
    "collections",
    "Ids of layers with commas between. Without it, every layer that this question suits.",
    type="array",
    items={"type": "string"},
    minItems=1,
    maxItems=MOST_COLLECTIONS,
)
_NEAREST_PARAMETERS = [
    _query_parameter(
        "limit",
        f"How many features of each layer, {MOST_NEAREST} at most.",
        type="integer",
        minimum=1,
        default=1,
    ),
    _query_parameter(
        "max_distance_m",
        "Leave out what is farther than this many metres.",
        type="number",
        minimum=0,
        maximum=100000,
    ),
]
_SCHEMAS: dict[str, Any] = {
    "Document": {"type": "object"},
    "FeatureOrCollection": {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string", "enum": ["Feature", "FeatureCollection"]}},
    },
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "parameter": {"type": "string"},
        },
    },
}
_RESPONSES: dict[str, Any] = {
    name: {
        "description": description,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for name, description in (
        ("Invalid", "A parameter is unknown or cannot be used"),
        ("NotFound", "There is no such layer or feature"),
        ("Gone", "The edition that a cursor belongs to is no longer kept"),
    )
}
