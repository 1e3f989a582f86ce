"""A cell before its type matters: empty or not, text, number, and how a reader says what it did."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from importers.invisible import strip_unseen

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_OTHER_THAN_ZERO = re.compile(r"[+-]?[0.]*[1-9]", re.ASCII)
# The largest whole number that every smaller one of is exact as a double.
_EXACT_INTEGER = 2**53
_INTEGER = re.compile(r"[+-]?\d{1,18}(?:\.0+)?", re.ASCII)
_LONGEST_TEXT = 65_536
# What people write into a cell of dates or numbers to say that there is nothing.
EMPTY_WORDS = frozenset({"", "n/a", "na", "#n/a", "null", "none", "\\n", "-"})
_LONGEST_SHOWN = 200


class ValueNotRead(ValueError):
    """A value is not of its field's type; the message says what was expected."""

    def __init__(self, kind: str, expected: str) -> None:
        super().__init__(expected)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Mended:
    """A value that could be read once something about it was put right, or in doubt.

    A reader returns it in place of the bare value, so that plain values, nearly
    all of them, cost nothing. ``note`` says what was done, to follow the value
    as the source has it: "read as 430000".
    """

    value: Any
    kind: str
    note: str
    severity: Literal["fixed", "warning"] = "fixed"


def is_empty(value: Any) -> bool:
    """Return whether a cell of numbers, dates or coordinates says that there is nothing."""
    return value is None or (isinstance(value, str) and strip_unseen(value).lower() in EMPTY_WORDS)


def as_shown(value: Any) -> str:
    """Return a cell as a finding shows it: not too long, without NUL, which PostgreSQL refuses."""
    return str(value)[:_LONGEST_SHOWN].replace("\0", "")


def read_text(value: Any) -> str | None:
    """Return text without what nobody sees around it.

    A whole number in a float column loses its ``.0``.
    """
    if value is None:
        return None
    if isinstance(value, float):
        if math.isnan(value):
            return None
        value = int(value) if value.is_integer() else value
    if isinstance(value, bytes):
        raise ValueNotRead("TEXT-INVALID", "text; this cell holds binary data")
    text = strip_unseen(str(value).replace("\0", ""))
    if len(text) > _LONGEST_TEXT:
        raise ValueNotRead("CELL-TOO-BIG", f"at most {_LONGEST_TEXT:,} characters")
    return text or None


def read_integer(value: Any) -> int | None:
    """Return a whole number. Thousands commas are understood; units are not."""
    if is_empty(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = without_thousands_commas(strip_unseen(str(value)))
    if not _INTEGER.fullmatch(text):
        raise ValueNotRead("NUMBER-INVALID", "a whole number, such as 12")
    return int(text.split(".")[0])


def read_number(value: Any) -> float | None:
    """Return a finite number. Thousands commas are understood; units are not.

    One whose digits would come out as others is refused.
    """
    if is_empty(value):
        return None
    if isinstance(value, bool):
        raise ValueNotRead("NUMBER-INVALID", "a number")
    text = without_thousands_commas(strip_unseen(str(value)))
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ValueNotRead("NUMBER-INVALID", "a number, such as 12.5")
    if _is_rounded(text, number):
        raise ValueNotRead(
            "NUMBER-INVALID",
            f"a number that can be kept as it is; whole ones up to {_EXACT_INTEGER:,} can, and "
            "longer numbers that only name something belong into a field of text",
        )
    return number


def _is_rounded(text: str, number: float) -> bool:
    """Return whether a double says another number than the text, more than decimals always do."""
    if number == 0:
        return bool(_OTHER_THAN_ZERO.match(text))
    return abs(number) >= _EXACT_INTEGER and Decimal(text) != Decimal(repr(number))


def without_thousands_commas(text: str) -> str:
    """Return ``1,204`` as ``1204``; commas that do not mark thousands stay."""
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
