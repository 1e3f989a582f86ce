"""Reading one value of a source as the type that the catalogue gives its field.

Each reader returns the value, or raises `ValueNotRead` with words for an officer.
None is an empty cell. Nothing is rounded, cut or guessed.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from importers.catalogue.entries import EPOCH_MS, FieldEntry

_INTEGER = re.compile(r"[+-]?\d{1,18}(?:\.0+)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})")
_MILLISECONDS = re.compile(r"-?\d{1,14}(?:\.0+)?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_TEXT = 65_536
# What people write into a cell of dates or numbers to say that there is nothing.
_EMPTY = frozenset({"", "n/a", "na", "#n/a", "null", "none", "\\n", "-"})
_LONGEST_SHOWN = 200


class ValueNotRead(ValueError):
    """A value is not of its field's type; the message says what was expected."""

    def __init__(self, kind: str, expected: str) -> None:
        super().__init__(expected)
        self.kind = kind


def value_reader(field: FieldEntry) -> Callable[[Any], Any]:
    """Return the function that reads this field's values from text or from GDAL's types."""
    if field.type == "date":
        return lambda value: _date(value, field.date_formats)
    if field.type == "boolean":
        return lambda value: _boolean(value, field)
    return _READERS[field.type]


def is_empty(value: Any) -> bool:
    """Return whether a cell of numbers, dates or coordinates says that there is nothing."""
    return value is None or (isinstance(value, str) and value.strip().lower() in _EMPTY)


def as_shown(value: Any) -> str:
    """Return a cell as a finding shows it: not too long, without NUL, which PostgreSQL refuses."""
    return str(value)[:_LONGEST_SHOWN].replace("\0", "")


def read_text(value: Any) -> str | None:
    """Return text without surrounding spaces. A whole number in a float column loses its ``.0``."""
    if value is None:
        return None
    if isinstance(value, float):
        if math.isnan(value):
            return None
        value = int(value) if value.is_integer() else value
    if isinstance(value, bytes):
        raise ValueNotRead("TEXT-INVALID", "text; this cell holds binary data")
    text = str(value).replace("\0", "").strip()
    if len(text) > _LONGEST_TEXT:
        raise ValueNotRead("CELL-TOO-BIG", f"at most {_LONGEST_TEXT:,} characters")
    return text or None


def read_number(value: Any) -> float | None:
    """Return a finite number. Thousands commas are understood; units are not."""
    if is_empty(value):
        return None
    if isinstance(value, bool):
        raise ValueNotRead("NUMBER-INVALID", "a number")
    text = str(value).strip()
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ValueNotRead("NUMBER-INVALID", "a number, such as 12.5")
    return number


def _integer(value: Any) -> int | None:
    if is_empty(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = str(value).strip()
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _INTEGER.fullmatch(text):
        raise ValueNotRead("NUMBER-INVALID", "a whole number, such as 12")
    return int(text.split(".")[0])


def _boolean(value: Any, field: FieldEntry) -> bool | None:
    if isinstance(value, bool) or value is None:
        return value
    text = str(value).strip().lower()
    if text in field.true_values:
        return True
    if text in field.false_values:
        return False
    if text in _EMPTY:
        return None
    words = ", ".join((*field.true_values, *field.false_values))
    raise ValueNotRead("BOOLEAN-INVALID", f"one of {words}")


def _date(value: Any, formats: tuple[str, ...]) -> str | None:
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    for pattern in formats or ("%Y-%m-%d",):
        try:
            return _parsed_date(text, pattern).isoformat()
        except ValueError:
            continue
    wanted = " or ".join(_as_people_write(pattern) for pattern in formats or ("%Y-%m-%d",))
    raise ValueNotRead("DATE-INVALID", f"a date that exists, written {wanted}")


def _parsed_date(text: str, pattern: str) -> date:
    if pattern != EPOCH_MS:
        return datetime.strptime(text, pattern).date()
    if not _MILLISECONDS.fullmatch(text):
        raise ValueError(text)
    return (_EPOCH + timedelta(milliseconds=int(text.split(".")[0]))).date()


def _as_people_write(pattern: str) -> str:
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


def _datetime(value: Any) -> str | None:
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat()
    try:
        return datetime.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise ValueNotRead(
            "DATE-INVALID", "a date and time, such as 2026-03-31T09:00:00Z"
        ) from None


def _url(value: Any) -> str | None:
    text = read_text(value)
    if text is None or text.lower() in _EMPTY:
        return None
    if not text.lower().startswith(("http://", "https://")) or any(c.isspace() for c in text):
        raise ValueNotRead("URL-INVALID", "a web address that starts with https:// or http://")
    return text


def _postcode(value: Any) -> str | None:
    text = read_text(value)
    if text is None:
        return None
    found = _POSTCODE.fullmatch(text.upper())
    if not found:
        raise ValueNotRead("POSTCODE-INVALID", "a full postcode, such as B1 1BB")
    return f"{found[1]} {found[2]}"


_READERS: dict[str, Callable[[Any], Any]] = {
    "text": read_text,
    "number": read_number,
    "integer": _integer,
    "datetime": _datetime,
    "url": _url,
    "postcode": _postcode,
}
