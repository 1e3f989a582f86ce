"""Writing down what an import found and how it ended."""

from datetime import datetime

from importers.models import ImportRun, Issue, QuarantinedRow
from importers.prepare import Preparation
from importers.report import ImportReport
from importers.validate.filters import FILTERED

_AT_ONCE = 2000


def record_findings(run: ImportRun, preparation: Preparation) -> None:
    """Keep every finding as an issue and every row that was kept out, as it was read.

    Rows left out on purpose are kept as rows, and counted in one issue.
    """
    issues = [
        Issue(
            run=run,
            kind=finding.kind,
            severity=finding.severity,
            row=finding.row,
            field=finding.field,
            value=finding.value,
            message=finding.message,
        )
        for finding in preparation.findings
        if finding.kind != FILTERED
    ]
    if preparation.filtered_count:
        message = f"{preparation.filtered_count} rows were left out on purpose."
        issues.append(
            Issue(run=run, kind=FILTERED, severity=Issue.Severity.EXCLUDED, message=message)
        )
    Issue.objects.bulk_create(issues, batch_size=_AT_ONCE)
    QuarantinedRow.objects.bulk_create(
        (
            QuarantinedRow(run=run, row=kept.row, kind=kept.kind, values=_plain(kept.values))
            for kept in preparation.quarantined
        ),
        batch_size=_AT_ONCE,
    )


def record_outcome(run: ImportRun, report: ImportReport, *, finished_at: datetime) -> None:
    """Close a run with its report's figures."""
    run.outcome = report.outcome
    run.reason = report.reason
    run.rows_read = report.rows_read
    run.published = report.published
    run.quarantined = report.quarantined
    run.added, run.changed, run.removed = report.added, report.changed, report.removed
    run.finished_at = finished_at
    run.save()


def _plain(values: dict[str, object]) -> dict[str, object]:
    """Return values that JSON and PostgreSQL can both hold: others as text, without NUL."""
    return {
        name.replace("\0", ""): value
        if value is None or isinstance(value, (bool, int))
        else str(value).replace("\0", "")
        for name, value in values.items()
    }
