"""Reports that are done with, forgotten in two steps: first who sent them, then all of it."""

from datetime import timedelta

from django.utils import timezone

from reports.models import Report

EMAIL_KEPT = timedelta(days=30)
REPORT_KEPT = timedelta(days=365)


def forget_reports() -> int:
    """Blank the e-mail addresses of what is closed, delete what is long closed; return how many."""
    now = timezone.now()
    closed = Report.objects.filter(state=Report.State.CLOSED)
    closed.filter(closed_at__lt=now - EMAIL_KEPT).exclude(email="").update(email="")
    deleted, _ = closed.filter(closed_at__lt=now - REPORT_KEPT).delete()
    return deleted
