"""A layer's tiles in TileJSON 3.0, as map libraries read it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import PublicView, absolute, json_response
from layers.api.tilesets import tiled_layer
from layers.api.validators import made_from_layer
from layers.query.registry import PublishedField, PublishedLayer
from layers.query.tile_rules import MAX_ZOOM, TileRules

_TYPES = {"integer": "Number", "number": "Number", "boolean": "Boolean"}


class TileJsonView(PublicView):
    """Where the tiles of the published edition are, and what is in them."""

    page = ""

    def get(self, request: Request, slug: str) -> HttpResponse:
        layer, rules = tiled_layer(slug)
        return made_from_layer(json_response(_describe(request._request, layer, rules)), layer)


def _describe(request: HttpRequest, layer: PublishedLayer, rules: TileRules) -> dict[str, Any]:
    assert layer.extent_4326 is not None  # it has tiles
    west, south, east, north = layer.extent_4326
    address = absolute(request, f"/tiles/{layer.slug}/{layer.edition_id}")
    return {
        "tilejson": "3.0.0",
        "name": layer.title,
        "description": layer.description,
        # The edition, as a number that grows: libraries read it as a version.
        "version": f"{layer.edition_id}.0.0",
        "attribution": layer.attribution,
        "scheme": "xyz",
        "tiles": [f"{address}/{{z}}/{{x}}/{{y}}.mvt"],
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "bounds": [west, south, east, north],
        "center": [(west + east) / 2, (south + north) / 2, 10],
        "vector_layers": [
            {
                "id": layer.slug,
                "description": layer.description,
                "minzoom": 0,
                "maxzoom": MAX_ZOOM,
                "fields": _fields(rules),
            }
        ],
        # Beyond TileJSON: below this zoom, and wherever features crowd, cells with counts.
        "featuresFromZoom": rules.cells_below,
        "licence": layer.licence,
        "licenceUrl": layer.licence_url or None,
        "edition": layer.edition_id,
    }


def _fields(rules: TileRules) -> dict[str, str]:
    fields = {"fid": "String: the feature's id, for /api/collections/…/items/…"}
    fields.update((field.name, _field(field)) for field in rules.fields)
    if rules.cells_below:
        fields["count"] = "Number: how many features there are in a cell"
    return fields


def _field(field: PublishedField) -> str:
    return f"{_TYPES.get(field.type, 'String')}: {field.title}"
