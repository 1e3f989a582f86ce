"""What people say is wrong with layers."""

from django.db.models import QuerySet

from reports.models import Report


def count_open() -> int:
    return Report.objects.filter(state=Report.State.OPEN).count()


def reports_in(state: Report.State, slug: str = "") -> QuerySet[Report]:
    """Return the reports of one state, of one layer or of all; the newest first."""
    reports = Report.objects.filter(state=state).select_related("layer")
    return reports.filter(layer__slug=slug) if slug else reports
