"""What the scripts of a map are told: where to look, what to ask for, and what to say."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from gazetteer.query import Place
from layers.query.registry import PublishedLayer
from layers.query.rows import FeatureRow
from maps.backdrop import (
    box_around,
    describe_backdrop,
    describe_ground,
    find_backdrop,
    find_ground,
)
from maps.basemap import is_basemap, own_basemap
from maps.web_map.drawn_layer import describe_drawn_layer

METRES_IN_A_MILE = 1609.344


def describe_layer_map(
    layer: PublishedLayer, backdrop: PublishedLayer | None
) -> dict[str, Any] | None:
    """Return the settings of a layer's map, or None for a layer without any location."""
    if layer.extent_4326 is None:
        return None
    return {
        "label": _("Map of %(layer)s. Arrow keys move it; plus and minus zoom.")
        % {"layer": layer.title},
        "box": box_around(layer.extent_4326, backdrop.extent_4326 if backdrop else None),
        "drawn": describe_drawn_layer(layer),
        "layer": {
            "itemsUrl": f"/api/collections/{layer.slug}/items",
            "pageUrl": reverse("maps:layer", args=[layer.slug]),
            "titleField": layer.title_field,
        },
        "backdrop": describe_backdrop(backdrop),
        "texts": {
            "loading": _("Loading…"),
            "none": _("%(layer)s: none in view.") % {"layer": layer.title},
            "inView": _("%(layer)s: {count} in view.") % {"layer": layer.title},
            "moreInView": _("%(layer)s: more than {count} in view.") % {"layer": layer.title},
            "failed": _("The map could not be loaded. The list has every one, page by page."),
            "outdated": _("The map could not be updated. The list has every one, page by page."),
            "details": _("All details"),
        },
    }


def describe_feature_map(
    layer: PublishedLayer, row: FeatureRow, backdrop: PublishedLayer | None
) -> dict[str, Any] | None:
    """Return the settings of one feature's map, or None for a feature without a location."""
    if row.longitude is None or row.latitude is None:
        return None
    return {
        "label": _("Map of %(feature)s. Arrow keys move it; plus and minus zoom.")
        % {"feature": row.title},
        "position": [row.longitude, row.latitude],
        "drawn": describe_drawn_layer(layer),
        "itemUrl": f"/api/collections/{layer.slug}/items/{quote(row.fid, safe='')}",
        "backdrop": describe_backdrop(backdrop),
        "texts": {"failed": _("The map could not be loaded.")},
    }


def describe_place_map(
    place: Place,
    layers: Mapping[str, PublishedLayer],
    home: Iterable[str],
    *,
    radius_m: float = METRES_IN_A_MILE,
) -> dict[str, Any]:
    """Return the settings of a place's map; its items are read from the page's own lists.

    ``radius_m`` is how far around the place it reaches at first.
    """
    ground = find_ground(layers)
    if ground and is_basemap(ground) and own_basemap():
        ground = None  # it is drawn already
    return {
        "label": _("Map around %(place)s. Arrow keys move it; plus and minus zoom.")
        % {"place": place.label},
        "position": [place.longitude, place.latitude],
        "radiusM": radius_m,
        "backdrop": describe_backdrop(find_backdrop(layers), home),
        "ground": describe_ground(ground),
        "colour": ground.style.get("colour") if ground else None,
        "texts": {"inView": _("{count} of the {all} places listed are in view.")},
    }
