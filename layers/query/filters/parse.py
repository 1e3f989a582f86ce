"""Reading a filter: either encoding becomes the plain values of CQL2 JSON."""

import re
from decimal import Decimal
from typing import Any, Literal

import cql2
import orjson

from layers.errors import FilterInvalid
from layers.query.filters.limits import (
    refuse_deep_json,
    refuse_deep_text,
    refuse_large_tree,
    refuse_long,
)

Language = Literal["cql2-text", "cql2-json"]

_LITERAL = re.compile(
    r"""
    '(?P<content>(?:[^'\\]|''|\\.)*+)' | "(?:[^"]|"")*+" | (?P<unclosed>['"])
    | (?<![\w.:]) (?P<number>[0-9]{1,30}(?:\.[0-9]{0,30})?[eE][+-]?[0-9]{1,2}) (?![\w.:])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(['\\abtnvfr])")
_ESCAPED = {"'": "''", "\\": "\\", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v",
            "f": "\f", "r": "\r"}  # fmt: skip
_PLACE = re.compile(r"--> (\d+):(\d+)")


def parse_filter(expression: str, language: Language) -> Any:
    """Return a filter as the values of CQL2 JSON, small enough to be walked recursively.

    Raises
    ------
    FilterInvalid
        It cannot be read, or is larger than `layers.query.filters.limits` allow.
    """
    refuse_long(expression)
    _refuse_unwritable(expression)
    document = _read_text(expression) if language == "cql2-text" else _read_json(expression)
    refuse_large_tree(document)
    return document


def _refuse_unwritable(expression: str) -> None:
    position = expression.find("\0")
    if position < 0:
        try:
            expression.encode()
        except UnicodeEncodeError as error:
            position = error.start
    if position >= 0:
        raise FilterInvalid(
            f"The filter has a character that no text can have, at character {position + 1}."
        )


def _read_text(expression: str) -> Any:
    plain = _LITERAL.sub(_as_parsed, expression)
    refuse_long(plain)
    refuse_deep_text(plain)
    try:
        return cql2.parse_text(plain).to_json()
    except cql2.ParseError as error:
        raise _unreadable(str(error), plain, is_as_sent=plain == expression) from None
    # What its reader of geometries refuses comes as a plain Exception, without a place.
    except Exception as error:
        raise FilterInvalid(
            f"The filter's geometry cannot be read: {error}. Write it as WKT, such as "
            "POINT(-1.9 52.48)."
        ) from None


def _as_parsed(string: re.Match[str]) -> str:
    r"""Return a literal as the parser knows it: without escapes, or exponents in geometries.

    Source: OGC 21-065r2, requirement /req/cql2-text/escaping. ``\%`` and ``\_`` stay as they
    are: they mean something to LIKE.
    """
    if string["number"]:
        return f"{Decimal(string['number']):f}"
    if string["unclosed"]:
        raise FilterInvalid(
            f"The filter has a quote that is not closed, at character {string.start() + 1}. Text "
            "stands between single quotes; one within it is written twice: 'St Mary''s'."
        )
    if "\\" not in (string["content"] or ""):
        return string[0]
    return f"'{_ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], string['content'])}'"


def _unreadable(message: str, text: str, *, is_as_sent: bool) -> FilterInvalid:
    place = _PLACE.search(message)
    if place is None:
        return FilterInvalid(f"The filter cannot be read: {message.splitlines()[0][:200]}.")
    lines = text.split("\n")
    position = sum(len(line) + 1 for line in lines[: int(place[1]) - 1]) + int(place[2])
    where = f" at character {position}" if is_as_sent else ""
    rest = text[position - 1 : position + 29]
    what = f"before “{rest}”" if rest.strip() else "at its end, where something is missing"
    return FilterInvalid(
        f"The filter cannot be read{where}, {what}. Write CQL2 text, such as "
        "name = 'Elm School' AND pupils > 200; text stands in single quotes."
    )


def _read_json(expression: str) -> Any:
    refuse_deep_json(expression)
    try:
        return orjson.loads(expression)
    except orjson.JSONDecodeError as error:
        raise FilterInvalid(
            f"The filter is not JSON, at character {error.pos + 1}. Write CQL2 JSON, such as "
            '{"op": "=", "args": [{"property": "name"}, "Elm School"]}.'
        ) from None
