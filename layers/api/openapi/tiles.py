"""Tiles of a collection, and the tile matrix set they are cut by."""

from collections.abc import Iterable
from typing import Any

from layers.api.base import JSON
from layers.api.openapi.parts import operation, path_parameter, query_parameter
from layers.api.tile_answer import MVT
from layers.api.tile_matrices import TILE_MATRIX_SET
from layers.query.registry import PublishedLayer
from layers.query.tile_rules import MAX_ZOOM


def tile_paths(layers: Iterable[PublishedLayer]) -> dict[str, Any]:
    """Return the paths of OGC API - Tiles Part 1."""
    slugs = sorted(layer.slug for layer in layers if layer.extent_4326 is not None)
    matrix_set = path_parameter("tileMatrixSetId", "How tiles are cut.", [TILE_MATRIX_SET])
    paths = {
        "/tileMatrixSets": operation(
            "getTileMatrixSetsList", "How tiles are cut", JSON, [], tag="Tiles"
        ),
        "/tileMatrixSets/{tileMatrixSetId}": operation(
            "getTileMatrixSet",
            "WebMercatorQuad",
            JSON,
            [matrix_set],
            has_not_found=True,
            tag="Tiles",
        ),
    }
    # Without layers that have places there is no collection to put into these.
    return paths | _collection_paths(slugs, matrix_set) if slugs else paths


def _collection_paths(slugs: list[str], matrix_set: dict[str, Any]) -> dict[str, Any]:
    collection = path_parameter("collectionId", "The layer's id.", slugs)
    path = "/collections/{collectionId}/tiles"
    return {
        path: operation(
            "tiles.collection.vector.getTileSetsList",
            "A layer's tilesets",
            JSON,
            [collection],
            has_not_found=True,
            tag="Tiles",
        ),
        f"{path}/{{tileMatrixSetId}}": operation(
            "tiles.collection.vector.getTileSet",
            "What is in a layer's tiles, and where they are",
            JSON,
            [collection, matrix_set],
            has_not_found=True,
            tag="Tiles",
        ),
        f"{path}/{{tileMatrixSetId}}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": _tile(
            [collection, matrix_set, *_TILE_PARAMETERS]
        ),
    }


def _tile(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "get": {
            "operationId": "tiles.collection.vector.getTile",
            "summary": "One vector tile of a layer",
            "tags": ["Tiles"],
            "parameters": [
                *parameters,
                query_parameter("f", "The format of the tile.", type="string", enum=["mvt"]),
            ],
            "responses": {
                "200": {
                    "description": "A Mapbox Vector Tile",
                    "content": {MVT: {"schema": {"type": "string", "format": "binary"}}},
                },
                "204": {"description": "There is nothing in this tile"},
                "400": {"$ref": "#/components/responses/Invalid"},
                "404": {"$ref": "#/components/responses/NotFound"},
                "414": {"$ref": "#/components/responses/TooLong"},
            },
        }
    }


_TILE_PARAMETERS = [
    path_parameter("tileMatrix", f"The zoom, 0 to {MAX_ZOOM}."),
    path_parameter("tileRow", "The row, counted from the north; it comes before the column."),
    path_parameter("tileCol", "The column, counted from the west."),
]
