"""What every path of the definition is put together from."""

from collections.abc import Sequence
from typing import Any

from layers.api.base import GEOJSON

OPENAPI_TYPE = "application/vnd.oai.openapi+json;version=3.0"
PROBLEM = "application/problem+json"


def operation(
    operation_id: str,
    summary: str,
    media_type: str,
    parameters: list[dict[str, Any]],
    *,
    has_not_found: bool = False,
    has_gone: bool = False,
) -> dict[str, Any]:
    """Return a path item with its GET."""
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
    if has_gone:
        responses["410"] = {"$ref": "#/components/responses/Gone"}
    return {
        "get": {
            "operationId": operation_id,
            "summary": summary,
            "parameters": [*parameters, _format_parameter(media_type)],
            "responses": responses,
        }
    }


def path_parameter(name: str, description: str, values: Sequence[str] = ()) -> dict[str, Any]:
    """Return a parameter in a path; ``values`` are all that it can be, if given."""
    schema: dict[str, Any] = {"type": "string"}
    if values:
        schema["enum"] = list(values)
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
    }


def query_parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    """Return a query parameter whose schema has the members given."""
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
    return query_parameter("f", "The format of the answer.", type="string", enum=formats)


SCHEMAS: dict[str, Any] = {
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
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "parameter": {"type": "string"},
        },
    },
}
RESPONSES: dict[str, Any] = {
    name: {
        "description": description,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for name, description in (
        ("Invalid", "A parameter is unknown or cannot be used"),
        ("NotFound", "There is no such layer or feature"),
        (
            "Gone",
            "The edition that is asked for or that a cursor belongs to, or the record of changes,"
            " is no longer kept",
        ),
    )
}
