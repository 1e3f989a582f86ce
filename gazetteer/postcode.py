"""Postcodes as people type them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

# Royal Mail's shape: one or two letters, a digit, a digit or letter; then a digit and two letters.
_OUTWARD = r"[A-Z]{1,2}[0-9][0-9A-Z]?"
_POSTCODE = re.compile(rf"({_OUTWARD})([0-9][A-Z]{{2}})", re.ASCII)
_WITHIN = re.compile(rf"(?<![A-Z0-9])({_OUTWARD})[ .-]*([0-9][A-Z]{{2}})(?![A-Z0-9])", re.ASCII)
_BEGINNING = re.compile(rf"({_OUTWARD})(?:([ .-]*)([0-9])([A-Z]?))?", re.ASCII)
_BETWEEN = re.compile(r"[\s.-]+")
_BFPO = re.compile(r"BFPO ?[0-9]{1,4}", re.ASCII)

Elsewhere = Literal["crown-dependency", "northern-ireland", "forces", "giro"]
_ELSEWHERE: dict[str, Elsewhere] = {
    "JE": "crown-dependency",
    "GY": "crown-dependency",
    "IM": "crown-dependency",
    "BT": "northern-ireland",
    "BF": "forces",
}


@dataclass(frozen=True, slots=True)
class PostcodeBeginning:
    """The beginning of a postcode: its district, ``B29``, or as well its sector, ``B29 6``.

    ``district`` may be empty where the text can only be a shorter district and a sector.
    """

    district: str
    sector: str = ""
    letter: str = ""

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.district, self.sector + self.letter) if part)


def read_postcode(text: str) -> str | None:
    """Return a full postcode as ``B1 1BB``, or None where the text is not one.

    Any spaces, hyphens, case and full-width letters are taken as meant.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    found = _POSTCODE.fullmatch(_BETWEEN.sub("", plain))
    return f"{found[1]} {found[2]}" if found else None


def take_postcode(text: str) -> tuple[str | None, str]:
    """Return the last full postcode within a text, and the text without it."""
    every = list(_WITHIN.finditer(text.upper()))
    if not every or len(text.upper()) != len(text):
        return None, text
    found = every[-1]
    return f"{found[1]} {found[2]}", f"{text[: found.start()]} , {text[found.end() :]}"


def read_beginnings(text: str) -> list[PostcodeBeginning]:
    """Return what a text may be the beginning of, likeliest first.

    ``B29`` is the district B29, or else B2 and the sector 9; with a space it can be read
    in one way alone.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    found = []
    for outward in _splits(plain):
        match = _BEGINNING.fullmatch(plain)
        if match is None:
            break
        rest = _BETWEEN.sub("", plain[len(outward) :])
        if not rest or re.fullmatch(r"[0-9][A-Z]?", rest, re.ASCII):
            found.append(PostcodeBeginning(outward, rest[:1], rest[1:]))
    return found


def _splits(plain: str) -> list[str]:
    """Return the outward codes that a text may begin with, longest first."""
    squeezed = re.match(r"[A-Z0-9]+", plain, re.ASCII)
    word = squeezed[0] if squeezed else ""
    has_space = len(word) < len(plain)
    lengths = [len(word)] if has_space else range(min(len(word), 4), 1, -1)
    return [word[:length] for length in lengths if re.fullmatch(_OUTWARD, word[:length])]


def is_elsewhere(text: str) -> Elsewhere | None:
    """Return why a postcode can be no place of a council in Great Britain, or None."""
    plain = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    if plain.replace(" ", "") == "GIR0AA":
        return "giro"
    if _BFPO.fullmatch(plain):
        return "forces"
    postcode = read_postcode(text)
    area = re.match(r"[A-Z]+", postcode) if postcode else None
    return _ELSEWHERE.get(area[0]) if area else None
