"""The definition as one document."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from layers.api.base import JSON, absolute
from layers.api.openapi.around import around_paths
from layers.api.openapi.downloads import download_paths
from layers.api.openapi.features import feature_paths
from layers.api.openapi.features_parameters import shared_parameters
from layers.api.openapi.filtering import filtering_paths
from layers.api.openapi.parts import OPENAPI_TYPE, RESPONSES, SCHEMAS, operation
from layers.api.openapi.serving import with_serving_answers
from layers.api.openapi.tiles import tile_paths
from layers.query.registry import PublishedLayer


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
        "paths": with_serving_answers(
            {
                **_front_paths(),
                **feature_paths(layers),
                **filtering_paths(sorted(layers)),
                **download_paths(sorted(layers)),
                **around_paths(),
                **tile_paths(layers.values()),
            }
        ),
        "components": {
            "schemas": SCHEMAS,
            "responses": RESPONSES,
            "parameters": shared_parameters(),
        },
    }


def _front_paths() -> dict[str, Any]:
    return {
        "/": operation("getLandingPage", "What there is", JSON, []),
        "/openapi": operation("getDefinition", "This definition", OPENAPI_TYPE, []),
        "/conformance": operation("getConformance", "Standards kept to", JSON, []),
        "/status": operation("getStatus", "How the service is, and how fresh each layer", JSON, []),
        "/problems": operation("getProblems", "Errors and what they mean", JSON, []),
    }
