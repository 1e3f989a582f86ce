"""Which day it is in Britain at a moment: map servers keep the days of people as moments."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_BRITAIN = ZoneInfo("Europe/London")
# Before the railways each town had its own time, behind Greenwich's for London; no source means it.
_GREENWICH_EVERYWHERE = datetime(1848, 1, 1, tzinfo=UTC)


def in_britain(moment: datetime) -> datetime:
    """Return a moment, which has an offset, in British time."""
    return moment.astimezone(UTC if moment < _GREENWICH_EVERYWHERE else _BRITAIN)


def british_day(moment: datetime) -> date:
    """Return the day in Britain. That of a midnight in UTC is the same day, also in summer."""
    return in_britain(moment).date()


def is_midnight(moment: datetime) -> bool:
    """Return whether a moment is how programs write a day: midnight in Britain or in UTC."""
    return any(
        (local.hour, local.minute, local.second) == (0, 0, 0)
        for local in (in_britain(moment), moment.astimezone(UTC))
    )
