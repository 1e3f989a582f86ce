"""What a collection's features have, and what of it may be filtered on, as JSON Schema."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import PublicView, absolute, json_response
from layers.api.parameters import read_format
from layers.api.validators import made_from_layer
from layers.query.filters.queryables import GEOMETRY, has_geometry, queryable_fields
from layers.query.registry import PublishedField, PublishedLayer, find_layer

SCHEMA_TYPE = "application/schema+json"
QUERYABLES_REL = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
SCHEMA_REL = "http://www.opengis.net/def/rel/ogc/1.0/schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

PROPERTY_TYPES: dict[str, dict[str, str]] = {
    "text": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
}
# Source: OGC API - Features - Part 5 (23-058), table of geometry formats. A layer keeps shapes
# of one part and of several alike.
_GEOMETRY_FORMATS = {
    "Point": "geometry-point",
    "MultiPoint": "geometry-point-or-multipoint",
    "LineString": "geometry-linestring-or-multilinestring",
    "Polygon": "geometry-polygon-or-multipolygon",
}


class QueryablesView(PublicView):
    parameters = frozenset({"f"})
    page = "schema"
    page_title = "What to filter by"

    def get(self, request: Request, slug: str) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        layer = find_layer(slug)
        document = {
            **_heading(request._request, layer, "queryables"),
            "description": "What “filter” may name, and, but for the geometry, what may be a "
            "parameter of its own.",
            "properties": _properties(layer, queryable_fields(layer).values()),
            "additionalProperties": False,
        }
        return made_from_layer(json_response(document, SCHEMA_TYPE), layer)


class SchemaView(PublicView):
    parameters = frozenset({"f"})
    page = "schema"
    page_title = "What its features have"

    def get(self, request: Request, slug: str) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        layer = find_layer(slug)
        document = {
            **_heading(request._request, layer, "schema"),
            "description": layer.description,
            "properties": _properties(layer, layer.fields),
            "required": [field.name for field in layer.fields if field.is_required],
        }
        return made_from_layer(json_response(document, SCHEMA_TYPE), layer)


def _heading(request: HttpRequest, layer: PublishedLayer, resource: str) -> dict[str, object]:
    return {
        "$schema": _DIALECT,
        "$id": absolute(request, f"/api/collections/{layer.slug}/{resource}"),
        "type": "object",
        "title": layer.title,
    }


def _properties(
    layer: PublishedLayer, fields: Iterable[PublishedField]
) -> dict[str, dict[str, object]]:
    geometry = {GEOMETRY: _geometry(layer)} if has_geometry(layer) else {}
    return {**{field.name: _property(layer, field) for field in fields}, **geometry}


def _property(layer: PublishedLayer, field: PublishedField) -> dict[str, object]:
    described: dict[str, object] = {"title": field.title, **PROPERTY_TYPES[field.type]}
    if description := _description(field):
        described["description"] = description
    if field.unit:
        described["x-ogc-unit"] = field.unit
    if field.name == layer.datetime_field:
        described["x-ogc-role"] = "primary-instant"
    return described


def _description(field: PublishedField) -> str:
    partial = "Where the day is not known, the year or year and month alone."
    return f"{field.description} {partial}".strip() if field.type == "date" else field.description


def _geometry(layer: PublishedLayer) -> dict[str, object]:
    return {
        "title": "Location",
        "description": "Where the feature is. Compared by spatial functions.",
        "format": _GEOMETRY_FORMATS.get(layer.geometry_type, "geometry-any"),
        "x-ogc-role": "primary-geometry",
    }
