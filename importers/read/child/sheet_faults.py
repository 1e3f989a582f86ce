"""Finds the cells of an Excel sheet whose formula failed or was never worked out.

The library that reads cells gives both as empty ones, which would lose that there
was something. Only the cells' own tags are looked at, in the part that holds the sheet.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineSheet

from importers.findings import Finding
from importers.read.request import ReadRequest

_CHUNK_BYTES = 1 << 22
_OVERLAP_BYTES = 1 << 16
_FAILED = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>'
    rb"(?:<f\b[^>]*(?:/>|>[^<]*</f>))?<v>(#[^<]{1,30})</v>"
)
_NOT_WORKED_OUT = re.compile(
    rb'<c\b[^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>'
    rb"<f\b[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
)
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TOLD_ONE_BY_ONE = 50


@dataclass
class SheetFaults:
    """Cells by row from 1 and column from 0 of the sheet's used area."""

    failed: dict[int, dict[int, str]] = field(default_factory=dict)
    not_worked_out: list[tuple[int, int]] = field(default_factory=list)

    def put_back(self, row: int, cells: list[Any]) -> list[Any]:
        """Return a row with the errors that Excel shows in it, as a CSV would have them."""
        errors = self.failed.get(row)
        if errors is None:
            return cells
        return [errors.get(at, cell) for at, cell in enumerate(cells)]

    def findings(self, first_row: int, names: Mapping[int, str]) -> tuple[Finding, ...]:
        """Return a warning for each, from ``first_row`` on; ``names`` are those of columns."""
        told = [
            Finding(
                "CELL-ERROR",
                "warning",
                f"“{names[column]}” is “{error}”: the spreadsheet could not work the cell out.",
                row,
                names[column],
                error,
            )
            for row, errors in self.failed.items()
            for column, error in errors.items()
            if row >= first_row and column in names
        ]
        told += [
            Finding(
                "CELL-UNCALCULATED",
                "warning",
                f"“{names[column]}” has a formula without a value, and was read as empty. Open "
                "the workbook in the spreadsheet, save it, and send it again.",
                row,
                names[column],
            )
            for row, column in self.not_worked_out
            if row >= first_row and column in names
        ]
        return (*told[:_TOLD_ONE_BY_ONE], *_tell_others(told[_TOLD_ONE_BY_ONE:]))


def find_faults(request: ReadRequest, sheet: CalamineSheet) -> SheetFaults:
    """Return the faulty cells of a sheet of an .xlsx; other workbooks keep no such marks."""
    faults = SheetFaults()
    if request.form != "xlsx" or sheet.start is None:
        return faults
    with zipfile.ZipFile(request.path) as archive:
        part = _part_of(archive, sheet.name)
        if part is None:
            return faults
        failed: dict[str, str] = {}
        pending: set[str] = set()
        for text in _overlapping(archive, part):
            failed.update((at.decode(), error.decode()) for at, error in _FAILED.findall(text))
            pending.update(at.decode() for at in _NOT_WORKED_OUT.findall(text))
    first_column = sheet.start[1]
    for address, error in failed.items():
        row, column = _place(address)
        faults.failed.setdefault(row, {})[column - first_column] = error
    places = sorted(_place(address) for address in pending)
    faults.not_worked_out = [(row, column - first_column) for row, column in places]
    return faults


def _tell_others(others: list[Finding]) -> tuple[Finding, ...]:
    if not others:
        return ()
    return (Finding(others[0].kind, "warning", f"And {len(others):,} more cells in the same way."),)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Return the member that holds a sheet, by the two lists that every workbook has."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for each in book.iter():
        if each.tag.endswith("}sheet") and each.get("name") == sheet:
            target = targets.get(each.get(_ID), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.NameToInfo else None
    return None


def _overlapping(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield the part in pieces, each with the end of the one before, so that no tag is cut."""
    before = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield before + chunk
            before = chunk[-_OVERLAP_BYTES:]


def _place(address: str) -> tuple[int, int]:
    """Return the row from 1 and the column from 0 of an address such as ``AB12``."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(address[len(letters) :]), column - 1
