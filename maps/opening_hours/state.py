"""Open, closed or not known: what hours in OpenStreetMap's notation say of a moment."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, State

from maps.opening_hours.bank_holidays import (
    bank_holiday,
    is_in_calendar,
    write_out_holidays,
)

LONDON = ZoneInfo("Europe/London")
_END_OF_A_NIGHT = 5
_LONGEST_INTERVAL_DAYS = 366


@dataclass(frozen=True, slots=True)
class OpeningState:
    """Whether a place is open, in words. ``note`` says why that may not hold, or nothing."""

    kind: Literal["open", "closed", "unknown"]
    text: str
    note: str = ""


def state_at(notation: str | None, moment: datetime) -> OpeningState:
    """Return what the hours say of a moment.

    Parameters
    ----------
    notation
        OpenStreetMap's notation, or None for hours that could not be read.
    moment
        Aware. Hours are those of British clocks.
    """
    local = moment.astimezone(LONDON)
    hours = _parse(notation, local.year) if notation else None
    if notation is None or hours is None:
        return unknown_state()
    if _may_differ(notation, local.date()):
        return unknown_state(_describe_holiday(local.date(), local.date()))
    state, _comment = hours.state(local)
    if state == State.OPEN:
        return OpeningState("open", _describe_open(hours, notation, local))
    if state == State.CLOSED:
        return _describe_closed(hours, notation, local)
    return unknown_state()


def unknown_state(note: str = "") -> OpeningState:
    return OpeningState("unknown", _("We cannot tell from this whether it is open now"), note)


def _describe_open(hours: OpeningHours, notation: str, now: datetime) -> str:
    change = hours.next_change(now)
    if change is None:
        return _("Open now, 24 hours a day")
    if hours.state(change)[0] == State.UNKNOWN or _may_differ_until(change, notation, now):
        return _("Open now")
    return {
        "": _("Open now until %(time)s"),
        "tomorrow": _("Open now until tomorrow at %(time)s"),
    }.get(_day_of(change, now), _("Open now until %(day)s at %(time)s")) % _words(change, now)


def _describe_closed(hours: OpeningHours, notation: str, now: datetime) -> OpeningState:
    change = hours.next_change(now)
    if change is None or hours.state(change)[0] != State.OPEN:
        return OpeningState("closed", _("Closed now"))
    if _may_differ(notation, change.date()):
        return OpeningState("closed", _("Closed now"), _describe_holiday(change.date(), now.date()))
    text = {
        "": _("Closed now, opens at %(time)s"),
        "tomorrow": _("Closed now, opens tomorrow at %(time)s"),
    }.get(_day_of(change, now), _("Closed now, opens %(day)s at %(time)s"))
    return OpeningState("closed", text % _words(change, now))


def _may_differ_until(change: datetime, notation: str, now: datetime) -> bool:
    """Return whether a bank holiday comes first of which the hours say nothing."""
    days = min((change.date() - now.date()).days, _LONGEST_INTERVAL_DAYS)
    return any(_may_differ(notation, now.date() + timedelta(days=day)) for day in range(1, days))


@lru_cache(maxsize=4096)
def _parse(notation: str, year: int) -> OpeningHours | None:
    written = write_out_holidays(notation, year)
    if written is None:
        return None
    return OpeningHours(written, timezone=LONDON, max_interval_days=_LONGEST_INTERVAL_DAYS)


def _may_differ(notation: str, day: date) -> bool:
    """Return whether it is a bank holiday of which the hours say nothing."""
    if notation == "24/7" or not bank_holiday(day):
        return False
    if re.search(rf"\b{day:%b %d}\b", notation):
        return False
    return not ("PH" in notation and is_in_calendar(day))


def _describe_holiday(day: date, today: date) -> str:
    name = bank_holiday(day)
    if day == today:
        return _("Hours may differ: today is a bank holiday (%(holiday)s)") % {"holiday": name}
    return _("Hours may differ on %(day)s, a bank holiday (%(holiday)s)") % {
        "day": date_format(day, "l j F"),
        "holiday": name,
    }


def _words(moment: datetime, now: datetime) -> dict[str, str]:
    return {"day": _day_of(moment, now), "time": describe_clock(moment)}


def _day_of(moment: datetime, now: datetime) -> str:
    """Return nothing for today and its night, “tomorrow”, “Monday”, or “Monday 4 January”."""
    days = (moment.date() - now.date()).days
    if days == 0 or (days == 1 and moment.hour < _END_OF_A_NIGHT):
        return ""
    if days == 1:
        return "tomorrow"
    return date_format(moment, "l" if days < 7 else "l j F")


def describe_clock(moment: datetime) -> str:
    """Return a time of day as GOV.UK writes it: 9am, 5:30pm, midday, midnight."""
    if (moment.hour, moment.minute) == (0, 0):
        return _("midnight")
    if (moment.hour, moment.minute) == (12, 0):
        return _("midday")
    half = _("am") if moment.hour < 12 else _("pm")
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02}{half}" if moment.minute else f"{hour}{half}"
