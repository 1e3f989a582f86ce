"""What the address of the map says: which layers, in which order, how faint, and what of them.

    layer=conservation-areas&layer=trees&opacity.trees=60&where.trees.species=Oak
    &since.trees=2024-01-01&until.trees=2024-12-31&area=E05011118&basemap=off

The first layer lies on top. Where the view is stands in the fragment (`#14/52.4793/-1.8985`),
which browsers send to nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from layers.query.registry import PublishedLayer
from maps.web_map.filters import LayerFilter, read_filter

MOST_LAYERS = 60
_LEAST_OPACITY, _MOST_OPACITY = 10, 100


@dataclass(frozen=True, slots=True)
class LayerAsked:
    """A layer that is switched on. ``opacity`` is in percent."""

    layer: PublishedLayer
    opacity: int
    filter: LayerFilter

    @property
    def slug(self) -> str:
        return self.layer.slug


@dataclass(frozen=True, slots=True)
class MapAsked:
    """What is asked. ``unknown`` are the names of layers that are not published (any more).

    ``faults`` are sentences about parts of the address that cannot be used; the rest is shown.
    ``area`` is the id of a feature of the backdrop, such as a ward, or empty.
    """

    layers: tuple[LayerAsked, ...]
    unknown: tuple[str, ...]
    faults: tuple[str, ...]
    area: str
    has_basemap: bool


def read_map(query: QueryDict, layers: Mapping[str, PublishedLayer]) -> MapAsked:
    """Return what an address asks. Old or mistyped parts of it are said, never an error."""
    wanted = list(dict.fromkeys(query.getlist("layer")))[:MOST_LAYERS]
    faults: list[str] = []
    chosen = tuple(
        LayerAsked(
            layers[slug], _read_opacity(query, slug), read_filter(query, layers[slug], faults)
        )
        for slug in wanted
        if slug in layers
    )
    unknown = tuple(slug[:80] for slug in wanted if slug and slug not in layers)
    return MapAsked(
        chosen,
        unknown,
        tuple(faults),
        area=str(query.get("area", ""))[:200],
        has_basemap=query.get("basemap") != "off",
    )


def _read_opacity(query: QueryDict, slug: str) -> int:
    text = query.get(f"opacity.{slug}", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return _MOST_OPACITY
    return min(max(int(text), _LEAST_OPACITY), _MOST_OPACITY)
