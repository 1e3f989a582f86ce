"""Weighs which of the old encodings a text is in, by the company that its characters keep.

Every byte is some character in most of them: what is é in CP850, which DOS programs
wrote, is a low quotation mark in Windows-1252. But no word ends in a low quotation mark.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

# Windows programs, then DOS ones: those that write for British councils.
CANDIDATES = ("cp1252", "cp850", "cp437")
ENCODING_WORDS = {"cp1252": "Windows-1252", "cp850": "CP850", "cp437": "CP437"}

# The byte before, a byte beyond ASCII, the byte after.
Contexts = Counter[bytes]

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LETTERS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžß")
_BEFORE_WORD = frozenset("‘“£€©«¿¡§")
_AFTER_WORD = frozenset("’”®™»…°²³ºª")
_APART = frozenset("–—•·½¼¾×±÷\u00a0")
_JOINING = frozenset("–—\u00a0")
_ODD_COSTS = 3


def contexts_of(chunks: Iterable[bytes]) -> Contexts:
    """Count every byte beyond ASCII with the bytes beside it."""
    found: Contexts = Counter()
    pending = b"\n"
    for chunk in chunks:
        text = pending + chunk
        _count(text, found)
        # A last byte is counted once it is known what follows it.
        pending = text[-2:]
    _count(pending + b"\n", found)
    return found


def _count(text: bytes, found: Contexts) -> None:
    for match in _BEYOND_ASCII.finditer(text, 1, len(text) - 1):
        at = match.start()
        found[text[at - 1 : at + 2]] += 1


@dataclass(frozen=True, slots=True)
class Weighed:
    """An encoding, what speaks for it, and the text of every context as it would be."""

    encoding: str
    score: int
    readings: tuple[str, ...]


def choose_encoding(contexts: Contexts) -> str | None:
    """Return the encoding in which the characters make sense, None where that is not one alone."""
    weighed = [one for encoding in CANDIDATES if (one := _weigh(contexts, encoding))]
    if not weighed:
        return None
    best = max(weighed, key=lambda one: one.score)
    is_rivalled = any(one.score >= best.score and one.readings != best.readings for one in weighed)
    return None if best.score <= 0 or is_rivalled else best.encoding


def _weigh(contexts: Contexts, encoding: str) -> Weighed | None:
    try:
        readings = tuple(context.decode(encoding) for context in contexts)
    except UnicodeDecodeError:
        return None
    score = sum(
        count * _sense(*reading) for reading, count in zip(readings, contexts.values(), strict=True)
    )
    return Weighed(encoding, score, readings)


def _sense(before: str, character: str, after: str) -> int:
    """Return whether a character may stand between the two beside it."""
    if character in _LETTERS:
        return 1 if _is_inside_word(before, character, after) else -_ODD_COSTS
    if character in _BEFORE_WORD:
        fits = not before.isalnum() and (after.isalnum() or after in " ‘“(£")
    elif character in _AFTER_WORD:
        fits = before.isalnum() or before in " .,!?)’"
    else:
        fits = character in _APART and not (before.isalpha() and after.isalpha())
        if character in _JOINING and not fits:
            return 1  # "north–south"; but it might be another encoding's letter
    return 2 if fits else -_ODD_COSTS


def _is_inside_word(before: str, character: str, after: str) -> bool:
    """Return whether a letter stands in a word, and a capital only where capitals do."""
    if not (before.isalpha() or after.isalpha()):
        return False
    if character.isupper():
        return not before.islower()
    return not (after.isupper() and before.islower())


def as_read(content: bytes) -> str:
    """Say what a piece of text would be in each encoding, for the person who knows the word."""
    readings = []
    for encoding in CANDIDATES[:2]:
        try:
            readings.append(f"“{content.decode(encoding)}” in {ENCODING_WORDS[encoding]}")
        except UnicodeDecodeError:
            continue
    return f"would be {' or '.join(readings)}" if readings else "no other text either"
