"""The layers that an answer came from, for its licences."""

from layers.query.registry import PublishedLayer, find_layers
from waste.collection import PlaceCollections


def layers_used(found: PlaceCollections) -> tuple[PublishedLayer, ...]:
    """Return the layers that ``found`` names, in page order, as they are now."""
    return tuple(find_layers(found.layers))
