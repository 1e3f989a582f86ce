"""Reads a CSV as text, row by row, with the line numbers that a person sees."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NoReturn

import numpy as np
import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.csv_blocks import cut_plain
from importers.read.child.csv_header import (
    Separator,
    find_separator,
    name_columns,
    refuse_header,
)
from importers.read.child.csv_lines import NumberedLines
from importers.read.child.csv_wkt import WktColumn, find_wkt_column
from importers.read.child.gzip_file import unpack_gzip
from importers.read.child.opened import OpenedBatch, OpenedSource, Spoilt
from importers.read.child.text_encoding import find_encoding
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

_CHUNK_BYTES = 1 << 20
_FIRST_ROWS = 1000
_BLOCK_CHARACTERS = 1 << 20
_MOST_BLOCK_CHARACTERS = 1 << 23
NumberedRow = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """What every row of the table is like: its cells, and which of them holds WKT."""

    width: int
    separator: Separator
    wkt: WktColumn | None


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the table as columns of text.

    Raises
    ------
    SourceUnreadable
        ``CSV-NUL``, ``TEXT-ENCODING``, ``NO-ROWS``, ``HEADER-UNEXPECTED`` or
        ``CSV-COLUMNS`` at once;
        ``CSV-QUOTE``, ``LINE-TOO-LONG``, ``CELL-TOO-BIG`` or ``TOO-MANY-ROWS``
        from where they lie.
    """
    path = Path(request.path)
    if request.form == "csv.gz":
        path = unpack_gzip(path, Path(request.scratch) / "source.csv", request.limits)
    encoding, encoding_findings = find_encoding(path, request.encoding)
    _refuse_nul(path)
    separator = find_separator(path, encoding, request.limits)
    lines = _open_lines(path, encoding, separator, request.limits)
    rows = _numbered_rows(lines, separator, request.limits)
    names, name_findings = _column_names(rows, request)
    first = next(rows, None)
    if first is None:
        _refuse_without_rows()
    second = next(rows, None)
    names = names or _given_names(first, second, request)
    wkt = find_wkt_column(names, request)
    first_rows = [first] if second is None else [first, second]
    return OpenedSource(
        form="CSV",
        fields=tuple(pa.field(name, pa.string()) for name in names),
        batches=_batches(
            first_rows, rows, lines, Layout(len(names), separator, wkt), request.limits
        ),
        encoding=encoding.removesuffix("-sig"),
        geometry_type="Mixed" if wkt else None,
        has_geometry=wkt is not None,
        findings=(*encoding_findings, *separator.findings, *name_findings),
    )


def _refuse_nul(path: Path) -> None:
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            if (offset := chunk.find(b"\x00")) >= 0:
                line += chunk.count(b"\n", 0, offset)
                raise SourceUnreadable(
                    f"Line {line} holds a NUL byte, which no text may. "
                    "Export the file again from where it came.",
                    code="CSV-NUL",
                )
            line += chunk.count(b"\n")


def _refuse_without_rows() -> NoReturn:
    raise SourceUnreadable(
        "The file has no rows. Is it the right one? Export it again.",
        code="NO-ROWS",
    )


