"""Reading one value of a source as the type that the catalogue gives its field.

Each reader returns the value, or raises `ValueNotRead` with words for an officer.
A value that had to be put right first comes as `Mended`, which holds the value and
says what was done; a plain value never does. None is an empty cell. Nothing is
rounded, cut or guessed.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from importers.catalogue.entries import FieldEntry
from importers.invisible import strip_unseen
from importers.transform.cells import (
    EMPTY_WORDS,
    Mended,
    ValueNotRead,
    as_shown,
    is_empty,
    read_integer,
    read_number,
    read_text,
)
from importers.transform.dates import read_date, read_datetime
from importers.transform.identifiers import read_postcode, read_uprn
from importers.transform.words import read_words

__all__ = ["Mended", "ValueNotRead", "as_shown", "is_empty", "read_text", "value_reader"]

_FAILED_FORMULAS = frozenset(
    ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
)


def value_reader(field: FieldEntry) -> Callable[[Any], Any]:
    """Return the function that reads this field's values from text or from GDAL's types."""
    if field.words:
        return lambda value: read_words(value, field)
    if field.type == "date":
        return lambda value: read_date(value, field.date_formats)
    if field.type == "boolean":
        return lambda value: _boolean(value, field)
    return _READERS[field.type]


def _text(value: Any) -> Any:
    """Return text; what a spreadsheet shows where a formula failed is none, and that is told."""
    text = read_text(value)
    if text is not None and text[0] == "#" and text in _FAILED_FORMULAS:
        return Mended(None, "CELL-ERROR", "a formula that failed, left empty", "warning")
    return text


def _boolean(value: Any, field: FieldEntry) -> bool | None:
    if isinstance(value, bool) or value is None:
        return value
    text = strip_unseen(str(value)).lower()
    if text in field.true_values:
        return True
    if text in field.false_values:
        return False
    if text in EMPTY_WORDS:
        return None
    words = ", ".join((*field.true_values, *field.false_values))
    raise ValueNotRead("BOOLEAN-INVALID", f"one of {words}")


def _url(value: Any) -> str | None:
    text = read_text(value)
    if text is None or text.lower() in EMPTY_WORDS:
        return None
    if any(c.isspace() for c in text) or not _has_web_host(text):
        raise ValueNotRead("URL-INVALID", "a web address that starts with https:// or http://")
    return text


def _has_web_host(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # an address of IPv6 without its end, as in http://[
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


_READERS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "number": read_number,
    "integer": read_integer,
    "datetime": read_datetime,
    "url": _url,
    "postcode": read_postcode,
    "uprn": read_uprn,
}
