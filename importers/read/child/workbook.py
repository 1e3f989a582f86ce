"""Reads one sheet of an Excel or OpenDocument workbook, with the row numbers that Excel shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa
from python_calamine import CalamineSheet

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.csv_header import name_columns, refuse_header
from importers.read.child.csv_wkt import WktColumn, find_wkt_column
from importers.read.child.opened import OpenedBatch, OpenedSource, Spoilt
from importers.read.child.sheet_cells import ColumnKinds, array_of, as_text, is_filled
from importers.read.child.sheet_choice import open_sheet
from importers.read.child.sheet_faults import SheetFaults, find_faults
from importers.read.child.sheet_merged import tell_merged
from importers.read.form import FORM_WORDS
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

NumberedRow = tuple[int, list[Any]]
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the table lies in its sheet: its columns by place from 0, its first row of data."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    first_row: int


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the rows of the only sheet that has any, or of the one that the catalogue names.

    A column whose cells are all numbers, dates or yes-and-no keeps its type; any
    other is text. Of formulas the values count that were saved with them.

    Raises
    ------
    SourceUnreadable
        ``WORKBOOK-ENCRYPTED``, ``WORKBOOK-DAMAGED``, ``MULTI-LAYER``, ``NO-ROWS``,
        ``CSV-COLUMNS``, ``COL-TOO-MANY``, ``TOO-MANY-ROWS``, or ``ZIP-…`` as of any zip.
    """
    sheet, sheet_findings = open_sheet(request)
    faults = find_faults(request, sheet)
    table, table_findings = _find_table(sheet, request)
    kinds = _survey(sheet, table, faults, request.limits)
    kept = [at for at, kind in enumerate(kinds) if kind.has_any or table.names[at]]
    names, name_findings = name_columns([table.names[at] for at in kept], request.limits)
    columns = tuple(table.places[at] for at in kept)
    types = [kinds[at].arrow_type() for at in kept]
    wkt = find_wkt_column(names, request)
    rows = _rows(sheet, table.first_row, columns, faults)
    name_of = dict(zip(columns, names, strict=True))
    return OpenedSource(
        form=FORM_WORDS[request.form],
        fields=tuple(map(pa.field, names, types)),
        batches=_batches(rows, types, wkt, request.limits),
        encoding="utf-8",
        geometry_type="Mixed" if wkt else None,
        has_geometry=wkt is not None,
        findings=(
            *sheet_findings,
            *table_findings,
            *name_findings,
            *faults.findings(table.first_row, name_of),
            *tell_merged(sheet, table.first_row, name_of),
        ),
    )


def _find_table(sheet: CalamineSheet, request: ReadRequest) -> tuple[_Table, tuple[Finding, ...]]:
    """Return where the table is: its header is the first row with more than a title."""
    filled = (numbered for numbered in _numbered(sheet) if any(map(is_filled, numbered[1])))
    if not request.has_header:
        row, cells = next(filled)
        texts = [_header(cell) for cell in cells]
        after = [_header(cell) for cell in next(filled, (0, []))[1]]
        refuse_header(row, texts, after, request.columns)
        width = _width(cells)
        if width > len(request.columns):
            raise SourceUnreadable(
                f"Row {row} has {width} cells and the catalogue names {len(request.columns)} "
                "columns. Name them all in source.columns.",
                code="CSV-COLUMNS",
            )
        places = tuple(range(len(request.columns)))
        return _Table(request.columns, places, row), ()
    titles: list[NumberedRow] = []
    for row, cells in filled:
        if sum(map(is_filled, cells)) > 1 or len(cells) == 1:
            names = tuple(_header(cell) for cell in cells)
            return _Table(names, tuple(range(len(names))), row + 1), _tell_titles(titles, row)
        titles.append((row, cells))
    raise SourceUnreadable(
        f"The sheet “{sheet.name}” has no table: no row has more than one cell that is filled.",
        code="NO-ROWS",
    )


