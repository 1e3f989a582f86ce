"""From a source's columns to typed properties."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from importers.catalogue.entries import FieldEntry, LayerEntry
from importers.errors import CheckFailed
from importers.findings import Finding
from importers.read.batch import SourceBatch
from importers.transform.mending import tell_mended
from importers.transform.values import Mended, ValueNotRead, as_shown, read_text, value_reader


@dataclass(frozen=True, slots=True)
class TypedFields:
    """The fields of a batch: a list of values for each field, in the order of the rows."""

    values: dict[str, list[Any]]
    findings: list[Finding]


def read_fields(batch: SourceBatch, entry: LayerEntry, column_of: Mapping[str, str]) -> TypedFields:
    """Return the batch's values by field, with a finding for each that could not be read.

    A value that is not of its field's type, and an empty one in a required
    field, keep their row out. A web address or a postcode that is not one is only
    left empty or kept as text: the rest of the row is still true.
    """
    values: dict[str, list[Any]] = {}
    findings: list[Finding] = []
    rows = batch.rows.tolist()
    for field in entry.fields:
        column = column_of.get(field.name)
        if column is None:
            values[field.name] = [None] * len(rows)
            continue
        raw = batch.columns.column(column).to_pylist()
        values[field.name] = _read_column(field, raw, rows, findings)
        if field.required or field.name in entry.key:
            findings.extend(_empty_cells(field, values[field.name], rows, findings))
    return TypedFields(values, findings)


def write_properties(
    typed: TypedFields, fields: tuple[FieldEntry, ...], kept: list[int], *, public: bool
) -> list[bytes]:
    """Return a JSON object of the public, or of the other, fields for each row in ``kept``."""
    names = [field.name for field in fields if field.public is public]
    columns = [typed.values[name] for name in names]
    return [
        orjson.dumps({name: column[at] for name, column in zip(names, columns, strict=True)})
        for at in kept
    ]


def _read_column(
    field: FieldEntry, raw: list[Any], rows: list[int], findings: list[Finding]
) -> list[Any]:
    read = value_reader(field)
    values: list[Any] = []
    mended: list[tuple[int, Any, Mended]] = []
    for value, row in zip(raw, rows, strict=True):
        try:
            result = read(value)
            if isinstance(result, Mended):
                mended.append((row, value, result))
                result = result.value
            values.append(result)
        except ValueNotRead as error:
            finding, kept = _unread(field, value, row, error)
            findings.append(finding)
            values.append(kept)
    findings.extend(tell_mended(mended, title=field.title, field=field.name))
    return values


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
    field: FieldEntry, values: list[Any], rows: list[int], findings: list[Finding]
) -> list[Finding]:
    already = {finding.row for finding in findings if finding.field == field.name}
    return [
        Finding("FIELD-EMPTY", "error", f"“{field.title}” is empty.", row, field.name)
        for value, row in zip(values, rows, strict=True)
        if value is None and row not in already
    ]
