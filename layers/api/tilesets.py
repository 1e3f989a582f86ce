"""OGC API - Tiles: the tiles of a layer's published edition, and what describes them."""

from functools import partial
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import JSON, PublicView, absolute, json_response, link
from layers.api.parameters import read_format
from layers.api.provenance import provenance
from layers.api.tile_answer import MVT, answer_tile
from layers.api.tile_matrices import TILE_MATRIX_SET, TILE_MATRIX_SET_URI, TILING_SCHEME_REL
from layers.api.tile_numbers import read_tile, refuse_flipped
from layers.api.validators import made_from_layer
from layers.errors import NotFound
from layers.query.cache import read_through
from layers.query.registry import PublishedField, PublishedLayer, find_layer
from layers.query.tile_grid import TileAddress, tile_limits
from layers.query.tile_rules import MAX_ZOOM, TileRules, tile_rules

TILESETS_REL = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"

_SPECIFICATION = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf"
TILES_CONFORMANCE = [
    f"{_SPECIFICATION}/{name}"
    for name in ("core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "oas30")
]

_CRS = "http://www.opengis.net/def/crs/EPSG/0/3857"
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_TILE = "{tileMatrix}/{tileRow}/{tileCol}"
_GEOMETRIES = {"Point": (0, "points"), "MultiPoint": (0, "points"), "LineString": (1, "lines")}
_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


class TilesetsView(PublicView):
    """The tilesets of a layer: one."""

    parameters = frozenset({"f"})
    page_title = "Vector tiles"

    def get(self, request: Request, slug: str) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        layer, _ = tiled_layer(slug)
        path = f"/api/collections/{slug}"
        response = json_response(
            {
                "tilesets": [_summary(request._request, layer)],
                "links": [
                    link(request._request, f"{path}/tiles", "self", JSON, "This page"),
                    link(request._request, path, "collection", JSON, "The layer"),
                ],
            }
        )
        return made_from_layer(response, layer)


class TilesetView(PublicView):
    """What is in the tiles of a layer, and where they are."""

    parameters = frozenset({"f"})
    page_title = "What is in its tiles, and where they are"

    def get(self, request: Request, slug: str, tile_matrix_set: str) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        refuse_other_matrix_sets(tile_matrix_set)
        layer, rules = tiled_layer(slug)
        return made_from_layer(json_response(_describe(request._request, layer, rules)), layer)


class CollectionTileView(PublicView):
    """One tile of what is published now: an address that a browser asks about again."""

    parameters: ClassVar[frozenset[str]] = frozenset({"f"})
    page = ""

    def get(
        self,
        request: Request,
        slug: str,
        tile_matrix_set: str,
        tile_matrix: str,
        tile_row: str,
        tile_col: str,
    ) -> HttpResponse:
        read_format(request._request.GET, ("mvt",))
        refuse_other_matrix_sets(tile_matrix_set)
        tile = read_tile(tile_matrix, tile_col, tile_row)
        return read_through(slug, partial(_answer, request._request, tile))


def tiled_layer(slug: str) -> tuple[PublishedLayer, TileRules]:
    """Return a public layer and what its tiles hold.

    Raises
    ------
    NotFound
        There is no such layer, or it has no places.
    """
    layer = find_layer(slug)
    rules = tile_rules(layer)
    if rules is None:
        raise NotFound(
            f"“{layer.title}” has no places, so it has no tiles. Its rows are at "
            f"/api/collections/{layer.slug}/items."
        )
    return layer, rules


def refuse_other_matrix_sets(name: str) -> None:
    """Refuse a tile matrix set that there are no tiles of.

    Raises
    ------
    NotFound
        It is not WebMercatorQuad.
    """
    if name != TILE_MATRIX_SET:
        raise NotFound(
            f"There are no tiles of “{name[:50]}”; there are of {TILE_MATRIX_SET}, which is what "
            "web maps use."
        )


def _answer(request: HttpRequest, tile: TileAddress, layer: PublishedLayer) -> HttpResponse:
    refuse_flipped(layer, tile)
    rules = tile_rules(layer)
    if rules and layer.extent_4326:
        _refuse_outside(layer, rules, tile)
    return answer_tile(request, layer, layer.edition_id, tile)


def _refuse_outside(layer: PublishedLayer, rules: TileRules, tile: TileAddress) -> None:
    assert layer.extent_4326 is not None  # asked for by the caller
    limits = tile_limits(layer.extent_4326, tile.zoom)
    if tile not in limits:
        raise NotFound(
            f"“{layer.title}” has nothing there. At zoom {tile.zoom} it has rows {limits.min_row} "
            f"to {limits.max_row} and columns {limits.min_column} to {limits.max_column}; the row "
            "comes before the column in this address."
        )


def _summary(request: HttpRequest, layer: PublishedLayer) -> dict[str, Any]:
    path = f"/api/collections/{layer.slug}/tiles/{TILE_MATRIX_SET}"
    return {
        "title": layer.title,
        "dataType": "vector",
        "crs": _CRS,
        "tileMatrixSetURI": TILE_MATRIX_SET_URI,
        "tileMatrixSetDefinition": absolute(request, f"/api/tileMatrixSets/{TILE_MATRIX_SET}"),
        "links": [
            link(request, path, "self", JSON, f"Tiles of {layer.title}"),
            link(
                request,
                f"/api/tileMatrixSets/{TILE_MATRIX_SET}",
                TILING_SCHEME_REL,
                JSON,
                TILE_MATRIX_SET,
            ),
        ],
    }


def _describe(request: HttpRequest, layer: PublishedLayer, rules: TileRules) -> dict[str, Any]:
    assert layer.extent_4326 is not None  # it has tiles
    summary = _summary(request, layer)
    return {
        **summary,
        "description": layer.description,
        "keywords": list(layer.keywords),
        "version": str(layer.edition_id),
        "license": layer.licence,
        "mediaTypes": [MVT],
        "boundingBox": _bounding_box(layer),
        "tileMatrixSetLimits": [_limits(layer.extent_4326, zoom) for zoom in range(MAX_ZOOM + 1)],
        "layers": [_layer(layer, rules)],
        "featuresFromZoom": rules.cells_below,
        "links": [*summary["links"], *_tile_links(request, layer)],
        **provenance(layer),
    }


def _tile_links(request: HttpRequest, layer: PublishedLayer) -> list[dict[str, Any]]:
    path = f"/api/collections/{layer.slug}"
    tiles = link(
        request, f"{path}/tiles/{TILE_MATRIX_SET}/{_TILE}", "item", MVT, "Tiles, as published now"
    )
    lasting = link(
        request,
        f"/tiles/{layer.slug}/{layer.edition_id}/{{tileMatrix}}/{{tileCol}}/{{tileRow}}.mvt",
        "item",
        MVT,
        "The same tiles, of this edition: they never change",
    )
    return [
        {**tiles, "templated": True},
        {**lasting, "templated": True},
        link(request, f"/tiles/{layer.slug}.json", "alternate", JSON, "As TileJSON"),
        link(
            request,
            f"/tiles/{layer.slug}/style.json",
            "stylesheet",
            "application/vnd.mapbox.style+json",
            "A style to begin with",
        ),
        link(request, path, "http://www.opengis.net/def/rel/ogc/1.0/geodata", JSON, "The layer"),
    ]


def _limits(extent_4326: tuple[float, float, float, float], zoom: int) -> dict[str, Any]:
    limits = tile_limits(extent_4326, zoom)
    return {
        "tileMatrix": str(zoom),
        "minTileRow": limits.min_row,
        "maxTileRow": limits.max_row,
        "minTileCol": limits.min_column,
        "maxTileCol": limits.max_column,
    }


def _bounding_box(layer: PublishedLayer) -> dict[str, Any]:
    assert layer.extent_4326 is not None  # it has tiles
    west, south, east, north = layer.extent_4326
    return {"lowerLeft": [west, south], "upperRight": [east, north], "crs": _CRS84}


def _layer(layer: PublishedLayer, rules: TileRules) -> dict[str, Any]:
    dimension, geometry_type = _GEOMETRIES.get(layer.geometry_type, (2, "polygons"))
    properties: dict[str, Any] = {
        "fid": {"title": "Id", "description": "The feature's id in the API.", "type": "string"}
    }
    properties.update((field.name, _schema(field)) for field in rules.fields)
    if rules.cells_below:
        properties["count"] = {
            "title": "Count",
            "description": "How many features there are in a cell, where cells stand for them.",
            "type": "integer",
        }
    return {
        "id": layer.slug,
        "title": layer.title,
        "description": layer.description,
        "dataType": "vector",
        "geometryDimension": dimension,
        "geometryType": geometry_type,
        "minTileMatrix": "0",
        "maxTileMatrix": str(MAX_ZOOM),
        "boundingBox": _bounding_box(layer),
        "propertiesSchema": {"type": "object", "properties": properties},
    }


def _schema(field: PublishedField) -> dict[str, Any]:
    schema = {"title": field.title, "type": _TYPES.get(field.type, "string")}
    if field.description:
        schema["description"] = field.description
    if field.unit:
        schema["uom"] = field.unit
    if field.type in ("date", "datetime"):
        schema["format"] = "date" if field.type == "date" else "date-time"
    return schema
