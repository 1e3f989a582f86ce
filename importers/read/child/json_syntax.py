"""Parses untrusted JSON: depth is counted on bytes first, then one strict parser decides."""

import json
import re
from typing import Any

import numpy as np
import orjson

from importers.errors import SourceUnreadable
from importers.read.child.json_exact import (
    BIG_INTEGER,
    has_repeated_keys,
    parse_exactly,
    refuse_other_encoding,
)
from importers.read.limits import ReadLimits

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
# Address space: orjson reserves 12 bytes for each of the text, and the text is held twice;
# then what Python keeps for an object, a list and one more value in either.
_START_BYTES = 400_000_000
_TEXT_TIMES = 14
_OBJECT_BYTES = 250
_LIST_BYTES = 96
_VALUE_BYTES = 24
# What the fast parser says of numbers beyond the largest double, and of half surrogate pairs.
_KEPT_EXACTLY = ("infinity", "low surrogate", "high surrogate")
_NOT_NUMBERS = re.compile(rb"(?<![A-Za-z])(NaN|-?Infinity)(?![A-Za-z])")


def parse_json(text: bytes, limits: ReadLimits) -> Any:
    """Return the value of ``text``, which may begin with a UTF-8 byte order mark.

    Raises
    ------
    MemoryError
        The value would not fit into ``limits.memory_bytes``.
    SourceUnreadable
        ``JSON-TOO-DEEP``, ``JSON-NAN``, ``JSON-NUMBER``, ``JSON-DUPLICATE-KEY``,
        ``TEXT-ENCODING``, or ``JSON-SYNTAX`` with line and column.
    """
    text = text.removeprefix(b"\xef\xbb\xbf")
    without_strings = check_memory(text, limits)
    if _depth(without_strings) > limits.json_depth:
        raise SourceUnreadable(
            f"The JSON is nested more than {limits.json_depth} deep, which no GeoJSON needs.",
            code="JSON-TOO-DEEP",
        )
    if BIG_INTEGER.search(without_strings):
        return parse_exactly(text)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if any(word in error.msg for word in _KEPT_EXACTLY):
            return parse_exactly(text)
        raise _say_fault(text, error) from None
    # Of twin keys the fast parser keeps the last without a word.
    return parse_exactly(text) if has_repeated_keys(value, without_strings) else value


def check_memory(text: bytes, limits: ReadLimits) -> bytes:
    """Return ``text`` with every string in it empty, once it is known to fit when parsed.

    Raises
    ------
    MemoryError
        It would not fit into ``limits.memory_bytes``.
    """
    without_strings = _STRING.sub(b'""', text)
    if _memory_needed_bytes(text, without_strings) > limits.memory_bytes:
        raise MemoryError
    return without_strings


def _memory_needed_bytes(text: bytes, without_strings: bytes) -> int:
    """Estimate what parsing takes, because orjson crashes where it gets no more."""
    return (
        _START_BYTES
        + _TEXT_TIMES * len(text)
        + _OBJECT_BYTES * without_strings.count(b"{")
        + _LIST_BYTES * without_strings.count(b"[")
        + _VALUE_BYTES * without_strings.count(b",")
    )


def to_json_text(value: Any) -> str:
    """Return ``value`` as compact JSON; what is no text in it is written as an escape."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a number of more than 64 bits, or half of a surrogate pair
        return json.dumps(value, separators=(",", ":"))


def _depth(without_strings: bytes) -> int:
    step = np.zeros(256, np.int8)
    step[[ord("["), ord("{")]] = 1
    step[[ord("]"), ord("}")]] = -1
    steps = step[np.frombuffer(without_strings, np.uint8)]
    return int(np.cumsum(steps[steps != 0], dtype=np.int32).max(initial=0))


def _say_fault(text: bytes, error: orjson.JSONDecodeError) -> SourceUnreadable:
    refuse_other_encoding(text)
    if found := _NOT_NUMBERS.search(_STRING.sub(b'""', text)):
        return SourceUnreadable(
            f"The file holds {found.group().decode()} where a number must stand. "
            "Leave such values out, or write null.",
            code="JSON-NAN",
        )
    return SourceUnreadable(
        f"The JSON breaks off or is wrong at line {error.lineno} column {error.colno}. "
        "Export the file again and check that it arrived whole.",
        code="JSON-SYNTAX",
    )