def _header(cell: Any) -> str:
    return " ".join(as_text(cell).split()) if is_filled(cell) else ""


def _width(cells: list[Any]) -> int:
    return max((at + 1 for at, cell in enumerate(cells) if is_filled(cell)), default=0)


def _tell_titles(titles: list[NumberedRow], header_row: int) -> tuple[Finding, ...]:
    if not titles:
        return ()
    said = "; ".join(as_text(cell) for _, cells in titles for cell in cells if is_filled(cell))
    message = (
        f"Row {header_row} was taken as the one with the names of the columns. What stands above "
        f"it was not read: {said[:_MOST_SHOWN]}."
    )
    return (Finding("SHEET-TITLE", "note", message, row=header_row),)


def _survey(
    sheet: CalamineSheet, table: _Table, faults: SheetFaults, limits: ReadLimits
) -> list[ColumnKinds]:
    """Return what each column holds; a sheet is read twice, so that no column is kept whole."""
    kinds = [ColumnKinds() for _ in table.places]
    count = 0
    for _, cells in _rows(sheet, table.first_row, table.places, faults):
        count += 1
        for kind, cell in zip(kinds, cells, strict=True):
            kind.add(cell)
    if not count:
        raise SourceUnreadable(
            "The sheet has no rows under its header. Is it the right one? Export it again.",
            code="NO-ROWS",
        )
    if count > limits.rows:
        raise SourceUnreadable(
            f"The sheet has more than {limits.rows:,} rows. Send it in parts.",
            code="TOO-MANY-ROWS",
        )
    return kinds


def _numbered(sheet: CalamineSheet) -> Iterator[NumberedRow]:
    return enumerate(sheet.iter_rows(), start=1)


def _rows(
    sheet: CalamineSheet, first_row: int, places: tuple[int, ...], faults: SheetFaults
) -> Iterator[NumberedRow]:
    """Yield the rows that have anything in them, errors as the text that Excel shows."""
    for row, cells in islice(_numbered(sheet), first_row - 1, None):
        cells = faults.put_back(row, cells)
        wanted = [cells[place] if place < len(cells) else "" for place in places]
        if any(map(is_filled, wanted)):
            yield row, wanted


def _batches(
    rows: Iterator[NumberedRow],
    types: list["pa.DataType"],
    wkt: WktColumn | None,
    limits: ReadLimits,
) -> Iterator[OpenedBatch]:
    while some := list(islice(rows, limits.batch_rows)):
        spoilt: list[Spoilt] = []
        told: list[Finding] = []
        wkb = None
        if wkt is not None:
            some, wkb = _read_shapes(some, wkt, spoilt, told)
        columns = zip(*(cells for _, cells in some), strict=True) if some else ((),) * len(types)
        yield OpenedBatch(
            rows=[row for row, _ in some],
            columns=[array_of(cells, kind) for cells, kind in zip(columns, types, strict=True)],
            wkb=wkb,
            spoilt=tuple(spoilt),
            told=tuple(told),
        )


def _read_shapes(
    some: list[NumberedRow], wkt: WktColumn, spoilt: list[Spoilt], told: list[Finding]
) -> tuple[list[NumberedRow], "pa.Array[Any]"]:
    read = wkt.read([_cell_text(cells[wkt.place]) for _, cells in some])
    for place, (kind, message) in read.faults.items():
        row, cells = some[place]
        finding = Finding(kind, "error", f"Row {row}: {message}", row=row, field=wkt.name)
        spoilt.append((finding, "\t".join(map(_cell_text, cells))))
    told.extend(wkt.tell(read, [row for row, _ in some]))
    placed = [place for place in range(len(some)) if place not in read.faults]
    return [some[place] for place in placed], pa.array(read.wkb[placed], pa.binary())


def _cell_text(cell: Any) -> str:
    return as_text(cell) if is_filled(cell) else ""
