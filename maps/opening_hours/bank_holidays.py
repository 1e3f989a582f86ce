"""The bank holidays of England and Wales, and hours in OpenStreetMap's notation on them."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from holidays import country_holidays

_WEEKDAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_RULE = re.compile(
    rf"(?P<season>(?P<first>[A-Z][a-z]{{2}} \d\d)-(?P<last>[A-Z][a-z]{{2}} \d\d) )?"
    rf"(?P<days>(?:{_WEEKDAY}(?:-{_WEEKDAY})?|PH)(?:,(?:{_WEEKDAY}(?:-{_WEEKDAY})?|PH))*)"
    rf"(?P<hours> [^A-Z]+)"
)
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_SATURDAY = 5


def bank_holiday(day: date) -> str:
    """Return what the bank holiday of a day is called, or nothing for any other day.

    A holiday that falls on a weekend counts on that day too, not only on the Monday in its place.
    """
    return _of_year(day.year).get(day, "")


def is_in_calendar(day: date) -> bool:
    """Return whether the day is a bank holiday by law: always a working day, in place of another.

    On a Saturday, Boxing Day is none, and “closed on bank holidays” may mean it or not.
    """
    return bool(bank_holiday(day)) and day.weekday() < _SATURDAY


def write_out_holidays(notation: str, year: int) -> str | None:
    """Return the notation with the dates of a year and the next for “PH”, None if it cannot be.

    The library has a calendar for Great Britain, which lacks New Year's Day.
    """
    if "PH" not in notation:
        return notation
    # A rule for a date ends the night before it.
    if any(_is_night(*span) for span in _SPAN.findall(notation)):
        return None
    rules = [rule.strip() for rule in notation.split(";")]
    written = [part for rule in rules for part in _write_out(rule, year)]
    return None if "PH" in "".join(written) else "; ".join(written)


def _write_out(rule: str, year: int) -> Iterator[str]:
    parts = _RULE.fullmatch(rule)
    if parts is None or "PH" not in parts["days"]:
        yield rule
        return
    weekdays = [day for day in parts["days"].split(",") if day != "PH"]
    if weekdays:
        yield f"{parts['season'] or ''}{','.join(weekdays)}{parts['hours']}"
    dates = [
        f"{day:%Y %b %d}"
        for day in sorted({**_of_year(year), **_of_year(year + 1)})
        if is_in_calendar(day) and _is_in_season(day, parts["first"], parts["last"])
    ]
    if dates:
        yield f"{','.join(dates)}{parts['hours']}"


def _is_in_season(day: date, first: str | None, last: str | None) -> bool:
    if first is None or last is None:
        return True
    start, end, on = (_order(text) for text in (first, last, f"{day:%b %d}"))
    return start <= on <= end if start <= end else on >= start or on <= end


def _order(month_and_day: str) -> tuple[int, int]:
    months = "JanFebMarAprMayJunJulAugSepOctNovDec"
    return months.index(month_and_day[:3]), int(month_and_day[4:])


def _is_night(start: str, end: str) -> bool:
    return end <= start or end > "24:00"


@lru_cache(maxsize=8)
def _of_year(year: int) -> dict[date, str]:
    # An observed day is called by its holiday: “Boxing Day (observed)” is no name to people.
    return {
        day: name.removesuffix(" (observed)")
        for day, name in country_holidays("GB", subdiv="ENG", years=year).items()
    }
