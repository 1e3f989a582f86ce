"""One event for each collection, and one for each thing that is not known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import category

from django.utils.translation import gettext as _
from icalendar import Alarm, Event

from waste.calendar.asked import Asked
from waste.calendar.identity import event_uid, remark_uid
from waste.collection import Collection, Notice, PlaceCollections, State
from waste.words import (
    calendar_ends,
    change_words,
    day_words,
    missing_rounds_words,
    not_known_words,
    put_out_words,
    service_words,
)

# Seconds since then number the revisions: a SEQUENCE has 31 bits.
_REVISIONS_SINCE = datetime(2020, 1, 1, tzinfo=UTC)
_A_DAY = timedelta(days=1)


def events_of(found: PlaceCollections, asked: Asked) -> Iterator[Event]:
    """Give the events of a calendar by service: never none, as RFC 5545 asks."""
    some = False
    for service in found.services:
        for collection in service.collections:
            some = True
            yield _collection_event(collection, found.notices, asked)
    for remark in _remarks(found, asked):
        some = True
        yield remark
    if not some:
        yield _remark(asked, "none", asked.week, _("No bin collection is planned"), "")


def _collection_event(collection: Collection, notices: tuple[Notice, ...], asked: Asked) -> Event:
    is_off = collection.state == State.SUSPENDED
    words = [
        change_words(collection, asked.week),
        "" if is_off else put_out_words(collection.service),
        *(
            f"{notice.title}: {notice.text}"
            for notice in notices
            if _covers(notice, collection.day)
        ),
    ]
    event = _event(asked, event_uid(asked.uprn, collection), collection.day)
    event.add("summary", _text(_summary(collection, asked.week)))
    if description := "\n".join(filter(None, words)):
        event.add("description", _text(description))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if asked.alarm and not is_off:
        event.add_component(_alarm(collection, asked.alarm))
    return event


def _summary(collection: Collection, today: date) -> str:
    service = service_words(collection.service)
    match collection.state:
        case State.SUSPENDED:
            said = _("No collection: %(service)s") % {"service": service}
            return f"{said}. {collection.reason}" if collection.reason else said
        case State.MOVED:
            day = day_words(collection.planned_on, today)
            return _("%(service)s, moved from %(day)s") % {"service": service, "day": day}
        case _:
            return service


def _remarks(found: PlaceCollections, asked: Asked) -> Iterator[Event]:
    """Give what the calendar cannot say: days without events would look like none planned."""
    if found.not_known:
        why = not_known_words(found.not_known)
        yield _remark(asked, "not-known", asked.week, _("Bin days not known"), why)
    if found.missing_rounds:
        why = missing_rounds_words(found.missing_rounds)
        yield _remark(asked, "missing", asked.week, _("Some bin days not known"), why)
    for end, why in calendar_ends(found.services, asked.last).items():
        day = max(end + _A_DAY, asked.first)
        yield _remark(asked, f"end {end}", day, _("No bin days known from here on"), why)


def _remark(asked: Asked, subject: str, day: date, summary: str, why: str) -> Event:
    event = _event(asked, remark_uid(asked.uprn, subject), day)
    event.add("summary", _text(summary))
    if why:
        event.add("description", _text(why))
    return event


def _event(asked: Asked, uid: str, day: date) -> Event:
    """Return an event of a whole day. Its end, as of all events, is no part of it."""
    event = Event()
    event.add("uid", uid)
    # Without a METHOD these are the same (RFC 5545 section 3.8.7.2).
    event.add("dtstamp", asked.changed_at)
    event.add("last-modified", asked.changed_at)
    event.add("sequence", int((asked.changed_at - _REVISIONS_SINCE).total_seconds()))
    event.add("dtstart", day)
    event.add("dtend", day + _A_DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(collection: Collection, at: time) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(service_words(collection.service)))
    alarm.add("trigger", timedelta(hours=at.hour, minutes=at.minute) - _A_DAY)
    return alarm


def _covers(notice: Notice, day: date) -> bool:
    return (notice.starts_on or day) <= day <= (notice.ends_on or day)


def _text(words: str) -> str:
    """Return words without the control characters that no line of a calendar may have."""
    return "".join(sign for sign in words if sign == "\n" or category(sign) != "Cc")
