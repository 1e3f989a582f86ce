"""Whole layers and cuts as files."""

from typing import Any

from layers.api.base import GEOJSON, JSON
from layers.api.cut_parameters import CRS_URIS
from layers.api.filter_parameters import FILTER_NAMES
from layers.api.openapi.parts import operation, path_parameter, query_parameter
from layers.exports.formats import FORMATS

_PROBLEM = "application/problem+json"


def download_paths(slugs: list[str]) -> dict[str, Any]:
    """Return the paths of files."""
    collection = path_parameter("collectionId", "The layer's id.", slugs)
    listing = operation(
        "getDownloads",
        "The files of a whole layer, with sizes and checksums",
        JSON,
        [collection],
        has_not_found=True,
        tag="Downloads",
    )
    return {
        "/collections/{collectionId}/downloads": listing,
        "/collections/{collectionId}/downloads/{editionId}/{fileName}": _file(collection),
        "/collections/{collectionId}/download": _cut(collection),
    }


def _file(collection: dict[str, Any]) -> dict[str, Any]:
    responses = {
        "200": {"description": "The file", "content": _files()},
        "206": {"description": "The bytes that were asked for", "content": _files()},
        "304": {"description": "The file is as you have it"},
        "400": {"$ref": "#/components/responses/Invalid"},
        "404": {"$ref": "#/components/responses/NotFound"},
        "410": {"$ref": "#/components/responses/Gone"},
        "414": {"$ref": "#/components/responses/TooLong"},
        "416": {"description": "The file ends before these bytes", "content": _problem()},
        "503": _busy(),
    }
    parameters = [
        collection,
        path_parameter("editionId", "The number of the edition."),
        path_parameter("fileName", "The name of the file, as the list of downloads has it."),
        {
            "name": "Range",
            "in": "header",
            "description": "One range of bytes, to take up what broke off: bytes=1000-",
            "schema": {"type": "string"},
        },
    ]
    return _get("getFile", "One file of a whole layer", parameters, responses)


def _cut(collection: dict[str, Any]) -> dict[str, Any]:
    responses = {
        "200": {"description": "The file", "content": _files()},
        "307": {"description": "The whole layer, which lies ready at another address"},
        "400": {"$ref": "#/components/responses/Invalid"},
        "404": {"$ref": "#/components/responses/NotFound"},
        "410": {"$ref": "#/components/responses/Gone"},
        "414": {"$ref": "#/components/responses/TooLong"},
        "503": _busy(),
    }
    parameters = [collection, *_CUT_PARAMETERS]
    return _get("getCut", "A layer, or a cut of it, made as a file", parameters, responses)


def _get(
    operation_id: str, summary: str, parameters: list[Any], responses: dict[str, Any]
) -> dict[str, Any]:
    return {
        "get": {
            "operationId": operation_id,
            "summary": summary,
            "tags": ["Downloads"],
            "parameters": parameters,
            "responses": responses,
        }
    }


def _files() -> dict[str, Any]:
    return {
        each.media_type.partition(";")[0]: {"schema": _schema(each.media_type)}
        for each in FORMATS.values()
    }


def _schema(media_type: str) -> dict[str, Any]:
    if media_type == GEOJSON:
        return {"$ref": "#/components/schemas/FeatureOrCollection"}
    return {"type": "string", "format": "binary"}


def _busy() -> dict[str, Any]:
    return {
        "description": "As many downloads as may be are under way; Retry-After says when to ask",
        "content": _problem(),
    }


def _problem() -> dict[str, Any]:
    return {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}


_SHARED = ("bbox", "bbox-crs", "datetime", "within", "area", "edition", *sorted(FILTER_NAMES))
_CUT_PARAMETERS = [
    query_parameter("f", "The format.", type="string", enum=list(FORMATS), default="geojson"),
    *({"$ref": f"#/components/parameters/{name}"} for name in _SHARED),
    query_parameter(
        "properties",
        "Only these properties, with commas between.",
        type="array",
        items={"type": "string"},
    ),
    query_parameter(
        "crs",
        "What coordinates are in. KML and GeoJSON lines are always in longitude and latitude.",
        type="string",
        enum=list(CRS_URIS.values()),
    ),
]
