"""How large a filter may be: looked at before anything is parsed, or called by itself."""

import re
from collections.abc import Iterator
from typing import Any

from layers.errors import FilterInvalid

# Of a whole query as well, as it is sent (`layers.api.parameters`).
MOST_CHARACTERS = 60_000
MOST_NODES = 1_000
MOST_LEVELS = 50
MOST_LISTED = 1_000
MOST_VERTICES = 4_000
# Of what a filter becomes: statements are kept by their text, some hundreds in each process.
MOST_SQL_CHARACTERS = 65_536
# The parser calls itself for each bracket, and for each operator that follows another: up to
# 6 kB of stack a bracket and 3 kB an operator. These keep it below half a thread's 2 MB.
MOST_BRACKETS = 30
MOST_OPERATORS = 250

# Strings first, as the parser knows them: what stands in one is neither bracket nor operator.
_TOKENS = re.compile(
    r"""
    '(?:[^']|'')*+' | "(?:[^"]|"")*+"
    | (?P<opens>[(\[{]) | (?P<closes>[)\]}]) | (?P<comma>,)
    | (?P<operator>[-+*/%^=<>]|\b(?:and|or|not|like|in|between|is|div)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JSON_TOKENS = re.compile(
    r'"(?:[^"\\]|\\.)*+(?:"|\Z)|(?P<opens>[\[{])|(?P<closes>[\]}])', re.DOTALL
)


def refuse_long(text: str) -> None:
    """Raise if the text is longer than `MOST_CHARACTERS`."""
    if len(text) > MOST_CHARACTERS:
        raise FilterInvalid(
            f"The filter has {len(text):,} characters; {MOST_CHARACTERS:,} is the most. Simplify "
            "its geometry, or divide it into several requests."
        )


def refuse_deep_text(text: str) -> None:
    """Raise if brackets or operators of CQL2 text are nested too deep to be parsed.

    The text has its strings closed, and no escape in them but the doubled quote.
    """
    operators = [0]  # of each open bracket, those since its last comma
    held = 0  # their sum
    for token in _TOKENS.finditer(text):
        kind = token.lastgroup
        if kind == "operator":
            operators[-1] += 1
            held += 1
        elif kind == "comma":
            held -= operators[-1]
            operators[-1] = 0
        elif kind == "opens":
            operators.append(0)
        elif kind == "closes" and len(operators) > 1:
            held -= operators.pop()
        if len(operators) > MOST_BRACKETS or held > MOST_OPERATORS:
            raise _too_deep(token.start())


def refuse_deep_json(text: str) -> None:
    """Raise if brackets of JSON are nested deeper than any filter within the limits needs."""
    depth = 0
    for token in _JSON_TOKENS.finditer(text):
        depth += {"opens": 1, "closes": -1}.get(token.lastgroup or "", 0)
        if depth > 2 * MOST_LEVELS + 10:
            raise _too_deep(token.start())


def refuse_large_tree(document: Any) -> None:
    """Raise if parsed CQL2 has too many parts or levels, or too long a list."""
    for count, (part, level) in enumerate(_walk(document), start=1):
        if level > MOST_LEVELS:
            raise FilterInvalid(
                f"The filter is nested more than {MOST_LEVELS} levels deep. Take away needless "
                "NOT and brackets, or write a list of values with IN."
            )
        if count > MOST_NODES:
            raise FilterInvalid(
                f"The filter has more than {MOST_NODES:,} parts. Write a list of values with IN, "
                "or divide it into several requests."
            )
        if isinstance(part, list) and len(part) > MOST_LISTED:
            raise FilterInvalid(
                f"A list in the filter has {len(part):,} values; {MOST_LISTED:,} is the most. "
                "Divide it into several requests."
            )


def refuse_large_statement(text: str) -> None:
    """Raise if a filter has become more SQL than `MOST_SQL_CHARACTERS`."""
    if len(text) > MOST_SQL_CHARACTERS:
        raise FilterInvalid(
            "The filter asks too much at once. Write a list of values with IN, or divide it into "
            "several requests."
        )


def _walk(document: Any) -> Iterator[tuple[Any, int]]:
    """Yield every part with its level. Plain values of a list are not parts of their own."""
    waiting = [(document, 1)]
    while waiting:
        part, level = waiting.pop()
        yield part, level
        if isinstance(part, dict):
            inner = [value for name, value in part.items() if name not in ("coordinates", "bbox")]
            level += "op" in part
        else:
            inner = part if isinstance(part, list) else []
        waiting.extend((value, level) for value in inner if isinstance(value, (dict, list)))


def _too_deep(position: int) -> FilterInvalid:
    return FilterInvalid(
        f"The filter is nested too deep, at character {position + 1}. Take away needless NOT and "
        "brackets, write a list of values with IN, or divide it into several requests."
    )
