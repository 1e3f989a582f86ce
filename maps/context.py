"""Whose pages these are, for every template."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext as _

from layers.models import Layer, Organisation


@dataclass(frozen=True, slots=True)
class Council:
    """The council as pages name it.

    The colours are hex, or empty for the service's own. ``is_sample``: some of what is
    published is made up.
    """

    name: str
    place: str
    service_name: str
    website: str
    colour: str
    text_colour: str
    is_sample: bool


def council(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``council``, or None while no council is set up."""
    return {"council": read_council()}


def read_council() -> Council | None:
    has_sample = Exists(
        Layer.objects.filter(organisation=OuterRef("pk"), published_edition__is_sample=True)
    )
    organisation = (
        Organisation.objects.using("read")
        .filter(slug=settings.COUNCIL)
        .annotate(has_sample=has_sample)
        .first()
    )
    if organisation is None:
        return None
    brand = organisation.brand
    return Council(
        name=organisation.name,
        place=brand.get("place", organisation.name),
        service_name=brand.get("service_name", _("Council Maps")),
        website=organisation.website,
        colour=brand.get("colour", ""),
        text_colour=brand.get("text_colour", ""),
        is_sample=organisation.has_sample,
    )
