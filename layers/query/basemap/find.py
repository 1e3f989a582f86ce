"""Which published layers make the basemap."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from layers.query.basemap.parts import PARTS, ROLES, Part
from layers.query.registry import Box, PublishedLayer, Standing, standing_layers

# Whatever changes the bytes of a tile of the same editions changes this.
_VERSION = 1


@dataclass(frozen=True, slots=True)
class BasemapPart:
    """A part with the layers that it is drawn from, in page order."""

    part: Part
    layers: tuple[PublishedLayer, ...]


@dataclass(frozen=True, slots=True)
class Basemap:
    """The parts that there are, in drawing order. ``digest`` is another for other tiles.

    ``attributions`` are what has to be said beside the map, each once. ``extent_4326`` is the
    box around all of it.
    """

    parts: tuple[BasemapPart, ...]
    digest: str
    attributions: tuple[str, ...]
    extent_4326: Box

    @property
    def layers(self) -> Iterator[PublishedLayer]:
        """Every layer that takes part."""
        return (layer for each in self.parts for layer in each.layers)


def is_basemap(layer: PublishedLayer) -> bool:
    """Return whether a layer is drawn under every map."""
    return layer.role in ROLES


def find_basemap(standing: Standing | None = None) -> Basemap | None:
    """Return what the published layers make, or None where there is nothing to draw.

    Layers that are not public take no part: anybody may ask for a tile.
    """
    layers = (standing or standing_layers()).public.values()
    parts = tuple(
        BasemapPart(part, found)
        for part in PARTS
        if (found := tuple(each for each in layers if each.role == part.role and each.extent_4326))
    )
    if not parts:
        return None
    taking_part = [layer for each in parts for layer in each.layers]
    return Basemap(
        parts=parts,
        digest=_digest(taking_part),
        attributions=tuple(dict.fromkeys(layer.attribution for layer in taking_part)),
        extent_4326=_around([layer.extent_4326 for layer in taking_part if layer.extent_4326]),
    )


def _digest(layers: list[PublishedLayer]) -> str:
    """Return what changes whenever a tile may: another database may number its editions alike."""
    known = [(each.slug, each.role, each.edition_id, each.published_at) for each in layers]
    said = [[field.name for field in each.fields] for each in layers]
    words = repr((_VERSION, PARTS, known, said))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _around(boxes: list[Box]) -> Box:
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
