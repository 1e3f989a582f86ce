"""The map under every map: what of it there is, and what a script or a sheet needs to draw it.

Printed maps and screens draw the same parts by the same rules (`maps.basemap_style`), in the
colours of their own palette (`maps.basemap_palettes`).
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from config.basemap import PictureTiles
from layers.query.basemap.find import Basemap, BasemapPart, find_basemap, is_basemap
from layers.query.basemap.parts import MAX_TILE_ZOOM, MIN_TILE_ZOOM, PARTS
from layers.query.registry import PublishedLayer
from maps.basemap_style import style_digest

__all__ = [
    "PARTS",
    "Basemap",
    "BasemapPart",
    "attributions",
    "basemap_fields",
    "describe_basemap",
    "find_basemap",
    "is_basemap",
    "own_basemap",
]

# Fields that basemap layers have under these names, where they have them.
_FIELDS = ("class", "name", "number")


def own_basemap() -> Basemap | None:
    """Return the basemap of our own layers, or None where there is none or another is chosen."""
    return find_basemap() if settings.BASEMAP == "own" else None


def basemap_fields(layer: PublishedLayer) -> tuple[str, ...]:
    """Return which of class, name and number a layer's features have."""
    names = {field.name for field in layer.fields}
    return tuple(name for name in _FIELDS if name in names)


def attributions() -> tuple[str, ...]:
    """Return what has to be said beside every map for what lies under it."""
    if isinstance(settings.BASEMAP, PictureTiles):
        return (settings.BASEMAP.attribution,)
    basemap = own_basemap()
    return basemap.attributions if basemap else ()


def picture_host() -> str:
    """Return the name of the host that a browser is sent to for pictures, or "" for none."""
    pictures = settings.BASEMAP
    return urlsplit(pictures.url).hostname or "" if isinstance(pictures, PictureTiles) else ""


def describe_basemap() -> dict[str, Any]:
    """Return what the scripts of a map need to draw what lies under it; nothing for no basemap."""
    if isinstance(settings.BASEMAP, PictureTiles):
        return _describe_pictures(settings.BASEMAP)
    basemap = own_basemap()
    return _describe_own(basemap) if basemap else {}


def _describe_own(basemap: Basemap) -> dict[str, Any]:
    return {
        "kind": "own",
        "tilesUrl": f"/tiles/basemap/{basemap.digest}/{{z}}/{{x}}/{{y}}.mvt",
        "minZoom": MIN_TILE_ZOOM,
        "maxZoom": MAX_TILE_ZOOM,
        "box": basemap.extent_4326,
        "attribution": " ".join(basemap.attributions),
        # Larger than all else that is said of a map, and the same for all: browsers keep it.
        "styleUrl": reverse("maps:basemap-style", args=[style_digest()]),
        "texts": {
            "failed": _("The background map could not be loaded. Everything else is here."),
        },
    }


def _describe_pictures(pictures: PictureTiles) -> dict[str, Any]:
    return {
        "kind": "pictures",
        "tilesUrl": pictures.url,
        "minZoom": pictures.min_zoom,
        "maxZoom": pictures.max_zoom,
        "attribution": pictures.attribution,
        "texts": {
            "failed": _(
                "The background map from %(host)s could not be loaded. Everything else is here."
            )
            % {"host": picture_host()}
        },
    }
