"""What somebody typed, taken apart: house number, flat, postcode, and the words of names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from gazetteer.plain_text import plain_text
from gazetteer.postcode import take_postcode
from gazetteer.street_names import QUOTES, in_full, plain_words

_MOST_PARTS = 6
_MOST_WORDS = 12
_LONGEST_WORD = 40
_DASH = "[-‐‑–—−]"
# "Flat 0/1" is a flat, "Flat 4 - 12 Oak Road" a flat and a house.
_UNIT = re.compile(
    r"\b(?:flat|apartment|apt|unit|room|studio|suite|flt)\.? ?(?:no\.? ?)?#?"
    rf"((?:[a-z]?\d{{1,4}}[a-z]?|[a-z])(?:(?:{_DASH}|/)\d{{1,4}}[a-z]?)?)\b",
    re.ASCII,
)
_NUMBER = re.compile(
    r"(?<![\w.])(?:no\.? ?)?(\d{1,5})(?: ?([a-z])(?![\w']))?"
    rf"(?: ?({_DASH}|/) ?(\d{{1,5}}[a-z]?))?(?![\w'])",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class TypedText:
    """The parts of a text. Words are as `search_words` makes them.

    ``number`` and ``suffix`` are of the house, ``unit`` of the flat; ``end`` is what follows a
    number after a dash, or where it ``is_slashed`` after a slash: "2-4", "2/4". ``parts`` are the
    words between commas, and before and after the house number. ``as_typed`` are the same words
    before they were written in full: "w" becomes "west", and may be the beginning of "walk".
    ``is_open`` says that the last word may be the beginning of one.
    """

    text: str
    number: str
    suffix: str
    end: str
    is_slashed: bool
    unit: str
    postcode: str | None
    parts: tuple[tuple[str, ...], ...]
    as_typed: tuple[str, ...]
    is_open: bool

    @property
    def houses(self) -> tuple[tuple[str, str], ...]:
        """Return the houses, as `house_number` writes them, and their flats that may be meant."""
        start = self.number + self.suffix
        whole = (f"{start}-{self.end}" if self.end else start, self.unit)
        # In Scotland "12/3" is flat 3 of number 12.
        return (whole, (start, self.end)) if self.is_slashed and not self.unit else (whole,)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for part in self.parts for word in part)[:_MOST_WORDS]


def read_typed(text: str) -> TypedText:
    """Return the parts of what somebody typed, of any length and in any characters."""
    plain = plain_text(text)
    postcode, rest = take_postcode(plain)
    rest = QUOTES.sub("", rest.casefold())
    unit = _UNIT.search(rest)
    if unit:
        rest = f"{rest[: unit.start()]} , {rest[unit.end() :]}"
    number = next(
        (found for found in _NUMBER.finditer(rest) if postcode or _names_house(rest, found)), None
    )
    if number:
        rest = f"{rest[: number.start()]} , {rest[number.end() :]}"
    parts = [words for part in rest.split(",") if (words := plain_words(part))][:_MOST_PARTS]
    return TypedText(
        text=plain,
        number=(number[1].lstrip("0") or "0") if number else "",
        suffix=(number[2] or "").upper() if number else "",
        end=(number[4] or "").upper() if number else "",
        is_slashed=bool(number and number[3] == "/"),
        unit=_unit_as_written(unit),
        postcode=postcode,
        parts=tuple(_cut(in_full(part)) for part in parts),
        as_typed=_cut(chain.from_iterable(parts))[:_MOST_WORDS],
        is_open=plain[-1:].isalnum() and postcode is None,
    )


def read_unit(text: str) -> str:
    """Return the flat or unit that a building's name says: "4" of "UNIT 4", or nothing."""
    return _unit_as_written(_UNIT.search(text.casefold()))


def _unit_as_written(found: re.Match[str] | None) -> str:
    return re.sub(_DASH, "-", found[1]).upper() if found else ""


def _cut(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word[:_LONGEST_WORD] for word in words)


def _names_house(text: str, found: re.Match[str]) -> bool:
    """Return whether a name follows a number: "Oak Road 12" and "12" name no house."""
    return re.search(r"[^\W\d]", text[found.end() :]) is not None
