"""Writes the properties of all rows of a batch as JSON, a column at a time."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from importers.transform.plain import bytes_of

_ESCAPED = r'["\\\x00-\x1f]'
_IS_ESCAPED = np.zeros(256, dtype=bool)
_IS_ESCAPED[[*b'"\\', *range(0x20)]] = True


def json_objects(columns: Mapping[str, "pa.Array[Any]"], count: int) -> "pa.LargeBinaryArray":
    """Return one JSON object for each of ``count`` rows: the very bytes that orjson would write.

    Parameters
    ----------
    columns
        Text, whole numbers, numbers or truth values by the name that each has in the object.
    """
    if not columns:
        return pa.array([b"{}"] * count, pa.large_binary())
    pieces: list[Any] = []
    for place, (name, column) in enumerate(columns.items()):
        before = "," if place else "{"
        pieces += [f"{before}{orjson.dumps(name).decode()}:", *_tokens(column)]
    # Large: 20,000 rows of the longest texts are more than 2 GB.
    joined = pc.binary_join_element_wise(*map(_large, pieces), _large("}"), _large(""))
    return joined.cast(pa.large_binary())


def _large(piece: Any) -> Any:
    return (
        pa.scalar(piece, pa.large_string())
        if isinstance(piece, str)
        else piece.cast(pa.large_string())
    )


def _tokens(column: "pa.Array[Any]") -> list[Any]:
    """Return what to put together for each value as JSON has it: texts, and columns of text."""
    if pa.types.is_string(column.type):
        return _quoted(column)
    if pa.types.is_floating(column.type):
        written = orjson.dumps(column.to_pylist())[1:-1].decode()
        return [pa.array(written.split(",") if len(column) else [], pa.string())]
    return [pc.fill_null(column.cast(pa.string()), "null")]


def _quoted(texts: "pa.StringArray") -> list[Any]:
    has_escaped = _IS_ESCAPED[bytes_of(texts)[0]].any()
    if not has_escaped and not texts.null_count:
        return ['"', texts, '"']
    quoted = pc.binary_join_element_wise('"', texts, '"', "")
    return [pc.fill_null(_escaped(quoted, texts) if has_escaped else quoted, "null")]


def _escaped(quoted: "pa.Array[Any]", texts: "pa.StringArray") -> "pa.Array[Any]":
    """Return the texts in quotes, those with characters that JSON escapes written one by one."""
    is_escaped = pc.fill_null(pc.match_substring_regex(texts, _ESCAPED), False)
    places = pa.array(np.flatnonzero(is_escaped))
    written = [orjson.dumps(text).decode() for text in texts.take(places).to_pylist()]
    return pc.replace_with_mask(quoted, is_escaped, pa.array(written, pa.string()))


def rows_of(
    columns: Mapping[str, "pa.Array[Any]"], places: NDArray[np.int64]
) -> dict[str, "pa.Array[Any]"]:
    """Return the columns with only the rows at ``places``, which are in ascending order."""
    if all(len(column) == len(places) for column in columns.values()):
        return dict(columns)
    wanted = pa.array(places, pa.int64())
    return {name: column.take(wanted) for name, column in columns.items()}
