"""Rows that the catalogue leaves out on purpose."""

from collections.abc import Sequence
from dataclasses import replace

from importers.catalogue.entries import FilterEntry
from importers.errors import CheckFailed
from importers.findings import Finding
from importers.read.batch import SourceBatch
from importers.transform.column_names import ColumnNames, as_words
from importers.transform.values import read_text

FILTERED = "FILTERED"


def applicable_filters(
    filters: Sequence[FilterEntry], names: tuple[str, ...]
) -> tuple[tuple[FilterEntry, ...], tuple[Finding, ...]]:
    """Return the filters whose column the source has, under its name there, and notes of others.

    Raises
    ------
    CheckFailed
        A filter that is not optional has no column.
    """
    columns = ColumnNames(names)
    applicable: list[FilterEntry] = []
    notes: list[Finding] = []
    for entry in filters:
        column = columns.find([entry.column])
        if column is not None:
            applicable.append(replace(entry, column=column))
        elif entry.optional:
            notes.append(_skipped(entry))
        else:
            raise CheckFailed(
                f"The file has no column “{as_words(entry.column)}”, by which rows are chosen. "
                f"The file has: {columns.listed()}.",
                code="COLUMN-MISSING",
            )
    return tuple(applicable), tuple(notes)


def _skipped(entry: FilterEntry) -> Finding:
    column = as_words(entry.column)
    message = f"The file has no column “{column}”, so rows were not chosen by it."
    return Finding("FILTER-SKIPPED", "note", message, field=column)


def find_filtered(batch: SourceBatch, filters: Sequence[FilterEntry]) -> list[Finding]:
    """Return a finding for each row that a filter leaves out."""
    findings = []
    for entry in filters:
        for value, row in zip(
            batch.columns.column(entry.column).to_pylist(), batch.rows.tolist(), strict=True
        ):
            text = read_text(value) or ""
            if not _is_kept(text, entry):
                message = f"Left out on purpose: “{entry.column}” is “{text}”."
                findings.append(Finding(FILTERED, "excluded", message, row, entry.column, text))
    return findings


def _is_kept(text: str, entry: FilterEntry) -> bool:
    if entry.filled:
        return bool(text)
    return text in entry.one_of or (entry.empty and not text)
