"""What a search leads to: one place, some to choose from, or words on what to try."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gazetteer.query import (
    MOST_PLACES,
    Place,
    addresses_of_street,
    find_place,
    is_case_reference,
    is_elsewhere,
    is_postcode_beginning,
    read_postcode,
    search_places,
    suggest_places,
)
from layers.errors import NotFound
from maps.applications.addresses import address_of
from planning.applications.register import find_registers

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
    are_other_numbers: bool = False

    @property
    def are_cut(self) -> bool:
        """There may be more of them than are listed."""
        return len(self.places) >= MOST_PLACES

    @property
    def are_near(self) -> bool:
        """Nothing is written just as it was asked for."""
        return not any(place.is_exact for place in self.places)

    @property
    def groups(self) -> dict[str, list[Place]]:
        """The places of each sort under its name, that of the best first."""
        groups: dict[str, list[Place]] = {}
        for place in self.places:
            groups.setdefault(_group_of(place), []).append(place)
        return groups


@dataclass(frozen=True, slots=True)
class NothingFound:
    """There is none; ``error`` says so. ``text`` is what was asked for, to be corrected.

    ``applications`` is the address at which planning applications of that reference are listed,
    where it looks like one and the council publishes them.
    """

    text: str
    error: str
    applications: str = ""


Answer = Leads | Choice | NothingFound


def search_place(text: str) -> Answer:
    """Return what ``text``, as somebody typed it, leads to."""
    text = text.replace("\x00", "").strip()[:_LONGEST_SEARCH]
    if not text:
        return NothingFound(text, _("Enter a postcode, street or address"))
    postcode = read_postcode(text)
    if postcode:
        return _search_postcode(postcode)
    if is_elsewhere(text):
        return NothingFound(text, _postcode_unknown(text))
    if is_case_reference(text):
        return _refuse_case(text)
    return _search_names(text)


def slug_of(postcode: str) -> str:
    """Return how a postcode stands in the address of its page."""
    return postcode.replace(" ", "")


def _search_postcode(postcode: str) -> Answer:
    try:
        place = find_place(slug_of(postcode))
    except NotFound:
        return NothingFound(postcode, _postcode_unknown(postcode))
    return Choice(postcode, [place]) if place.ended_on else Leads(place.slug)


def _search_names(text: str) -> Answer:
    places = search_places(text)
    # Nobody is sent to what may be another place than they meant.
    if len(places) == 1 and places[0].is_exact:
        return Leads(places[0].slug)
    if places:
        return Choice(text, places)
    others = addresses_of_street(text)
    if others:
        return Choice(text, others, are_other_numbers=True)
    near = suggest_places(text)
    return Choice(text, near) if near else NothingFound(text, _nothing_found(text))


def _refuse_case(text: str) -> NothingFound:
    register = next(iter(find_registers()), None)
    if register is None or not register.reference:
        return NothingFound(text, _nothing_found(text))
    error = _("“%(text)s” looks like the reference of a planning application, not like a place")
    return NothingFound(text, error % {"text": text}, address_of("", {}, reference=text))


def _postcode_unknown(postcode: str) -> str:
    texts = {
        "crown-dependency": _(
            "%(postcode)s is in Jersey, Guernsey or the Isle of Man, which no UK council covers"
        ),
        "northern-ireland": _("%(postcode)s is in Northern Ireland, which we do not cover"),
        "forces": _("%(postcode)s is a forces (BFPO) postcode, which is no place on our map"),
        "giro": _("%(postcode)s was a bank’s own postcode, which is no place on our map"),
    }
    text = texts.get(is_elsewhere(postcode) or "", _("We do not know the postcode %(postcode)s"))
    return text % {"postcode": postcode}


def _nothing_found(text: str) -> str:
    if is_postcode_beginning(text):
        part_of_one = _("Enter a full UK postcode: “%(text)s” is a part of one")
        return part_of_one % {"text": text}
    return _("We found no place called “%(text)s”") % {"text": text}


def _group_of(place: Place) -> str:
    return {
        "address": _("Addresses"),
        "property": _("Addresses"),
        "street": _("Streets"),
        "place": _("Places"),
        "ward": _("Wards"),
        "grid-reference": _("Positions"),
    }.get(place.kind, _("Postcodes"))
