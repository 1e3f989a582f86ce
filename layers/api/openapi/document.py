"""The definition as one document."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from layers.api.base import HTML, JSON, JSON_LD, absolute
from layers.api.openapi.around import around_paths
from layers.api.openapi.downloads import download_paths
from layers.api.openapi.features import feature_paths
from layers.api.openapi.features_parameters import shared_parameters
from layers.api.openapi.filtering import filtering_paths
from layers.api.openapi.parts import OPENAPI_TYPE, RESPONSES, SCHEMAS, operation
from layers.api.openapi.registered import registered_paths
from layers.api.openapi.serving import with_serving_answers
from layers.api.openapi.tiles import tile_paths
from layers.models import Organisation
from layers.query.registry import PublishedLayer

API_VERSION = "1.0.0"
_DESCRIPTION = (
    "A council's map layers as open data: by page, by feature, by place. Anybody may read them, "
    "without a key. Errors are RFC 9457 problems that say what to do."
)
# The chapters of the documentation, in their order.
TAGS = {
    "The service": "What there is, which standards it keeps to, and what errors mean.",
    "Layers": "Each layer is a collection, with its fields, extent, licence and edition.",
    "Features": "The features of a layer, by page and one by one, as GeoJSON. Each layer has these "
    "paths, with its own properties to ask for, to sort by and to choose from.",
    "Downloads": "A layer whole, or a part of it, as a file of one of eight formats.",
    "Tiles": "Vector tiles of a layer, and how they are cut.",
    "Places": "Questions about a place, put to several layers at once.",
}


def openapi_document(request: HttpRequest, layers: Mapping[str, PublishedLayer]) -> dict[str, Any]:
    """Return the definition of every address under ``/api/``."""
    return {
        "openapi": "3.0.3",
        "info": _info(request),
        "servers": [{"url": absolute(request, "/api")}],
        "externalDocs": {"url": absolute(request, "/api/docs"), "description": "The same to read"},
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": with_serving_answers(
            {
                **_front_paths(),
                **feature_paths(layers),
                **filtering_paths(sorted(layers)),
                **download_paths(sorted(layers)),
                **around_paths(),
                **registered_paths(),
                **tile_paths(layers.values()),
            }
        ),
        "components": {
            "schemas": SCHEMAS,
            "responses": RESPONSES,
            "parameters": shared_parameters(),
        },
    }


def _info(request: HttpRequest) -> dict[str, Any]:
    council = Organisation.objects.using("read").first()
    name = council.name if council else "Council Maps"
    contact = {"name": name}
    if council and council.website:
        contact["url"] = council.website
    return {
        "title": f"{name}: open map data",
        "version": API_VERSION,
        "description": _DESCRIPTION,
        "termsOfService": absolute(request, "/data"),
        "contact": contact,
        "license": {
            "name": "Each layer has its own, given in every answer",
            "url": absolute(request, "/data"),
        },
    }


def _front_paths() -> dict[str, Any]:
    return {
        "/": operation(
            "getLandingPage", "What there is", JSON, [], schema="LandingPage", tag="The service"
        ),
        "/openapi": operation(
            "getDefinition", "This definition", OPENAPI_TYPE, [], tag="The service"
        ),
        "/docs": _docs(),
        "/dcat": operation(
            "getCatalogue",
            "The catalogue for data portals, as DCAT-AP in JSON-LD",
            JSON_LD,
            [],
            tag="The service",
        ),
        "/conformance": operation(
            "getConformance",
            "Standards kept to",
            JSON,
            [],
            schema="Conformance",
            tag="The service",
            description="The URIs of the conformance classes of OGC API that clients look for.",
        ),
        "/status": operation(
            "getStatus",
            "How the service is, and how fresh each layer",
            JSON,
            [],
            tag="The service",
        ),
        "/problems": operation(
            "getProblems",
            "Errors and what they mean",
            JSON,
            [],
            schema="ProblemList",
            tag="The service",
            description="The “type” of every problem points here.",
        ),
    }


def _docs() -> dict[str, Any]:
    item = operation("getDocumentation", "This definition to read", HTML, [], tag="The service")
    get = item["get"]
    get["responses"]["200"]["content"] = {f"{HTML}; charset=utf-8": {"schema": {"type": "string"}}}
    get["parameters"][0]["schema"]["enum"] = ["html"]
    return item
