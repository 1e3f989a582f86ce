"""LIKE: patterns that the database can always match, and by its index where it can."""

import re
from collections.abc import Mapping
from typing import Any

from layers.errors import FilterInvalid
from layers.query.filters.scalars import INDEXED_CHARACTERS, TEXT_FUNCTIONS
from layers.query.filters.scope import Scope
from layers.query.filters.terms import KIND_IN_WORDS, Term

MOST_WILDCARDS = 20
_PARTS = re.compile(r"\\.|%+|_|[^\\%_]+", re.DOTALL)


def like_predicate(value: Term, pattern: Any, scope: Scope) -> str:
    r"""Return SQL for whether a text matches a pattern of ``%``, ``_`` and ``\``.

    Raises
    ------
    FilterInvalid
        The value is not text, or the pattern is not a literal, perhaps in CASEI or ACCENTI.
    """
    if value.kind != "text":
        raise FilterInvalid(
            f"LIKE compares texts, and {value.said} is {KIND_IN_WORDS[value.kind]}."
        )
    functions, text = _unwrap(pattern)
    parts = _read_pattern(text)
    sql = scope.binder.bind("".join(parts), "text")
    for name in functions:
        sql = TEXT_FUNCTIONS[name].format(sql)
    if "accenti" in functions:
        # It may make a backslash of a look-alike, and LIKE fails where one ends a pattern.
        return f"({value.sql} || '.' LIKE {sql} || '.')"
    start = _start(parts)
    if value.indexed and not functions and start:
        by_index = scope.binder.bind(f"{start}%", "text")
        return f"({value.indexed} LIKE {by_index} AND {value.sql} LIKE {sql})"
    return f"({value.sql} LIKE {sql})"


def _unwrap(pattern: Any) -> tuple[list[str], str]:
    """Return the functions around a literal, innermost first, and the literal."""
    functions: list[str] = []
    while isinstance(pattern, Mapping) and str(pattern.get("op")).lower() in TEXT_FUNCTIONS:
        functions.insert(0, pattern["op"].lower())
        arguments = pattern.get("args")
        pattern = arguments[0] if isinstance(arguments, list) and len(arguments) == 1 else None
    if not isinstance(pattern, str) or "\0" in pattern:
        raise FilterInvalid("LIKE needs a pattern that is a text in quotes, such as 'Elm%'.")
    return functions, pattern


def _read_pattern(text: str) -> list[str]:
    parts = ["%" if part[0] == "%" else part for part in _PARTS.findall(text)]
    if sum(map(len, _PARTS.findall(text))) != len(text):
        raise FilterInvalid(
            f"The pattern '{text[:50]}' ends with a backslash, which makes the next character an "
            r"ordinary one. Write \\ for a backslash itself."
        )
    if parts.count("%") > MOST_WILDCARDS:
        raise FilterInvalid(
            f"The pattern '{text[:50]}' has {parts.count('%')} wildcards %; {MOST_WILDCARDS} is "
            "the most."
        )
    return parts


def _start(parts: list[str]) -> str:
    """Return the pattern before its first wildcard, as far as the index has it."""
    start, length = "", 0
    for part in parts:
        if part in ("%", "_"):
            break
        taken = part if part[0] == "\\" else part[: INDEXED_CHARACTERS - length]
        length += 1 if part[0] == "\\" else len(taken)
        start += taken
        if length >= INDEXED_CHARACTERS:
            break
    return start
