"""The calendar around the events, as the bytes of an .ics file."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar

from waste.calendar.asked import Asked
from waste.calendar.events import events_of
from waste.collection import PlaceCollections

# Twice a day finds out in the evening what a snowy morning moved.
_ASK_AGAIN_AFTER = timedelta(hours=12)


def calendar_file(found: PlaceCollections, asked: Asked, attributions: Iterable[str] = ()) -> bytes:
    """Return a calendar as UTF-8 with CRLF, in lines of 75 octets at most.

    It has no METHOD: a PUBLISH would need an organizer for each event (RFC 5546 section 3.2.1),
    and nothing is sent to anybody. Its names say nothing of the address.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Council Maps//Bin collections//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _("Bin collections"))
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", _ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    if said := " ".join(attributions):
        for name in ("description", "x-wr-caldesc"):
            calendar.add(name, said)
    for event in events_of(found, asked):
        calendar.add_component(event)
    return calendar.to_ical(sorted=False)
