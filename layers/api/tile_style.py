"""A style for a layer's tiles, as MapLibre and the like read it: a beginning."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import PublicView, absolute, json_response
from layers.api.tilesets import tiled_layer
from layers.query.registry import PublishedLayer

STYLE = "application/vnd.mapbox.style+json"

_COLOUR = "#1d70b8"
_WHITE = "#ffffff"
_IS_CELL = ["has", "count"]
_IS_FEATURE = ["!", _IS_CELL]


class TileStyleView(PublicView):
    """The layer's colour on its tiles; nothing in it comes from another host."""

    def get(self, request: Request, slug: str) -> HttpResponse:
        layer, _ = tiled_layer(slug)
        return json_response(_style(request._request, layer), content_type=STYLE)


def _style(request: HttpRequest, layer: PublishedLayer) -> dict[str, Any]:
    assert layer.extent_4326 is not None  # it has tiles
    west, south, east, north = layer.extent_4326
    return {
        "version": 8,
        "name": layer.title,
        "center": [(west + east) / 2, (south + north) / 2],
        "zoom": 10,
        "sources": {
            layer.slug: {"type": "vector", "url": absolute(request, f"/tiles/{layer.slug}.json")}
        },
        "layers": [
            {"source": layer.slug, "source-layer": layer.slug, **drawn}
            for drawn in [*_features(layer), _cells(_colour(layer), layer.slug)]
        ],
    }


def _colour(layer: PublishedLayer) -> str:
    return str(layer.style.get("colour") or _COLOUR)


def _features(layer: PublishedLayer) -> list[dict[str, Any]]:
    colour = _colour(layer)
    line = {
        "id": f"{layer.slug}-line",
        "type": "line",
        "filter": _IS_FEATURE,
        "paint": {"line-color": colour, "line-width": 2},
    }
    if layer.geometry_type == "LineString":
        return [line]
    if layer.geometry_type == "Polygon":
        fill = {
            "id": f"{layer.slug}-fill",
            "type": "fill",
            "filter": _IS_FEATURE,
            "paint": {"fill-color": colour, "fill-opacity": 0.25},
        }
        return [fill, line]
    return [_circle(f"{layer.slug}-point", _IS_FEATURE, colour, 5)]


def _cells(colour: str, slug: str) -> dict[str, Any]:
    # As large as many: ten times as many features, three pixels more.
    radius = ["+", 3, ["*", 3, ["log10", ["get", "count"]]]]
    return _circle(f"{slug}-cell", _IS_CELL, colour, radius)


def _circle(id_: str, filter_: list[Any], colour: str, radius: object) -> dict[str, Any]:
    paint = {
        "circle-color": colour,
        "circle-radius": radius,
        "circle-stroke-color": _WHITE,
        "circle-stroke-width": 1,
    }
    return {"id": id_, "type": "circle", "filter": filter_, "paint": paint}
