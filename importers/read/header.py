"""Tells a line of names from a line of data."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[+-]?£?\d[\d,. ]*(?:[eE][+-]?\d+)?%?")
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[ T].*)?")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}", re.IGNORECASE)
_SHAPE = re.compile(r"(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*Z?\s*\(", re.I)
_PLACE = re.compile(r"\(?\s*[+-]?\d+\.\d+\s*,\s*[+-]?\d+\.\d+\s*\)?")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_OF_DATA = (_NUMBER, _DATE, _POSTCODE, _PLACE, _ADDRESS)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_FEWEST_ANSWERED = 2


def is_value(cell: str) -> bool:
    """Return whether a cell can only be data: a number, date, postcode, place or web address."""
    text = cell.strip()
    return bool(_SHAPE.match(text)) or any(each.fullmatch(text) for each in _OF_DATA)


def looks_like_data(names: Sequence[str]) -> bool:
    """Return whether what stands where names should be is half or more values."""
    filled = [name for name in names if name.strip()]
    return bool(filled) and 2 * sum(map(is_value, filled)) >= len(filled)


def looks_like_names(first: Sequence[str], second: Sequence[str], expected: Sequence[str]) -> bool:
    """Return whether the first line of a table without a header is one after all.

    It is where it repeats the names that the catalogue gives, or has words where the
    line after it has numbers.
    """
    said = {cell.strip().casefold() for cell in first if cell.strip()}
    known = {name.strip().casefold() for name in expected}
    if len(said & known) >= max(_FEWEST_ANSWERED, len(said) / 2):
        return True
    answered = sum(map(_is_answered, first, second))
    return answered >= _FEWEST_ANSWERED


def _is_answered(name: str, value: str) -> bool:
    """Return whether a word has a number under it."""
    is_word = bool(_LETTERS.search(name)) and not is_value(name)
    return is_word and bool(_NUMBER.fullmatch(value.strip()))