def _column_names(
    rows: Iterator[NumberedRow], request: ReadRequest
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Return the header's names; of a file without a header none yet."""
    if not request.has_header:
        return (), ()
    header = next(rows, None)
    if header is None:
        _refuse_without_rows()
    return name_columns(header[1], request.limits)


def _given_names(
    first: NumberedRow, second: NumberedRow | None, request: ReadRequest
) -> tuple[str, ...]:
    """Return the catalogue's names for a file without a header, which may stop early."""
    line, cells = first
    refuse_header(line, cells, second[1] if second else (), request.columns)
    if len(cells) > len(request.columns):
        raise SourceUnreadable(
            f"Line {line} has {len(cells)} cells and the catalogue names "
            f"{len(request.columns)} columns. Name them all in source.columns.",
            code="CSV-COLUMNS",
        )
    return request.columns[: len(cells)]


def _open_lines(
    path: Path, encoding: str, separator: Separator, limits: ReadLimits
) -> NumberedLines:
    """Open the text for as long as the child lives, behind the lines that precede the table."""
    text = path.open(encoding=encoding, newline="")
    for _ in range(separator.skipped_lines):
        text.readline()
    return NumberedLines(text, separator.skipped_lines, limits)


def _numbered_rows(
    lines: NumberedLines, separator: Separator, limits: ReadLimits
) -> Iterator[NumberedRow]:
    """Yield each row with the line on which it begins; blank lines are left out."""
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(lines, delimiter=separator.character, strict=True)
    while True:
        line = lines.line + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            _refuse_row(line, error, limits)
        if cells is None:
            return
        if cells:
            yield line, cells


def _refuse_row(line: int, error: csv.Error, limits: ReadLimits) -> NoReturn:
    """Say what a strict CSV reader can stumble over: the size of a cell, or quotes."""
    if "field limit" in str(error):
        raise SourceUnreadable(
            f"A cell of the row that begins on line {line} is longer than "
            f"{limits.cell_characters:,} characters. Perhaps a quotation mark is not closed.",
            code="CELL-TOO-BIG",
        )
    raise SourceUnreadable(
        f"A quotation mark in the row that begins on line {line} is not closed, or text "
        "follows it before the next comma. Write quotation marks inside a cell twice.",
        code="CSV-QUOTE",
    )


def _batches(
    first_rows: list[NumberedRow],
    rows: Iterator[NumberedRow],
    lines: NumberedLines,
    layout: Layout,
    limits: ReadLimits,
) -> Iterator[OpenedBatch]:
    count = 0
    for batch in _uncounted_batches(first_rows, rows, lines, layout, limits):
        count += len(batch.rows) + len(batch.spoilt)
        if count > limits.rows:
            raise SourceUnreadable(
                f"The file has more than {limits.rows:,} rows. Send it in parts.",
                code="TOO-MANY-ROWS",
            )
        yield batch


def _uncounted_batches(
    first_rows: list[NumberedRow],
    rows: Iterator[NumberedRow],
    lines: NumberedLines,
    layout: Layout,
    limits: ReadLimits,
) -> Iterator[OpenedBatch]:
    """Yield the first rows with some after them, then block by block: at once, or row by row."""
    leading = chain(first_rows, islice(rows, _FIRST_ROWS))
    while few := list(islice(leading, limits.batch_rows)):
        yield _batch(few, layout)
    characters = _BLOCK_CHARACTERS
    while block := lines.take_block(characters):
        columns = cut_plain(block, layout.width, layout.separator.character, limits)
        if columns is not None:
            yield from _plain_batches(columns, lines.line + 1, layout, limits)
            lines.line += len(columns[0])
            characters = _characters_of_batch(block, len(columns[0]), limits)
            continue
        lines.give_back(block)
        while some := list(_rows_given_back(rows, lines, limits)):
            yield _batch(some, layout)


def _rows_given_back(
    rows: Iterator[NumberedRow], lines: NumberedLines, limits: ReadLimits
) -> Iterator[NumberedRow]:
    for _ in range(limits.batch_rows):
        if not lines.has_given_back or (row := next(rows, None)) is None:
            return
        yield row


def _characters_of_batch(block: str, row_count: int, limits: ReadLimits) -> int:
    """Return how many characters are about a batch, judging by the last block."""
    return min(limits.batch_rows * len(block) // row_count, _MOST_BLOCK_CHARACTERS)


def _plain_batches(
    columns: list["pa.StringArray"], line: int, layout: Layout, limits: ReadLimits
) -> Iterator[OpenedBatch]:
    for start in range(0, len(columns[0]), limits.batch_rows):
        some = [column.slice(start, limits.batch_rows) for column in columns]
        numbers = np.arange(line + start, line + start + len(some[0]))
        if layout.wkt is None:
            yield OpenedBatch(rows=numbers, columns=some)
        else:
            cells = zip(*(column.to_pylist() for column in some), strict=True)
            yield _batch(list(zip(numbers.tolist(), cells, strict=True)), layout)


def _batch(some: list[NumberedRow], layout: Layout) -> OpenedBatch:
    whole = [(line, cells) for line, cells in some if len(cells) == layout.width]
    spoilt = [
        _spoil(cells, _ragged(line, cells, layout), layout)
        for line, cells in some
        if len(cells) != layout.width
    ]
    wkb = None
    told: tuple[Finding, ...] = ()
    if layout.wkt is not None:
        read = layout.wkt.read([cells[layout.wkt.place] for _, cells in whole])
        spoilt += [
            _spoil(whole[place][1], _faulty_shape(whole[place][0], fault, layout.wkt), layout)
            for place, fault in read.faults.items()
        ]
        told = layout.wkt.tell(read, [line for line, _ in whole])
        placed = [place for place in range(len(whole)) if place not in read.faults]
        whole = [whole[place] for place in placed]
        wkb = pa.array(read.wkb[placed], pa.binary())
    columns = zip(*(cells for _, cells in whole), strict=True) if whole else ((),) * layout.width
    return OpenedBatch(
        rows=[line for line, _ in whole],
        columns=[pa.array(cells, pa.string()) for cells in columns],
        wkb=wkb,
        spoilt=tuple(spoilt),
        told=told,
    )


def _ragged(line: int, cells: Sequence[str], layout: Layout) -> Finding:
    message = (
        f"Line {line} has {len(cells)} cells, the header has {layout.width}. "
        "Put cells that hold a separator into quotation marks."
    )
    return Finding("CSV-COLUMNS", "error", message, row=line)


def _faulty_shape(line: int, fault: tuple[str, str], wkt: WktColumn) -> Finding:
    kind, message = fault
    return Finding(kind, "error", f"Line {line}: {message}", row=line, field=wkt.name)


def _spoil(cells: Sequence[str], finding: Finding, layout: Layout) -> Spoilt:
    raw = io.StringIO()
    separator = layout.separator.character
    csv.writer(raw, delimiter=separator, lineterminator="").writerow(cells)
    return finding, raw.getvalue()
