"""The tile matrix set that tiles are cut by: WebMercatorQuad, as the OGC registered it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import JSON, PublicView, json_response, link
from layers.api.parameters import read_format
from layers.errors import NotFound
from layers.query.tile_grid import HALF_WORLD_M
from layers.query.tile_rules import MAX_ZOOM

TILE_MATRIX_SET = "WebMercatorQuad"
TILE_MATRIX_SET_URI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
TILING_SCHEME_REL = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
TILING_SCHEMES_REL = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"

_TITLE = "Google Maps Compatible for the World"
_TILE_PIXELS = 256
# OGC 17-083r4: a pixel of its scale denominators is 0.28 mm wide.
_PIXEL_M = 0.00028


class TileMatrixSetsView(PublicView):
    """The tile matrix sets: one."""

    parameters = frozenset({"f"})
    page_title = "How tiles are cut"

    def get(self, request: Request) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        return json_response(
            {
                "tileMatrixSets": [
                    {
                        "id": TILE_MATRIX_SET,
                        "title": _TITLE,
                        "uri": TILE_MATRIX_SET_URI,
                        "links": [_self(request._request)],
                    }
                ],
                "links": [link(request._request, "/api/tileMatrixSets", "self", JSON, "This page")],
            }
        )


class TileMatrixSetView(PublicView):
    """The definition of WebMercatorQuad."""

    parameters = frozenset({"f"})

    def get(self, request: Request, tile_matrix_set: str) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        if tile_matrix_set != TILE_MATRIX_SET:
            raise NotFound(
                f"There is no tile matrix set “{tile_matrix_set[:50]}” here; there is "
                f"{TILE_MATRIX_SET}."
            )
        return json_response({**_definition(), "links": [_self(request._request)]})


def _self(request: HttpRequest) -> dict[str, str]:
    return link(request, f"/api/tileMatrixSets/{TILE_MATRIX_SET}", "self", JSON, TILE_MATRIX_SET)


def _definition() -> dict[str, Any]:
    return {
        "id": TILE_MATRIX_SET,
        "title": _TITLE,
        "uri": TILE_MATRIX_SET_URI,
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [_matrix(zoom) for zoom in range(MAX_ZOOM + 1)],
    }


def _matrix(zoom: int) -> dict[str, Any]:
    cell_m = 2 * HALF_WORLD_M / _TILE_PIXELS / 2**zoom
    return {
        "id": str(zoom),
        "scaleDenominator": cell_m / _PIXEL_M,
        "cellSize": cell_m,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-HALF_WORLD_M, HALF_WORLD_M],
        "tileWidth": _TILE_PIXELS,
        "tileHeight": _TILE_PIXELS,
        "matrixWidth": 2**zoom,
        "matrixHeight": 2**zoom,
    }
