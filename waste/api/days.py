"""Which days a caller asks for."""

import re
from datetime import date, timedelta

from django.http import QueryDict

from layers.errors import ParameterInvalid

DEFAULT_DAYS = 92
MOST_DAYS = 397  # thirteen months
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_days(query: QueryDict, today: date) -> tuple[date, date]:
    """Return the first and the last day that `from` and `to` name, both included.

    Raises
    ------
    ParameterInvalid
        One is no date, is too far from ``today``, or they are in the wrong order or too far apart.
    """
    first = _read_day(query, "from", today, today)
    last = _read_day(query, "to", first + timedelta(days=DEFAULT_DAYS), today)
    if last < first:
        raise ParameterInvalid(
            f"“to” is {last}, before “from”, {first}. The earlier comes first.", "to"
        )
    if last - first > timedelta(days=MOST_DAYS):
        raise ParameterInvalid(
            f"From {first} to {last} is more than {MOST_DAYS} days. Ask for fewer at a time.", "to"
        )
    return first, last


def _read_day(query: QueryDict, name: str, default: date, today: date) -> date:
    text = query.get(name)
    if text is None:
        return default
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ParameterInvalid(
            f"“{name}” must be a date such as {today.isoformat()}; “{text[:50]}” is not.", name
        )
    # What was or will be so far away, today's calendars do not say.
    if abs(day - today) > timedelta(days=MOST_DAYS):
        raise ParameterInvalid(
            f"“{name}” must be within {MOST_DAYS} days of today, {today.isoformat()}; {day} is "
            "not.",
            name,
        )
    return day
