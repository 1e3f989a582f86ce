"""Closing a report: somebody looked at it, and says what came of it."""

from django.utils import timezone

from reports.models import Report


def close_report(report: Report, *, by: str, outcome: str) -> None:
    """Write down who closed a report, and why. Closed again, the last word counts."""
    report.state = Report.State.CLOSED
    report.closed_at = timezone.now()
    report.closed_by = by
    report.outcome = outcome
    report.save(update_fields=["state", "closed_at", "closed_by", "outcome"])


def reopen_report(report: Report) -> None:
    """Take the closing back."""
    report.state = Report.State.OPEN
    report.closed_at = None
    report.save(update_fields=["state", "closed_at"])
