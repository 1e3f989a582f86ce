"""From a source's columns to typed properties."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from importers.catalogue.entries import FieldEntry, LayerEntry
from importers.errors import CheckFailed
from importers.findings import Finding
from importers.read.batch import SourceBatch
from importers.transform.column import kept_type, put_values, read_column
from importers.transform.mending import tell_mended
from importers.transform.properties import json_objects, rows_of
from importers.transform.values import ValueNotRead, as_shown, read_text, value_reader


@dataclass(frozen=True, slots=True)
class TypedFields:
    """The fields of a batch: a column of values for each field, in the order of the rows."""

    values: dict[str, "pa.Array[Any]"]
    findings: list[Finding]


def read_fields(batch: SourceBatch, entry: LayerEntry, column_of: Mapping[str, str]) -> TypedFields:
    """Return the batch's values by field, with a finding for each that could not be read.

    A value that is not of its field's type, and an empty one in a required
    field, keep their row out. A web address or a postcode that is not one is only
    left empty or kept as text: the rest of the row is still true.
    """
    values: dict[str, pa.Array[Any]] = {}
    findings: list[Finding] = []
    rows = batch.rows
    for field in entry.fields:
        column = column_of.get(field.name)
        if column is None:
            values[field.name] = pa.nulls(len(rows), kept_type(field.type))
            continue
        cells = batch.columns.column(column).combine_chunks()
        values[field.name] = _read_column(field, cells, rows, findings)
        if field.required or field.name in entry.key:
            findings.extend(_empty_cells(field, values[field.name], rows, findings))
    return TypedFields(values, findings)


def write_properties(
    typed: TypedFields,
    fields: tuple[FieldEntry, ...],
    kept: NDArray[np.int64],
    *,
    public: bool,
) -> list[bytes]:
    """Return a JSON object of the public, or of the other, fields for each row in ``kept``."""
    columns = {field.name: typed.values[field.name] for field in fields if field.public is public}
    return json_objects(rows_of(columns, kept), len(kept))


def _read_column(
    field: FieldEntry, cells: "pa.Array[Any]", rows: NDArray[np.int64], findings: list[Finding]
) -> "pa.Array[Any]":
    reading = read_column(cells, field.type, value_reader(field), may_be_plain=not field.words)
    kept_texts: dict[int, str] = {}
    for place, cell, error in reading.faults:
        finding, kept = _unread(field, cell, int(rows[place]), error)
        findings.append(finding)
        if kept is not None:
            kept_texts[place] = kept
    mended = [(int(rows[place]), cell, result) for place, cell, result in reading.mended]
    findings.extend(tell_mended(mended, title=field.title, field=field.name))
    return put_values(reading.values, kept_texts)


def _unread(
    field: FieldEntry, value: Any, row: int, error: ValueNotRead
) -> tuple[Finding, str | None]:
    shown = as_shown(value)
    message = f"“{field.title}” is “{shown}”; expected {error}."
    if error.kind == "UPRN-EXCEL":
        # One cell shows it, but the whole column went through the same spreadsheet.
        raise CheckFailed(f"Row {row}: {message} Nothing was changed.", code=error.kind)
    if error.kind == "URL-INVALID":
        message += " The link is left out."
        return Finding(error.kind, "warning", message, row, field.name, shown), None
    if error.kind == "POSTCODE-INVALID" and not field.required:
        message += " It is kept as it is."
        return Finding(error.kind, "warning", message, row, field.name, shown), read_text(value)
    return Finding(error.kind, "error", message, row, field.name, shown), None


def _empty_cells(
    field: FieldEntry,
    values: "pa.Array[Any]",
    rows: NDArray[np.int64],
    findings: list[Finding],
) -> list[Finding]:
    if not values.null_count:
        return []
    already = {finding.row for finding in findings if finding.field == field.name}
    return [
        Finding("FIELD-EMPTY", "error", f"“{field.title}” is empty.", row, field.name)
        for row in rows[np.asarray(pc.is_null(values))].tolist()
        if row not in already
    ]
