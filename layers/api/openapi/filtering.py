"""Queryables, schemas and filters: OGC API - Features - Part 3."""

from typing import Any

from layers.api.openapi.parts import operation, path_parameter, query_parameter
from layers.api.queryables import SCHEMA_TYPE
from layers.query.filters.crs import CRS84, FILTER_CRS
from layers.query.filters.limits import MOST_CHARACTERS


def filtering_paths(slugs: list[str]) -> dict[str, Any]:
    """Return the paths of what can be asked of a layer's features."""
    collection = path_parameter("collectionId", "The layer's id.", slugs)
    return {
        "/collections/{collectionId}/queryables": operation(
            "getQueryables",
            "What a layer's features can be filtered by, as JSON Schema",
            SCHEMA_TYPE,
            [collection],
            has_not_found=True,
            tag="Layers",
        ),
        "/collections/{collectionId}/schema": operation(
            "getSchema",
            "What a layer's features have, as JSON Schema",
            SCHEMA_TYPE,
            [collection],
            has_not_found=True,
            tag="Layers",
        ),
    }


FILTER_PARAMETERS = [
    query_parameter(
        "filter",
        "Only features of which this is true, in CQL2: name LIKE 'Elm%' AND pupils > 200.",
        example="S_INTERSECTS(geometry, BBOX(-1.95, 52.45, -1.85, 52.5))",
        type="string",
        minLength=1,
        maxLength=MOST_CHARACTERS,
    ),
    query_parameter(
        "filter-lang",
        "What the filter is written in.",
        type="string",
        enum=["cql2-text", "cql2-json"],
        default="cql2-text",
    ),
    query_parameter(
        "filter-crs",
        "The CRS of geometries in the filter, with its own order of axes.",
        type="string",
        enum=list(FILTER_CRS),
        default=CRS84,
    ),
]
