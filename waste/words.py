"""Collections in plain words: the same on pages, in the API and in calendars."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from waste.collection import Collection, NotKnown, Service, ServiceCollections, State


def service_words(service: Service) -> str:
    """Return what is taken, in the council's words: “Recycling (green bin)”."""
    if not service.container:
        return service.name
    return f"{service.name} ({service.container})"


def day_words(day: date, today: date) -> str:
    """Return “Thursday 3 December”, with the year where it is not that of ``today``."""
    return date_format(day, "l j F" if day.year == today.year else "l j F Y")


def change_words(collection: Collection, today: date) -> str:
    """Return what became of a collection that does not go as planned, and why; else nothing."""
    match collection.state:
        case State.MOVED:
            said = _("Moved from %(day)s") % {"day": day_words(collection.planned_on, today)}
        case State.SUSPENDED:
            said = _("Not collected on %(day)s") % {"day": day_words(collection.planned_on, today)}
        case _:
            return ""
    return _ended(f"{said}: {collection.reason}" if collection.reason else said)


def put_out_words(service: Service) -> str:
    """Return “Put it out by 6am.”, or nothing where the council does not say."""
    if not service.put_out_by:
        return ""
    return _ended(_("Put it out by %(time)s") % {"time": service.put_out_by})


def not_known_words(reason: NotKnown) -> str:
    """Return why nothing can be said about a place's collections, and what that does not mean."""
    match reason:
        case NotKnown.NOTHING_PUBLISHED:
            return _("We do not have the council's collection days yet.")
        case NotKnown.NO_ROUND:
            return _(
                "We do not know the collection days of this place: it is on none of the rounds "
                "that we have. That does not mean that nothing is collected."
            )
        case NotKnown.SEVERAL_ROUNDS:
            return _(
                "More than one collection round serves this place, and which one it is depends "
                "on the address."
            )
        case NotKnown.NEEDS_ADDRESS:
            return _(
                "Bin days depend on the address, and we cannot tell them for a place with many. "
                "Look up an address to see its own."
            )
        case NotKnown.OUTSIDE_COUNCIL:
            return _("This place is outside the council's area. Its own council collects there.")


def calendar_ends(services: Iterable[ServiceCollections], last: date) -> dict[date, str]:
    """Return each day before ``last`` after which something is not known, and what, in words."""
    services = tuple(services)
    ending: dict[date, list[str]] = {}
    for each in services:
        if each.known_until is not None and each.known_until < last:
            ending.setdefault(each.known_until, []).append(service_words(each.service))
    return {day: _end_words(day, ending[day], len(services)) for day in sorted(ending)}


def missing_rounds_words(rounds: Sequence[str]) -> str:
    """Return that nothing is known of some rounds that the council has a place on."""
    return _("The council says that this place is on %(rounds)s, whose days we do not have.") % {
        "rounds": get_text_list(list(rounds), _("and"))
    }


def _end_words(day: date, ending: list[str], services: int) -> str:
    if len(ending) == services:
        return _("We do not have the calendar after %(day)s.") % {"day": _date(day)}
    return _("We do not have the calendar of %(services)s after %(day)s.") % {
        "services": get_text_list(ending, _("and")),
        "day": _date(day),
    }


def _date(day: date) -> str:
    return date_format(day, "j F Y")


def _ended(sentence: str) -> str:
    """Return a sentence with the stop that words of a council's may or may not bring along."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
