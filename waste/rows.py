"""From the properties of a published row to the values that dates are made of."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from layers.query.web_address import web_address
from waste.change import Change
from waste.collection import Notice, Service, ServiceKind
from waste.rule import MonthDay, Rule, Season

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# With the month's name, or as ISO 8601 had it: 03-01 alone may be the third of January.
_MONTH_DAY_FORMS = ("%d %B", "%d %b", "%B %d", "%b %d", "--%m-%d")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
# So that 29 February can be read: a season may begin or end on it.
_LEAP_YEAR = "2000"

Properties = Mapping[str, Any]


class RowUnreadable(ValueError):
    """A row says nothing that dates can be made of. ``field`` is the one at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def read_service(row: Properties) -> Service:
    """Return the service that a row of rounds or of dates is about.

    Raises
    ------
    RowUnreadable
        Its kind is none of `ServiceKind`.
    """
    words = _text(row, "service_kind")
    try:
        kind = ServiceKind(words)
    except ValueError:
        raise RowUnreadable("service_kind", f"“{words}” is no kind of service.") from None
    return Service(
        kind=kind,
        name=_text(row, "service") or kind.value,
        container=_text(row, "container"),
        put_out_by=_text(row, "put_out_by"),
    )


def read_rule(row: Properties) -> Rule:
    """Return the rule of a row of rounds.

    Raises
    ------
    RowUnreadable
        A weekday, a date, a number or a day of the season is none.
    """
    every_weeks = _whole_number(row, "every_weeks")
    return Rule(
        weekdays=_weekdays(_text(row, "weekday")),
        every_weeks=1 if every_weeks is None else every_weeks,
        week_of_month=_whole_number(row, "week_of_month"),
        starts_on=read_day(row, "starts_on"),
        ends_on=read_day(row, "ends_on"),
        season=_season(row),
    )


def read_change(row: Properties, position: int) -> Change:
    """Return the change of a row of changes; ``position`` is the row's place among them.

    Raises
    ------
    RowUnreadable
        It does not say of which day it is, or a date or a number is none.
    """
    first = read_day(row, "planned_on")
    if first is None:
        raise RowUnreadable("planned_on", "It does not say on which day the change is.")
    return Change(
        first=first,
        last=read_day(row, "planned_to") or first,
        round=_text(row, "round"),
        service=_text(row, "service"),
        moved_to=read_day(row, "moved_to"),
        shift_days=_whole_number(row, "shift_days"),
        is_suspended=row.get("suspended") is True,
        reason=_text(row, "reason"),
        announced_on=read_day(row, "announced_on"),
        position=position,
    )


def read_notice(row: Properties) -> Notice:
    """Return the notice of a row of notices."""
    return Notice(
        title=_text(row, "title"),
        text=_text(row, "text"),
        starts_on=read_day(row, "starts_on"),
        ends_on=read_day(row, "ends_on"),
        url=web_address(row.get("url")),
    )


def read_day(row: Properties, field: str) -> date | None:
    """Return a field's date, or None where it is empty. Importers write dates as ISO 8601.

    Raises
    ------
    RowUnreadable
        It is no date, as in a layer that calls the field something else.
    """
    value = row.get(field)
    try:
        return None if value is None else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise RowUnreadable(field, f"“{value}” is no date. Its field has to be a date.") from None


def _whole_number(row: Properties, field: str) -> int | None:
    value = row.get(field)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise RowUnreadable(field, f"“{value}” is no whole number. Its field has to be an integer.")
    return value


def _weekdays(words: str) -> tuple[int, ...]:
    try:
        return tuple(sorted(WEEKDAYS.index(word) for word in words.split(", ")))
    except ValueError:
        raise RowUnreadable("weekday", f"“{words}” is no day of the week.") from None


def _season(row: Properties) -> Season | None:
    first, last = _text(row, "season_from"), _text(row, "season_to")
    if not first and not last:
        return None
    if not first or not last:
        missing = "season_to" if first else "season_from"
        raise RowUnreadable(missing, "A season has a first and a last day; one is empty.")
    return Season(_month_day("season_from", first), _month_day("season_to", last))


def _month_day(field: str, words: str) -> MonthDay:
    text = _ORDINAL.sub("", words)
    for form in _MONTH_DAY_FORMS:
        try:
            day = datetime.strptime(f"{text} {_LEAP_YEAR}", f"{form} %Y")
        except ValueError:
            continue
        return day.month, day.day
    raise RowUnreadable(
        field, f"“{words}” is no day of the year. Write it with the month's name: 1 March."
    )


def _text(row: Properties, field: str) -> str:
    return str(row.get(field) or "")
