"""Parses the JSON that the fast parser cannot keep exactly: big numbers, lone surrogates, twins.

It is Python's own parser with every laxity taken away. Depth was counted before.
"""

import json
import re
from typing import Any, NoReturn

from importers.errors import SourceUnreadable

# Whole numbers of 20 digits and more, which the fast parser rounds; not the digits of fractions.
BIG_INTEGER = re.compile(rb"(?<![\d.eE+])\d{20,}(?![\d.eE])")
# Every key of an object, in a text whose strings are empty.
_KEY = re.compile(rb'""\s*:')
_MOST_DIGITS = 1_000
# Lists of numbers only, and most of a file.
_WITHOUT_KEYS = frozenset(("coordinates", "bbox"))


def parse_exactly(text: bytes) -> Any:
    """Return the value of ``text``: whole numbers exact, too large fractions infinite.

    Raises
    ------
    SourceUnreadable
        ``JSON-NUMBER``, ``JSON-NAN``, ``JSON-DUPLICATE-KEY``, ``JSON-SYNTAX`` or
        ``TEXT-ENCODING``.
    """
    refuse_other_encoding(text)
    try:
        return json.loads(
            text.decode(),
            parse_int=_integer,
            parse_constant=_refuse_constant,
            object_pairs_hook=_ObjectReader().read,
        )
    except json.JSONDecodeError as error:
        raise SourceUnreadable(
            f"The JSON breaks off or is wrong at line {error.lineno} column {error.colno}. "
            "Export the file again and check that it arrived whole.",
            code="JSON-SYNTAX",
        ) from None


def refuse_other_encoding(text: bytes) -> None:
    """Raise `SourceUnreadable` with ``TEXT-ENCODING`` unless ``text`` is UTF-8."""
    try:
        text.decode()
    except UnicodeDecodeError as wrong:
        line = text.count(b"\n", 0, wrong.start) + 1
        raise SourceUnreadable(
            f"Line {line} is not UTF-8 text, which JSON must be. Save the file as UTF-8.",
            code="TEXT-ENCODING",
        ) from None


def has_repeated_keys(value: Any, without_strings: bytes) -> bool:
    """Return whether an object of ``value`` had more keys in its text than it has now."""
    return _count_keys(value) != len(_KEY.findall(without_strings))


def _count_keys(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(
            _count_keys(each)
            for name, each in value.items()
            if name not in _WITHOUT_KEYS and isinstance(each, dict | list)
        )
    if isinstance(value, list):
        return sum(_count_keys(each) for each in value if isinstance(each, dict | list))
    return 0


def _integer(digits: str) -> int | float:
    if len(digits) > _MOST_DIGITS:
        raise SourceUnreadable(
            f"A number has {len(digits):,} digits (it begins {digits[:20]}…), which no measure "
            "has. Correct it, or write it as text in quotation marks.",
            code="JSON-NUMBER",
        )
    return int(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise SourceUnreadable(
        f"The file holds {name} where a number must stand. Leave such values out, or write null.",
        code="JSON-NAN",
    )


class _ObjectReader:
    """Makes objects of pairs, and knows how many features are complete, to say where it is."""

    def __init__(self) -> None:
        self.features = 0

    def read(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            names = [name for name, _ in pairs]
            twin = next(name for name in names if names.count(name) > 1)
            raise SourceUnreadable(
                f"Feature {self.features + 1}: the key “{twin[:60]}” stands twice in one object, "
                "and nobody can say which value counts. Rename or remove one of them.",
                code="JSON-DUPLICATE-KEY",
            )
        self.features += members.get("type") == "Feature"
        return members
