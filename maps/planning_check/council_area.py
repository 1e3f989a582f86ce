"""How far the council's area reaches: sites outside it are not checked here."""

from django.conf import settings

from layers.models import Organisation
from planning.boundary import Extent


def council_extent() -> Extent | None:
    """Return west, south, east, north in EPSG:27700 metres, or None while no council is set up."""
    organisation = Organisation.objects.using("read").filter(slug=settings.COUNCIL).first()
    if organisation is None:
        return None
    west, south, east, north = organisation.extent_27700
    return west, south, east, north
