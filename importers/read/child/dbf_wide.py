"""Reads whole numbers that are too wide for GDAL, which would round them to 16 digits."""

import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from importers.read.child.dbf_table import DbfField, DbfTable

# The array of each such column by its place in the table.
WideColumns = dict[int, "pa.Array[Any]"]

# From this width on GDAL reads a column without decimals as a fraction.
_WIDE = 19
_LARGEST = 2**63 - 1
_WHOLE = re.compile(r"[-+]?\d+", re.ASCII)


def read_wide_integers(table: DbfTable) -> WideColumns:
    """Return the wide columns of whole numbers: as numbers if all fit 64 bits, else as text."""
    return {
        place: _column(table, column)
        for place, column in enumerate(table.fields)
        if column.letter == "N" and not column.decimals and column.end - column.start >= _WIDE
    }


def _column(table: DbfTable, column: DbfField) -> "pa.Array[Any]":
    texts = list(_texts(table, column))
    if all(text is None or _is_small(text) for text in texts):
        return pa.array([None if text is None else int(text) for text in texts], pa.int64())
    return pa.array(texts, pa.string())


def _texts(table: DbfTable, column: DbfField) -> Iterator[str | None]:
    for cell in table.cells(column).tolist():
        text = cell.strip(b" \x00").decode("latin-1")
        yield None if not text.strip("*") else text


def _is_small(text: str) -> bool:
    return bool(_WHOLE.fullmatch(text)) and abs(int(text)) <= _LARGEST
