"""Recognises, a column at a time, cells that mean what they say; every other is left alone.

A cell counts as plain only if the careful reader of `importers.transform.values` would return just
this value for it. In doubt it is not plain: that costs time and nothing else.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from importers.catalogue.entries import FieldType
from importers.transform.identifiers import POSTCODE_AREAS

# A typed value for each cell, null where the cell is not plain, and which cells are plain.
PlainCells = tuple["pa.Array[Any]", NDArray[np.bool_]]

_LONGEST_PLAIN = 4096
_INTEGER = r"^-?[0-9]{1,18}$"
_UPRN = r"^[1-9][0-9]{0,11}$"
# Fifteen digits: the double that is nearest is then never in doubt.
_NUMBER = r"^-?[0-9]{1,9}(\.[0-9]{1,6})?$"
_POSTCODE = rf"^({'|'.join(sorted(POSTCODE_AREAS))})[0-9][0-9A-HJKMNPR-Y]? [0-9][A-Z]{{2}}$"
# The first and the last day that Python knows, in days since 1970.
_FIRST_DAY, _LAST_DAY = ((day - date(1970, 1, 1)).days for day in (date.min, date.max))
_IS_EDGE = np.zeros(256, dtype=bool)
_IS_EDGE[[*b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.)"]] = True
_IS_LETTER = np.zeros(256, dtype=bool)
_IS_LETTER[[*b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"]] = True
_IS_PLAIN = np.zeros(256, dtype=bool)
_IS_PLAIN[0x20:0x7F] = True


def plain_reader(type_: FieldType, source: pa.DataType) -> Callable[[Any], PlainCells] | None:
    """Return what recognises plain cells of a column for a field, or None if nothing does."""
    if pa.types.is_string(source):
        return _FROM_TEXT.get(type_)
    if pa.types.is_signed_integer(source):
        return _FROM_INTEGERS.get(type_)
    if pa.types.is_float64(source):
        return _FROM_FLOATS.get(type_)
    if pa.types.is_date32(source):
        return _FROM_DAYS.get(type_)
    return None


def has_letters(cells: "pa.Array[Any]") -> bool:
    """Return whether any cell may have a letter of the English alphabet in it."""
    if pa.types.is_string(cells.type):
        return bool(_IS_LETTER[bytes_of(cells)[0]].any())
    return not (pa.types.is_floating(cells.type) or pa.types.is_integer(cells.type))


def _text_from_text(cells: "pa.StringArray") -> PlainCells:
    """Plain text is short, ASCII, without control characters and without spaces around it."""
    data, ends = bytes_of(cells)
    starts, ends = ends[:-1], ends[1:]
    plain = np.asarray(pc.is_valid(cells)) & (ends > starts) & (ends - starts <= _LONGEST_PLAIN)
    first, last = data[starts[plain]], data[ends[plain] - 1]
    plain[plain] = _IS_EDGE[first] & _IS_EDGE[last]
    odd = np.flatnonzero(~_IS_PLAIN[data])
    plain[np.searchsorted(ends, odd, side="right").clip(max=max(len(cells) - 1, 0))] = False
    return _only(cells, plain), plain


def bytes_of(cells: "pa.StringArray") -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the bytes of all cells, one after another, and where each of them begins and ends."""
    buffers = cells.buffers()
    offsets = np.frombuffer(buffers[1], np.int32, len(cells) + 1, cells.offset * 4).astype(np.int64)
    data = np.frombuffer(buffers[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    return data, offsets - offsets[0]


def _integers_from_text(cells: "pa.StringArray") -> PlainCells:
    plain = _matches(cells, _INTEGER)
    return pc.cast(_only(cells, plain), pa.int64()), plain


def _uprns_from_text(cells: "pa.StringArray") -> PlainCells:
    plain = _matches(cells, _UPRN)
    return _only(cells, plain), plain


def _postcodes_from_text(cells: "pa.StringArray") -> PlainCells:
    plain = _matches(cells, _POSTCODE)
    return _only(cells, plain), plain


def _numbers_from_text(cells: "pa.StringArray") -> PlainCells:
    plain = _matches(cells, _NUMBER)
    return pc.cast(_only(cells, plain), pa.float64()), plain


def _integers_from_integers(cells: "pa.Array[Any]") -> PlainCells:
    return pc.cast(cells, pa.int64()), np.asarray(pc.is_valid(cells))


def _text_from_integers(cells: "pa.Array[Any]") -> PlainCells:
    return pc.cast(cells, pa.string()), np.asarray(pc.is_valid(cells))


def _numbers_from_floats(cells: "pa.Array[Any]") -> PlainCells:
    plain = np.asarray(pc.fill_null(pc.is_finite(cells), False))
    return _only(cells, plain), plain


def _dates_from_days(cells: "pa.Array[Any]") -> PlainCells:
    days = np.asarray(pc.fill_null(cells.cast(pa.int32()), 0))
    plain = np.asarray(pc.is_valid(cells)) & (days >= _FIRST_DAY) & (days <= _LAST_DAY)
    return pc.cast(_only(cells, plain), pa.string()), plain


def _matches(cells: "pa.StringArray", pattern: str) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(pc.match_substring_regex(cells, pattern), False))


def _only(cells: "pa.Array[Any]", plain: NDArray[np.bool_]) -> "pa.Array[Any]":
    return cells if plain.all() else pc.if_else(pa.array(plain), cells, None)


_FROM_TEXT: dict[FieldType, Callable[[Any], PlainCells]] = {
    "text": _text_from_text,
    "uprn": _uprns_from_text,
    "postcode": _postcodes_from_text,
    "integer": _integers_from_text,
    "number": _numbers_from_text,
}
_FROM_INTEGERS: dict[FieldType, Callable[[Any], PlainCells]] = {
    "text": _text_from_integers,
    "integer": _integers_from_integers,
}
_FROM_FLOATS: dict[FieldType, Callable[[Any], PlainCells]] = {"number": _numbers_from_floats}
_FROM_DAYS: dict[FieldType, Callable[[Any], PlainCells]] = {"date": _dates_from_days}
