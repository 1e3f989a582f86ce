"""Finds the cells of a .dbf that GDAL would read as something that they do not say."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import numpy as np

from importers.findings import Finding
from importers.read.child.dbf_table import DbfField, DbfTable

_NUMBER = re.compile(rb"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
# GDAL and QGIS fill an empty number with asterisks, dBase one too large for its column:
# both say that there is no number here.
_NO_NUMBER = re.compile(rb"\**")
_NO_DATE = (b"", b"00000000")


def find_wrong_values(table: DbfTable) -> dict[int, tuple[str, str]]:
    """Return kind and message of the rows, counted from 1, that hold an impossible value."""
    wrong: dict[int, tuple[str, str]] = {}
    for column in table.fields:
        if column.letter in "NF":
            wrong |= _rows_with_wrong(table, column, "number", _is_number)
        elif column.letter == "D":
            wrong |= _rows_with_wrong(table, column, "date", _is_date)
    return wrong


def note_missing_numbers(table: DbfTable) -> Iterator[Finding]:
    """Yield a note for each column of numbers that has cells of asterisks."""
    for column in table.fields:
        if column.letter not in "NF":
            continue
        cells = table.records[:, column.start : column.end]
        count = int(((cells[:, 0] == ord("*")) & ~table.is_deleted).sum())
        if count:
            yield Finding(
                "NUMBER-MISSING",
                "note",
                f"{column.name} is filled with asterisks in {count:,} rows, which says that "
                "there is no number or none that fits its column; it was read as empty.",
                field=column.name,
            )


def _rows_with_wrong(
    table: DbfTable, column: DbfField, noun: str, is_right: Callable[[bytes], bool]
) -> dict[int, tuple[str, str]]:
    cells = table.cells(column)
    wrong: dict[int, tuple[str, str]] = {}
    for value in np.unique(cells):
        content = bytes(value).strip(b" \x00")
        if is_right(content):
            continue
        message = f"{column.name} holds {ascii(content)[2:-1]}, which is not a {noun}."
        for place in np.flatnonzero(cells == value):
            wrong[int(place) + 1] = (f"{noun.upper()}-INVALID", message)
    return wrong


def _is_number(content: bytes) -> bool:
    return bool(_NO_NUMBER.fullmatch(content) or _NUMBER.fullmatch(content))


def _is_date(content: bytes) -> bool:
    if content in _NO_DATE:
        return True
    try:
        date(int(content[:4]), int(content[4:6]), int(content[6:]))
    except ValueError:
        return False
    return True
