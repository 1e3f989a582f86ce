"""The features of a layer as an exported map holds them: whole, and with how they are drawn."""

from dataclasses import dataclass
from typing import Any

from layers.query.bodies import items_body
from layers.query.filters import compile_filter
from layers.query.legend import Swatch, legend_of
from layers.query.order import Page
from layers.query.reference_systems import CRS84
from layers.query.registry import PublishedLayer
from layers.query.selection import Selection
from layers.query.symbology import symbology_of
from maps.web_map.drawn_layer import describe_scale

_READ_AT_ONCE = 1000


class MapTooLarge(Exception):
    """The features of a map are more than one file should hold."""


@dataclass(frozen=True, slots=True)
class ExportedLayer:
    """A layer in a file. ``features`` are GeoJSON features joined by commas, WGS 84."""

    layer: PublishedLayer
    count: int
    features: bytes

    @property
    def legend(self) -> list[Swatch]:
        return legend_of(self.layer)

    @property
    def scale(self) -> str:
        return describe_scale(self.layer)

    def settings(self, name: str) -> dict[str, Any]:
        """Return what the script needs to draw it from the element called ``name``."""
        return {
            "data": name,
            "title": self.layer.title,
            "titleField": self.layer.title_field,
            "fields": [[field.name, field.title] for field in self.layer.fields],
            "symbology": symbology_of(self.layer).as_settings(),
        }


def read_layer(layer: PublishedLayer, where: str, *, most_bytes: int) -> ExportedLayer:
    """Return a layer's features, or those that a filter in CQL2 text leaves.

    Raises
    ------
    FilterInvalid
        The filter cannot be read, or asks what the layer cannot answer.
    MapTooLarge
        There are more than ``most_bytes`` of them.
    """
    condition = compile_filter(where, "cql2-text", CRS84.uri, layer) if where else None
    selection = Selection(filter=condition)
    parts: list[bytes] = []
    count, size, after = 0, 0, 0
    while True:
        body = items_body(layer, selection, Page(_READ_AT_ONCE, after))
        count, size = count + body.count, size + len(body.features)
        if size > most_bytes:
            raise MapTooLarge(
                f"“{layer.title}” has more than fits: {count:,} of its features take "
                f"{size / 1e6:.1f} MB, and {most_bytes / 1e6:.1f} MB are left. Leave some out "
                "with --where, export fewer layers, or allow a larger file with --most-mb."
            )
        if body.features:
            parts.append(body.features)
        if body.next_after is None:
            return ExportedLayer(layer, count, b",".join(parts))
        after = body.next_after
