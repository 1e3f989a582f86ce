"""A place's bins in the words of a page: what goes next, what moved, and what is not known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gazetteer.query import Place
from maps.bin_marks import Mark, marks_of
from waste.collection import (
    Collection,
    Notice,
    NotKnown,
    PlaceCollections,
    Service,
    ServiceCollections,
    State,
)
from waste.query import collections_at
from waste.words import (
    calendar_ends,
    change_words,
    day_words,
    missing_rounds_words,
    not_known_words,
    put_out_words,
    service_words,
)

# Far enough for whatever goes every four weeks, and to announce what a holiday moves.
SECTION_DAYS = 92
_FOLLOWING_DAYS = 56


@dataclass(frozen=True, slots=True)
class BinDay:
    """One collection. ``day`` is “Thursday 3 December”, and ``on`` the same as a date.

    Where it is suspended, they are the day that it was planned for. ``change`` says what became
    of it and why, and is empty for one that goes as planned.
    """

    service: str
    mark: Mark
    day: str
    on: date
    is_suspended: bool
    change: str
    put_out: str


@dataclass(frozen=True, slots=True)
class DayOfBins:
    """Everything of one day."""

    day: str
    on: date
    bins: tuple[BinDay, ...]


@dataclass(frozen=True, slots=True)
class BinsSection:
    """What `templates/maps/my_area/_bins.html` shows of one place.

    ``sentence`` is for the page's summary: “Your recycling goes on Thursday 3 December.” It is
    empty where nothing is known. ``days`` are the next collection of each service and whatever is
    suspended before it, by day. ``not_known`` says why there are none, and ``gaps`` what else
    is not known, such as the days after a calendar ends.

    ``bins_path`` is the page with all dates, for an address; ``addresses_path`` where to choose
    one, for a postcode that several rounds serve; each is empty otherwise. ``layers`` are the
    slugs of the layers that this came from, for the page's sources.
    """

    sentence: str
    days: tuple[BinDay, ...]
    notices: tuple[Notice, ...]
    not_known: str
    gaps: tuple[str, ...]
    bins_path: str
    addresses_path: str
    layers: tuple[str, ...]
    as_of: date | None


def describe_bins(place: Place, today: date) -> BinsSection:
    """Return what is known of a place's collections from ``today`` on.

    Three statements, however long the calendar.
    """
    last = today + timedelta(days=SECTION_DAYS)
    return describe_collections(collections_at(place, today, last), place, today, last)


def describe_collections(
    found: PlaceCollections, place: Place, today: date, last: date
) -> BinsSection:
    """Return what is known of a place's collections from ``today`` on, in words.

    ``found`` reaches to ``last``, and may begin before ``today``.
    """
    upcoming = [_upcoming(service, today) for service in found.services]
    return BinsSection(
        sentence=_sentence([each[-1] for each in upcoming if each and _goes(each[-1])], today),
        days=bin_days(
            (each for some in upcoming for each in some),
            _marks(found),
            today,
        ),
        notices=found.notices,
        not_known=not_known_words(found.not_known) if found.not_known else "",
        gaps=(
            *_missing_rounds(found),
            *calendar_ends(found.services, last).values(),
            *_none_planned(found.services, today, last),
        ),
        bins_path=_bins_path(place),
        addresses_path=_addresses_path(found, place),
        layers=found.layers,
        as_of=found.as_of,
    )


def following_days(found: PlaceCollections, today: date) -> tuple[DayOfBins, ...]:
    """Return what goes on each day of the next weeks, or is called off."""
    last = today + timedelta(days=_FOLLOWING_DAYS)
    days = bin_days(
        (each for each in _collections(found) if today <= each.day <= last), _marks(found), today
    )
    return tuple(
        DayOfBins(day=bins[0].day, on=on, bins=bins)
        for on, group in groupby(days, key=attrgetter("on"))
        if (bins := tuple(group))
    )


def coming_changes(
    found: PlaceCollections, shown: Sequence[BinDay], today: date
) -> tuple[BinDay, ...]:
    """Return what does not go as planned, beyond what is ``shown`` already."""
    changed = (
        each for each in _collections(found) if each.state != State.DUE and each.day >= today
    )
    return tuple(day for day in bin_days(changed, _marks(found), today) if day not in shown)


def bin_days(
    collections: Iterable[Collection], marks: Mapping[Service, Mark], today: date
) -> tuple[BinDay, ...]:
    """Return collections in words, by day."""
    days = [
        BinDay(
            service=service_words(each.service),
            mark=marks[each.service],
            day=day_words(each.day, today),
            on=each.day,
            is_suspended=each.state == State.SUSPENDED,
            change=change_words(each, today),
            put_out=put_out_words(each.service),
        )
        for each in collections
    ]
    return tuple(sorted(days, key=lambda day: (day.on, day.service)))


def _collections(found: PlaceCollections) -> Iterator[Collection]:
    for service in found.services:
        yield from service.collections


def _marks(found: PlaceCollections) -> dict[Service, Mark]:
    return marks_of(each.service for each in found.services)


def _goes(collection: Collection) -> bool:
    return collection.state != State.SUSPENDED


def _upcoming(service: ServiceCollections, today: date) -> list[Collection]:
    """Return what is suspended before the next collection of a service, and that collection."""
    shown: list[Collection] = []
    for each in sorted(service.collections, key=attrgetter("day")):
        if each.day < today:
            continue
        shown.append(each)
        if _goes(each):
            break
    return shown


def _sentence(following: Sequence[Collection], today: date) -> str:
    """Return what goes on the first day that anything goes."""
    if not following:
        return ""
    day = min(each.day for each in following)
    first = [each for each in following if each.day == day]
    names = dict.fromkeys(_within_sentence(each.service.name) for each in first)
    said = ngettext(
        "Your %(services)s goes %(when)s.", "Your %(services)s go %(when)s.", len(names)
    )
    return said % {"services": get_text_list(list(names), _("and")), "when": _when(first, today)}


def _when(collections: Sequence[Collection], today: date) -> str:
    day = collections[0].day
    words = {"day": day_words(day, today)}
    if day == today:
        when = _("today, %(day)s") % words
    elif day == today + timedelta(days=1):
        when = _("tomorrow, %(day)s") % words
    else:
        when = _("on %(day)s") % words
    planned = {each.planned_on for each in collections}
    if len(planned) == 1 and day not in planned:
        when = _("%(when)s instead of %(day)s") % {
            "when": when,
            "day": day_words(planned.pop(), today),
        }
    return when


def _within_sentence(name: str) -> str:
    """Return a service's name as it stands inside a sentence: “recycling”, but “DIY waste”."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


def _none_planned(
    services: Iterable[ServiceCollections], today: date, last: date
) -> tuple[str, ...]:
    return tuple(
        _("No collection of %(service)s is planned before %(day)s.")
        % {"service": service_words(each.service), "day": day_words(last, today)}
        for each in services
        if not each.collections and (each.known_until is None or each.known_until >= last)
    )


def _missing_rounds(found: PlaceCollections) -> tuple[str, ...]:
    return (missing_rounds_words(found.missing_rounds),) if found.missing_rounds else ()


def _bins_path(place: Place) -> str:
    return reverse("maps:bins", args=[place.uprn]) if place.uprn else ""


def _addresses_path(found: PlaceCollections, place: Place) -> str:
    if found.not_known != NotKnown.SEVERAL_ROUNDS or place.kind != "postcode":
        return ""
    return f"{reverse('maps:area', args=[place.slug])}/addresses"
