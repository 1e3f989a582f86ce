"""Whose pages these are, for every template."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from layers.models import Layer, Organisation
from layers.query.registry import standing_layers


@dataclass(frozen=True, slots=True)
class Council:
    """The council as pages name it.

    The colours are hex, or empty for the service's own. ``made_up`` are the titles of
    published layers that are made up, ``real`` those of all others.
    ``missed_bin`` is where to report one, or empty. The examples are what somebody may search
    for, or empty.
    """

    name: str
    place: str
    service_name: str
    website: str
    colour: str
    text_colour: str
    made_up: tuple[str, ...]
    real: tuple[str, ...]
    missed_bin: str = ""
    example_postcode: str = ""
    example_street: str = ""

    @property
    def is_all_made_up(self) -> bool:
        return not self.real

    @property
    def is_mostly_made_up(self) -> bool:
        return len(self.made_up) > len(self.real)


def council(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``council``, or None while no council is set up."""
    return {"council": read_council()}


# By what the digest of layers and council was, and the language.
_remembered: tuple[tuple[str, str, str | None], Council | None] | None = None


def read_council() -> Council | None:
    """Return the council: read anew only when it, or a layer, has changed since."""
    global _remembered
    key = (standing_layers().digest, settings.COUNCIL, get_language())
    known = _remembered
    if known is None or known[0] != key:
        known = _remembered = (key, _read_council())
    return known[1]


def _read_council() -> Council | None:
    organisation = Organisation.objects.using("read").filter(slug=settings.COUNCIL).first()
    if organisation is None:
        return None
    brand = organisation.brand
    published = list(
        Layer.objects.using("read")
        .filter(organisation=organisation, published_edition__isnull=False)
        .values_list("title", "published_edition__is_sample")
    )
    return Council(
        name=organisation.name,
        place=brand.get("place", organisation.name),
        service_name=brand.get("service_name", _("Council Maps")),
        website=organisation.website,
        colour=brand.get("colour", ""),
        text_colour=brand.get("text_colour", ""),
        made_up=tuple(title for title, is_sample in published if is_sample),
        real=tuple(title for title, is_sample in published if not is_sample),
        missed_bin=brand.get("missed_bin", ""),
        example_postcode=brand.get("example_postcode", ""),
        example_street=brand.get("example_street", ""),
    )
