"""Tells of cells that were merged into one: its value is in the first, all others are empty.

A value is not copied into the others: whether it is meant for each of them only a person knows.
"""

from collections.abc import Mapping

from python_calamine import CalamineSheet

from importers.findings import Finding

_TOLD_ONE_BY_ONE = 50


def tell_merged(
    sheet: CalamineSheet, first_row: int, names: Mapping[int, str]
) -> tuple[Finding, ...]:
    """Return a warning for each merged range of the table; an OpenDocument file names none.

    Parameters
    ----------
    first_row
        The first row of data, from 1. What is merged in titles above it does not matter.
    names
        The columns that are read, by their place from 0 in the sheet's used area.
    """
    first_column = sheet.start[1] if sheet.start else 0
    columns = {first_column + place: name for place, name in names.items()}
    told = [
        _say(start, end, column)
        for start, end in sorted(sheet.merged_cell_ranges or ())
        if end[0] + 1 >= first_row and (column := _first_of(columns, start[1], end[1])) is not None
    ]
    return (*told[:_TOLD_ONE_BY_ONE], *_tell_others(len(told) - _TOLD_ONE_BY_ONE))


def _first_of(columns: Mapping[int, str], first: int, last: int) -> str | None:
    return next((name for at, name in sorted(columns.items()) if first <= at <= last), None)


def _say(start: tuple[int, int], end: tuple[int, int], column: str) -> Finding:
    cells = f"{_address(*start)}:{_address(*end)}"
    message = (
        f"The cells {cells} are merged: what they say was read in {_address(*start)} alone, and "
        "the others as empty. If it is meant for all of them, unmerge them in the spreadsheet and "
        "fill the value in."
    )
    return Finding("CELL-MERGED", "warning", message, start[0] + 1, column, cells)


def _tell_others(count: int) -> tuple[Finding, ...]:
    if count <= 0:
        return ()
    return (Finding("CELL-MERGED", "warning", f"And {count:,} more ranges in the same way."),)


def _address(row: int, column: int) -> str:
    """Return a place counted from 0 as Excel shows it: ``C4``."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
