"""The permitted development rights that an Article 4 direction takes away, in words."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from planning.gpdo import CLASSES, PARTS

# planning.data.gov.uk's references, as "3L" or "20AA"; and those it had before, as "P3CL".
_PLAIN_REFERENCE = re.compile(r"(\d{1,2})\s*([A-Z]{1,2})$")
_OLD_REFERENCE = re.compile(r"P(\d{1,2})C([A-Z]{1,2}?)(?:I{1,3})?$")
_CLASS = r"[A-Z]{1,2}\b"
_JOINED = rf"{_CLASS}(?:\s*(?:,\s*and|,|and|&|or|to|-|–)\s*(?:[Cc]lass(?:es)?\s+)?{_CLASS})*"
_SAID = re.compile(rf"(?:Schedule\s+2\W+)?[Pp]art\s+(\d{{1,2}})\W+[Cc]lass(?:es)?\s+({_JOINED})")
_RANGE = re.compile(r"^([A-Z])\s*(?:to|-|–)\s*([A-Z])$")
_BETWEEN = re.compile(r"\s*(?:,\s*and\b|,|\band\b|&|\bor\b|\b[Cc]lass(?:es)?\b)\s*")


def rights_removed(properties: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """Return the rights that a feature's field names, each in words with its part and class.

    Nothing where the layer has no such field. What is not a reference that is known stays as the
    council wrote it; a feature that names none says so.
    """
    if not field:
        return ()
    said = properties.get(field)
    text = "; ".join(map(str, said)) if isinstance(said, list) else str(said or "")
    rights = tuple(dict.fromkeys(_rights(text)))
    return rights or (_("The direction does not say here which rights it takes away."),)


def _rights(text: str) -> Iterator[str]:
    for piece in re.split(r"[;|\n]", text):
        words = piece.strip(" \t\r,.")
        if not words:
            continue
        classes, is_all = _classes(words)
        yield from (_in_words(part, letters) for part, letters in classes)
        if not is_all:
            yield words


@lru_cache(maxsize=1_000)
def _classes(words: str) -> tuple[tuple[tuple[int, str], ...], bool]:
    """Return the parts and classes that a text names, and whether it says nothing beside."""
    for reference in (_PLAIN_REFERENCE, _OLD_REFERENCE):
        if match := reference.match(words):
            # Of a class's halves, such as windows alone, the reference says more than the words.
            is_whole = (
                match.end(2) == len(words) or (int(match[1]), words[match.start(2) :]) in CLASSES
            )
            return ((int(match[1]), match[2]),), is_whole
    named = [
        (int(match[1]), letters)
        for match in _SAID.finditer(words)
        for letters in _letters(match[2])
    ]
    rest = _SAID.sub("", words)
    return tuple(named), bool(named) and not re.search(r"\w", rest.replace("and", ""))


def _letters(joined: str) -> Iterator[str]:
    for one in filter(None, _BETWEEN.split(joined)):
        if between := _RANGE.match(one.strip()):
            yield from map(chr, range(ord(between[1]), ord(between[2]) + 1))
        else:
            yield one.strip()


def _in_words(part: int, letters: str) -> str:
    place = _("Part %(part)d, Class %(letters)s") % {"part": part, "letters": letters}
    if (part, letters) in CLASSES:
        return f"{_(CLASSES[part, letters])} ({place})"
    return f"{place} ({_(PARTS[part])})" if part in PARTS else place
