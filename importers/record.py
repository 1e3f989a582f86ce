"""Writing down what an import was asked, what it found and how it ended."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from importers.fixes import Fixes
from importers.models import ImportRun, Issue, QuarantinedRow
from importers.prepare import Preparation
from importers.report import ImportReport
from importers.request import ImportRequest
from importers.validate.filters import FILTERED
from layers.models import Act, Layer
from layers.publish import write_act, write_source_check

_AT_ONCE = 2000
_LONGEST_SOURCE_KEPT = 2000
# Of one that was published, that is written when it is.
_READ_TO_THE_END = (ImportRun.Outcome.UNCHANGED, ImportRun.Outcome.STAGED)


def open_run(layer: Layer, request: ImportRequest, waiting: ImportRun | None) -> ImportRun:
    """Return the record of an import that begins now: a new one, or that of one that waited."""
    run = waiting or ImportRun(
        layer=layer,
        source=_in_utf8(request.source)[:_LONGEST_SOURCE_KEPT],
        asked_by=request.asked_by,
        wants_publishing=request.publish,
        is_dry_run=request.dry_run,
        fixes=request.fixes.as_json(),
        remembers_fixes=request.remembers_fixes,
        override_reason=_in_utf8(request.override_reason),
    )
    run.outcome, run.started_at = ImportRun.Outcome.RUNNING, timezone.now()
    with transaction.atomic():
        is_new = run.pk is None
        run.save()
        if is_new:
            write_request(run)
    return run


def write_request(run: ImportRun) -> None:
    """Write who asked for an import, and what they confirmed, to the audit trail."""
    write_act(run.layer, Act.Verb.ASKED, actor=run.asked_by, run_id=run.pk, reason=run.source)
    for words in Fixes.from_json(run.fixes).in_words():
        write_act(run.layer, Act.Verb.FIXED, actor=run.asked_by, run_id=run.pk, reason=words)


def _in_utf8(text: str) -> str:
    """Return a path or a sentence with one: bytes of it that are no text are shown by number."""
    return text.encode("utf-8", "backslashreplace").decode()


def record_findings(run: ImportRun, preparation: Preparation) -> None:
    """Keep every finding as an issue and every row that was kept out, as it was read.

    Rows left out on purpose are kept as rows, and counted in one issue.
    """
    _create_in_parts(Issue, _issues(run, preparation))
    _create_in_parts(
        QuarantinedRow,
        (
            QuarantinedRow(run=run, row=kept.row, kind=kept.kind, values=_plain(kept.values))
            for kept in preparation.quarantined
        ),
    )


def _issues(run: ImportRun, preparation: Preparation) -> Iterator[Issue]:
    for finding in preparation.findings:
        if finding.kind != FILTERED:
            yield Issue(
                run=run,
                kind=finding.kind,
                severity=finding.severity,
                row=finding.row,
                field=finding.field,
                value=finding.value,
                message=finding.message,
            )
    if preparation.filtered_count:
        message = f"{preparation.filtered_count} rows were left out on purpose."
        yield Issue(run=run, kind=FILTERED, severity=Issue.Severity.EXCLUDED, message=message)


def _create_in_parts(model: type[Model], rows: Iterator[Model]) -> None:
    """Write rows as they come, never all of them in memory: there may be millions."""
    while some := list(islice(rows, _AT_ONCE)):
        model._default_manager.bulk_create(some)


def record_figures(run: ImportRun, report: ImportReport) -> None:
    """Write a report's figures, and what a person may do about them, to its run."""
    run.reason, run.code = report.reason, report.code
    run.rows_read = report.rows_read
    run.published = report.published
    run.quarantined = report.quarantined
    run.added, run.changed, run.removed = report.added, report.changed, report.removed
    run.failed_checks = [check.as_json() for check in report.failed_checks]
    run.offers = [offer.as_json() for offer in report.offers]
    run.save()


def record_outcome(run: ImportRun, report: ImportReport, *, finished_at: datetime) -> None:
    """Close a run with its report's figures."""
    run.outcome = report.outcome
    run.finished_at = finished_at
    record_figures(run, report)
    if run.outcome in _READ_TO_THE_END:
        write_source_check(run.layer_id, finished_at)


def _plain(values: dict[str, object]) -> dict[str, object]:
    """Return values that JSON and PostgreSQL can both hold: others as text, without NUL."""
    return {
        name.replace("\0", ""): value
        if value is None or isinstance(value, (bool, int))
        else str(value).replace("\0", "")
        for name, value in values.items()
    }
