"""What a search leads to: one place, some to choose from, or words on what to try."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gazetteer.query import Place, addresses_of_street, find_place, read_postcode, search_places
from layers.errors import NotFound

_LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Leads:
    """There is one such place; its page's address ends in ``slug``."""

    slug: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Several places may be meant. ``are_other_numbers``: none has the number asked for."""

    text: str
    places: list[Place]
    are_other_numbers: bool


@dataclass(frozen=True, slots=True)
class NothingFound:
    """There is none; ``error`` says so. ``text`` is what was asked for, to be corrected."""

    text: str
    error: str


def search_place(text: str) -> Leads | Choice | NothingFound:
    """Return what ``text``, as somebody typed it, leads to."""
    text = text.replace("\x00", "").strip()[:_LONGEST_SEARCH]
    if not text:
        return NothingFound(text, _("Enter a postcode, street or address"))
    postcode = read_postcode(text)
    if postcode:
        return _search_postcode(postcode)
    places = search_places(text)
    if len(places) == 1 and places[0].slug:
        return Leads(places[0].slug)
    others = [] if places else addresses_of_street(text)
    if not (places or others):
        return NothingFound(text, _("We found no place called “%(text)s”") % {"text": text})
    return Choice(text, places or others, are_other_numbers=bool(others))


def slug_of(postcode: str) -> str:
    """Return how a postcode stands in the address of its page."""
    return postcode.replace(" ", "")


def _search_postcode(postcode: str) -> Leads | NothingFound:
    try:
        find_place(slug_of(postcode))
    except NotFound:
        error = _("We do not know the postcode %(postcode)s") % {"postcode": postcode}
        return NothingFound(postcode, error)
    return Leads(slug_of(postcode))
