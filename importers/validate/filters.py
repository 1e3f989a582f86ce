"""Rows that the catalogue leaves out on purpose."""

from collections.abc import Sequence

from importers.catalogue.entries import FilterEntry
from importers.errors import CheckFailed
from importers.findings import Finding
from importers.read.batch import SourceBatch
from importers.transform.values import read_text

FILTERED = "FILTERED"


def applicable_filters(
    filters: Sequence[FilterEntry], names: tuple[str, ...]
) -> tuple[tuple[FilterEntry, ...], tuple[Finding, ...]]:
    """Return the filters whose column the source has, and a note for each that it has not.

    Raises
    ------
    CheckFailed
        A filter that is not optional has no column.
    """
    missing = [entry for entry in filters if entry.column not in names]
    for entry in missing:
        if not entry.optional:
            raise CheckFailed(
                f"The file has no column “{entry.column}”, by which rows are chosen. "
                f"The file has: {', '.join(names[:40])}.",
                code="COLUMN-MISSING",
            )
    notes = tuple(
        Finding(
            "FILTER-SKIPPED",
            "note",
            f"The file has no column “{entry.column}”, so rows were not chosen by it.",
            field=entry.column,
        )
        for entry in missing
    )
    return tuple(entry for entry in filters if entry.column in names), notes


def find_filtered(batch: SourceBatch, filters: Sequence[FilterEntry]) -> list[Finding]:
    """Return a finding for each row that a filter leaves out."""
    findings = []
    for entry in filters:
        for value, row in zip(
            batch.columns.column(entry.column).to_pylist(), batch.rows.tolist(), strict=True
        ):
            text = read_text(value) or ""
            if text not in entry.one_of:
                message = f"Left out on purpose: “{entry.column}” is “{text}”."
                findings.append(Finding(FILTERED, "excluded", message, row, entry.column, text))
    return findings
