"""What the catalogue says about a layer."""

from django.conf import settings

from importers.catalogue.entries import LayerEntry
from importers.catalogue.load import load_catalogue
from importers.errors import CatalogueInvalid
from layers.models import Layer


def entry_of(layer: Layer) -> LayerEntry | None:
    """Return the layer's catalogue entry; None where it has none, or the catalogue is wrong."""
    try:
        return load_catalogue(settings.CATALOGUE_DIR / settings.COUNCIL).layers.get(layer.slug)
    except CatalogueInvalid:
        return None


def catalogue_address(entry: LayerEntry | None) -> str:
    """Return the address that the layer is fetched from, or nothing where it has none."""
    fetch = entry.source.fetch if entry else None
    return fetch.address if fetch else ""
