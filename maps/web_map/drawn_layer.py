"""How a layer is drawn by the scripts of a map, and where its features come from."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from layers.query.symbology import symbology_of
from layers.query.tile_rules import MAX_ZOOM, tile_rules
from layers.query.weight import is_drawn_whole


def describe_drawn_layer(layer: PublishedLayer) -> dict[str, Any]:
    """Return what a script needs to draw a layer, or to say that it cannot be.

    ``source`` is None for a layer without any location. ``box`` is west, south, east, north.
    """
    return {
        "slug": layer.slug,
        "title": layer.title,
        "attribution": layer.attribution,
        "titleField": layer.title_field,
        "datetimeField": layer.datetime_field,
        "pageUrl": reverse("maps:layer", args=[layer.slug]),
        "box": layer.extent_4326,
        "symbology": symbology_of(layer).as_settings(),
        "source": describe_source(layer),
    }


def describe_source(layer: PublishedLayer) -> dict[str, Any] | None:
    """Return where features come from: the whole layer at once, or tiles where that is too much."""
    rules = tile_rules(layer)
    if rules is None:
        return None
    if is_drawn_whole(layer):
        return {"kind": "items", "address": f"/api/collections/{layer.slug}/items"}
    return {
        "kind": "tiles",
        "address": f"/tiles/{layer.slug}/{layer.edition_id}/{{z}}/{{x}}/{{y}}.mvt",
        "maxZoom": MAX_ZOOM,
    }


def describe_scale(layer: PublishedLayer) -> str:
    """Return from which zoom on a layer is drawn, or nothing where it always is."""
    zoom = symbology_of(layer).min_zoom
    return _("Drawn from zoom %(zoom)s on.") % {"zoom": zoom} if zoom else ""
