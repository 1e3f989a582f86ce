"""The layers that an answer came from, for its licences."""

from layers.query.registry import PublishedLayer, layers_for_roles
from waste.collection import PlaceCollections
from waste.roles import OURS


def layers_used(found: PlaceCollections) -> tuple[PublishedLayer, ...]:
    """Return the public layers that ``found`` names, in its order, as they are now."""
    layers = {layer.slug: layer for layer in layers_for_roles(OURS)}
    return tuple(layers[slug] for slug in found.layers if slug in layers)
