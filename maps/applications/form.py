"""The search form: what can be chosen, with how many there are of each, and what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from maps.applications.asked import Asked, describe_distances
from maps.applications.periods import describe_choices
from maps.planning_nearby import describe_status
from planning.applications.columns import WARD, wards_of
from planning.applications.register import CHOSEN, DECISION, STATUS, Register
from planning.applications.results import choices_of
from planning.applications.search import NOT_SAID

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A field to choose in. ``value`` is what is chosen, empty for anything."""

    name: str
    label: str
    options: list[Option]
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What the form shows. Spans of time and distances are the same for every register."""

    chosen: list[Choice]
    ward: Choice | None
    within: Choice
    received: Choice
    decided: Choice | None
    sort: Choice
    layer: Choice | None


def describe_form(asked: Asked, register: Register) -> SearchForm:
    """Return the form of a register, filled in as it was asked."""
    counts = choices_of(register, asked.wards)
    wards = asked.wards and _ward_options(asked, counts.by.get(WARD, {}))
    return SearchForm(
        chosen=[
            _choice(asked, name, field.title, _options(name, counts.by[name]))
            for name in CHOSEN
            if (field := register.field(name)) is not None
        ],
        ward=_choice(asked, "ward", _("Ward"), wards) if wards else None,
        within=_choice(asked, "within", _("Within"), describe_distances(), str(asked.within_m)),
        received=_choice(asked, "received", _("Received"), describe_choices()),
        decided=_choice(asked, "decided", _("Decided"), describe_choices())
        if register.decided_on
        else None,
        sort=_choice(asked, "sort", _("Sort by"), _sorts(register), asked.sort),
        layer=_choice(asked, "layer", _("Register"), _registers(asked), register.layer.slug)
        if len(asked.registers) > 1
        else None,
    )


def _choice(
    asked: Asked, name: str, label: str, options: list[Option], value: str | None = None
) -> Choice:
    value = asked.values.get(name, "") if value is None else value
    if value and value not in dict(options) and name not in asked.errors:
        # A saved search may ask for what the data no longer has: it finds nothing, and says so.
        options = [*options, (value, f"{value} (0)")]
    return Choice(name, label, options, value, asked.errors.get(name, ""))


def _options(name: str, counts: Mapping[str | None, int]) -> list[Option]:
    known = sorted((value for value in counts if value is not None), key=str.casefold)
    options = [(value, f"{_words(name, value)} ({_number(counts[value])})") for value in known]
    if None in counts:
        nothing = _("None yet, or not said") if name == DECISION else _("Not said")
        options.append((NOT_SAID, f"{nothing} ({_number(counts[None])})"))
    return options


def _words(name: str, value: str) -> str:
    """Return a value in words; two statuses of the same words stay apart by the data's own."""
    words = describe_status(value) if name == STATUS else value
    return words if words == value else f"{words}: {value}"


def _ward_options(asked: Asked, counts: Mapping[str | None, int]) -> list[Option]:
    assert asked.wards is not None  # only asked for where there are some
    wards = sorted(wards_of(asked.wards), key=lambda ward: ward.name.casefold())
    return [(ward.fid, f"{ward.name} ({_number(counts.get(ward.fid, 0))})") for ward in wards]


def _sorts(register: Register) -> list[Option]:
    sorts = [("newest", _("Newest first"))]
    if register.decided_on:
        sorts.append(("decided", _("Latest decision first")))
    sorts.append(("nearest", _("Nearest first")))
    if register.reference:
        sorts.append(("reference", _("Reference")))
    return sorts


def _registers(asked: Asked) -> list[Option]:
    return [(each.layer.slug, each.layer.title) for each in asked.registers]


def _number(number: int) -> str:
    return str(number_format(number, use_l10n=True, force_grouping=True))
