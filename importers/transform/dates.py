"""Reading dates: as the catalogue declares them, or so that they can mean one day only."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from importers.british_time import british_day, is_midnight
from importers.catalogue.date_patterns import kept_characters
from importers.catalogue.entries import EPOCH_MS
from importers.invisible import strip_unseen
from importers.transform.cells import Mended, ValueNotRead, is_empty

_ISO = "%Y-%m-%d"
# Written with the month's name, a date cannot be taken for another.
_NAMED_MONTH = ("%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %b %y", "%d %B %Y", "%d-%B-%Y")
_ZERO = re.compile(r"0{1,4}([/.-]?)0{1,2}\1?0{0,4}(?:[T ]0{2}:0{2}(?::0{2})?)?", re.ASCII)
# In whichever zone: the day is the one that is written.
_MIDNIGHT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII
)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})", re.ASCII
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}", re.ASCII)
_MILLISECONDS = re.compile(r"-?\d{1,14}(?:\.0+)?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Day 0 of Excel, so that its day 60, the 29 February 1900 that never was, does not matter after.
_EXCEL_DAY_ZERO = date(1899, 12, 30)


def read_date(value: Any, formats: tuple[str, ...]) -> Any:
    """Return a date as ISO 8601 text, of as many parts as its format has: ``2026``, ``2026-03``.

    ``formats`` are tried in order. ISO dates are read whatever they say, and so are moments
    with an offset, which are British days, and dates with the month's name. The latter, and
    moments with a time of day, are `Mended`. An all-zero date is none.
    """
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = strip_unseen(str(value))
    for pattern in formats or (_ISO,):
        if (day := _day(text, pattern)) is not None:
            return day.isoformat()[: kept_characters(pattern)]
    return _read_undeclared(text, formats or (_ISO,))


def read_datetime(value: Any) -> Any:
    """Return a date and time as ISO 8601 text."""
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat()
    text = strip_unseen(str(value))
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        if _ZERO.fullmatch(text):
            return None
        raise ValueNotRead(
            "DATE-INVALID", f"a date and time, such as 2026-03-31T09:00:00Z{_advice(text)}"
        ) from None


def _read_undeclared(text: str, formats: tuple[str, ...]) -> Any:
    if _ZERO.fullmatch(text):
        return None
    midnight = _MIDNIGHT.fullmatch(text)
    if (day := _day(midnight["day"] if midnight else text, _ISO)) is not None:
        return day.isoformat()
    if (moment := _read_moment(text)) is not None:
        return moment
    for pattern in _NAMED_MONTH:
        if (day := _day(text, pattern)) is not None:
            return Mended(day.isoformat(), "DATE-MENDED", f"read as {day.isoformat()}")
    wanted = " or ".join(as_people_write(pattern) for pattern in formats)
    raise ValueNotRead("DATE-INVALID", f"a date that exists, written {wanted}{_advice(text)}")


def _read_moment(text: str) -> Any:
    """Return the British day of a moment with an offset, and say where it has more than a day."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        day = british_day(moment).isoformat()
        has_time = not is_midnight(moment)
    except (ValueError, OverflowError):
        return None
    return Mended(day, "DATE-MENDED", f"read as {day}, without its time") if has_time else day


def _day(text: str, pattern: str) -> date | None:
    if pattern == EPOCH_MS:
        return _day_of_milliseconds(text)
    try:
        return datetime.strptime(text, pattern).date()
    except ValueError:
        return None


def _day_of_milliseconds(text: str) -> date | None:
    if not _MILLISECONDS.fullmatch(text):
        return None
    try:
        return british_day(_EPOCH + timedelta(milliseconds=int(text.split(".")[0])))
    except OverflowError:  # before the year 1, which some databases write for "unknown"
        return None


def _advice(text: str) -> str:
    """Return what the value seems to be instead, for the person who can say so."""
    if _SERIAL.fullmatch(text):
        day = _EXCEL_DAY_ZERO + timedelta(days=int(float(text)))
        return (
            f". It looks like Excel's number for {day.day} {day:%B %Y}: format the column as a "
            "date in the spreadsheet, and export it again"
        )
    found = _MONTH_FIRST.fullmatch(text)
    if found and int(found[1]) <= 12 < int(found[2]) <= 31:
        return (
            ". It looks like a date with the month first: if all are, add "
            '"%m/%d/%Y" to the date_formats of the field in the catalogue, in place of day first'
        )
    return ""


def as_people_write(pattern: str) -> str:
    """Return a strptime pattern as an officer would write it: ``DD/MM/YYYY``."""
    for code, words in (
        (EPOCH_MS, "in milliseconds since 1970"),
        ("%d", "DD"),
        ("%m", "MM"),
        ("%Y", "YYYY"),
        ("%y", "YY"),
        ("%b", "Mon"),
        ("%B", "Month"),
        ("%H", "hh"),
        ("%M", "mm"),
        ("%S", "ss"),
    ):
        pattern = pattern.replace(code, words)
    return pattern
