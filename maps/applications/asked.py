"""What an address of the search asks for, read field by field, with what is wrong beside each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, cast, get_args

from django.utils.translation import gettext as _

from gazetteer.query import Place, find_place
from layers.errors import NotFound
from layers.query.area import find_area
from layers.query.registry import PublishedLayer, standing_layers
from layers.query.selection import Area, Circle
from maps.applications.drawn_area import read_corners
from maps.applications.periods import read_days
from maps.distances import describe_length
from maps.planning_nearby import RADII_M, USUAL_RADIUS_M
from planning.applications.register import CHOSEN, Register, find_registers
from planning.applications.results import Order
from planning.applications.search import ApplicationSearch

SORTS: tuple[Order, ...] = get_args(Order)
DISTANCES_M = (*RADII_M, 5000)
# What narrows a search, in the order of its form; `layer` says in which register.
NARROWING = (
    "q", "reference", *CHOSEN, "received", "received_from", "received_to", "decided",
    "decided_from", "decided_to", "ward", "near", "within", "shape",
)  # fmt: skip
PARAMETERS = ("layer", *NARROWING, "sort")
PAGING = ("after", "seen")
_LONGEST = {"shape": 2000}
_LONGEST_USUAL = 200
_LONGEST_ID = 18


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as its address says it.

    ``values`` are the parameters as they were given, without empty ones; ``errors`` what is wrong,
    by parameter. ``register`` is None where no layer of applications is published. ``after`` is
    the id that the page goes on from, ``seen`` how many came before.
    """

    values: dict[str, str]
    register: Register | None
    registers: tuple[Register, ...]
    wards: PublishedLayer | None
    search: ApplicationSearch = ApplicationSearch()
    place: Place | None = None
    within_m: int = USUAL_RADIUS_M
    sort: Order = "newest"
    after: int = 0
    seen: int = 0
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        return any(name in self.values for name in NARROWING if name != "within")

    @property
    def has_more_than_words(self) -> bool:
        """Whether something is asked that the folded part of the form shows."""
        return any(name in self.values for name in NARROWING if name not in ("within", "q"))


class _Reader:
    """Reads one parameter after another, and notes what is wrong instead of stopping."""

    def __init__(self, query: Mapping[str, Any], today: date) -> None:
        self.errors: dict[str, str] = {}
        self.today = today
        self.values = {
            name: text for name in (*PARAMETERS, *PAGING) if (text := _text(query, name))
        }
        for name in query:
            if name not in (*PARAMETERS, *PAGING):
                self.errors[name[:60]] = _("“%(name)s” is not known here.") % {"name": name[:60]}
        for name, text in self.values.items():
            most = _LONGEST.get(name, _LONGEST_USUAL)
            if len(text) > most:
                self.errors[name] = _("Enter at most %(most)s characters") % {"most": most}

    def note(self, name: str, error: str) -> None:
        self.errors.setdefault(name, error)

    def number(self, name: str) -> int:
        text = self.values.get(name, "0")
        if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID:
            return int(text)
        self.note(name, _("This page of the list is not known. Start at its beginning."))
        return 0

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        text = self.values.get(name, "")
        if text and text not in choices:
            self.note(name, _("Choose one from the list"))
            return ""
        return text


def read_asked(query: Mapping[str, Any], today: date) -> Asked:
    """Return what a query of an address, or a posted form, asks for."""
    reader = _Reader(query, today)
    registers = find_registers()
    standing = standing_layers()
    register = _read_register(reader, registers)
    wards = next((each for each in standing.by_role.get("ward", ()) if each.is_public), None)
    place, within_m = _read_place(reader)
    return Asked(
        values=reader.values,
        register=register,
        registers=registers,
        wards=wards,
        search=_read_search(reader, wards, place, within_m),
        place=place,
        within_m=within_m,
        sort=_read_sort(reader, place),
        after=reader.number("after"),
        seen=reader.number("seen"),
        errors=reader.errors,
    )


def _read_search(
    reader: _Reader, wards: PublishedLayer | None, place: Place | None, within_m: int
) -> ApplicationSearch:
    values = reader.values
    days = partial(read_days, values, note=reader.note, today=reader.today)
    return ApplicationSearch(
        words=values.get("q", ""),
        reference=values.get("reference", ""),
        values={name: values[name] for name in CHOSEN if name in values},
        received=days("received"),
        decided=days("decided"),
        ward=_read_ward(reader, wards),
        circle=Circle(place.easting, place.northing, within_m) if place else None,
        shape=read_corners(values.get("shape", ""), reader.note),
    )


def _read_register(reader: _Reader, registers: tuple[Register, ...]) -> Register | None:
    slug = reader.values.get("layer", "")
    for register in registers:
        if slug in ("", register.layer.slug):
            return register
    if registers:
        reader.note("layer", _("Choose one from the list"))
        return registers[0]
    return None


def _read_ward(reader: _Reader, wards: PublishedLayer | None) -> Area | None:
    fid = reader.values.get("ward", "")
    if not fid:
        return None
    try:
        if wards is not None:
            return find_area(wards.slug, fid)
    except NotFound:
        pass
    reader.note("ward", _("We do not know this ward. Choose one from the list"))
    return None


def _read_place(reader: _Reader) -> tuple[Place | None, int]:
    metres = tuple(str(each) for each in DISTANCES_M)
    within_m = int(reader.choice("within", metres) or USUAL_RADIUS_M)
    slug = reader.values.get("near", "")
    if not slug:
        return None, within_m
    try:
        return find_place(slug), within_m
    except NotFound:
        reader.note("near", _("We do not know this place. Enter a postcode, street or address"))
        return None, within_m


def _read_sort(reader: _Reader, place: Place | None) -> Order:
    sort = cast(Order, reader.choice("sort", SORTS) or "newest")
    if sort == "nearest" and place is None and "near" not in reader.errors:
        reader.note("sort", _("Enter a place as well: nearest to what?"))
    return sort


def _text(query: Mapping[str, Any], name: str) -> str:
    return str(query.get(name, "")).replace("\0", "").strip()


def describe_distances() -> list[tuple[str, str]]:
    """Return what distances there are to choose from, and their words."""
    return [(str(metres), describe_length(metres)) for metres in DISTANCES_M]
