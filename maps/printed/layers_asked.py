"""Which layers somebody wants on paper: the same parameters as the address of the map on screen.

What `maps.web_map.asked` reads; ``layers=a,b`` is understood as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from layers.query.condition import all_of
from layers.query.registry import PublishedLayer
from layers.query.symbology import mark_of
from maps.drawn import DrawnLayer
from maps.web_map.asked import LayerAsked, read_map

MOST_LAYERS = 20
_NO_GEOMETRY = "None"
# What an address says of layers besides their names.
KEPT_PREFIXES = ("opacity.", "where.", "since.", "until.")


@dataclass(frozen=True, slots=True)
class LayersAsked:
    """Layers in the order asked, the uppermost first, and what could not be understood."""

    layers: tuple[LayerAsked, ...]
    unknown: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def undermost_first(self) -> list[DrawnLayer]:
        """The same, as they are drawn."""
        return [_drawn(each) for each in reversed(self.layers)]


def read_layers(query: QueryDict, layers: Mapping[str, PublishedLayer]) -> LayersAsked:
    """Return what a form or an address asks."""
    said = query.copy()
    for text in said.getlist("layers"):
        for slug in text.split(","):
            said.appendlist("layer", slug.strip())
    asked = read_map(said, drawable_layers(layers))
    return LayersAsked(asked.layers, asked.unknown, asked.faults)


def drawable_layers(layers: Mapping[str, PublishedLayer]) -> dict[str, PublishedLayer]:
    """Return the layers that can be drawn, areas before lines before points."""
    order = ("area", "line", "point")
    found = [layer for layer in layers.values() if layer.geometry_type != _NO_GEOMETRY]
    found.sort(key=lambda layer: order.index(mark_of(layer.geometry_type)))
    return {layer.slug: layer for layer in found}


def _drawn(asked: LayerAsked) -> DrawnLayer:
    selection = asked.filter.selection(asked.layer)
    return DrawnLayer(
        asked.layer,
        opacity=asked.opacity / 100,
        condition=all_of(selection.conditions(asked.layer)),
        is_filtered=asked.filter.is_asked,
    )
