"""Reads a CSV as text, row by row, with the line numbers that a person sees."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NoReturn, TextIO

import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.csv_header import (
    Separator,
    find_separator,
    name_columns,
    refuse_header,
)
from importers.read.child.csv_wkt import WktColumn, find_wkt_column
from importers.read.child.gzip_file import unpack_gzip
from importers.read.child.opened import OpenedBatch, OpenedSource, Spoilt
from importers.read.child.text_encoding import find_encoding
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

_CHUNK_BYTES = 1 << 20
NumberedRow = tuple[int, list[str]]


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
    rows = _numbered_rows(path, encoding, separator, request.limits)
    names, name_findings = _column_names(rows, request)
    first = next(rows, None)
    if first is None:
        _refuse_without_rows()
    second = next(rows, None)
    names = names or _given_names(first, second, request)
    wkt = find_wkt_column(names, request)
    all_rows = chain(filter(None, (first, second)), rows)
    return OpenedSource(
        form="CSV",
        fields=tuple(pa.field(name, pa.string()) for name in names),
        batches=_batches(all_rows, Layout(len(names), separator, wkt), request.limits),
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


def _numbered_rows(
    path: Path, encoding: str, separator: Separator, limits: ReadLimits
) -> Iterator[NumberedRow]:
    """Yield each row with the line on which it begins; blank lines are left out."""
    csv.field_size_limit(limits.cell_characters)
    with path.open(encoding=encoding, newline="") as text:
        for _ in range(separator.skipped_lines):
            text.readline()
        lines = _lines(text, separator.skipped_lines, limits)
        reader = csv.reader(lines, delimiter=separator.character, strict=True)
        while True:
            line = reader.line_num + separator.skipped_lines + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                _refuse_row(line, error, limits)
            if cells is None:
                return
            if cells:
                yield line, cells


def _lines(text: TextIO, line: int, limits: ReadLimits) -> Iterator[str]:
    """Yield lines without ever holding one of any length."""
    while content := text.readline(limits.line_characters):
        line += 1
        if len(content) == limits.line_characters:
            raise SourceUnreadable(
                f"Line {line} is longer than {limits.line_characters:,} characters. "
                "Check that the file is a table with one row a line.",
                code="LINE-TOO-LONG",
            )
        yield content


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
    rows: Iterator[NumberedRow], layout: Layout, limits: ReadLimits
) -> Iterator[OpenedBatch]:
    count = 0
    while some := list(islice(rows, limits.batch_rows)):
        count += len(some)
        if count > limits.rows:
            raise SourceUnreadable(
                f"The file has more than {limits.rows:,} rows. Send it in parts.",
                code="TOO-MANY-ROWS",
            )
        yield _batch(some, layout)


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
