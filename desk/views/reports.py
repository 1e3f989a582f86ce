"""Reports of something wrong: those that are open, and one, to be closed with what came of it."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desk.forms import OutcomeForm
from desk.queries.reports import reports_in
from desk.rights import IMPORT, name_of, require, rights_of
from desk.views.found import read_number
from reports.close import close_report, reopen_report
from reports.models import Report

_ON_A_PAGE = 50


@require_safe
def show_reports(request: HttpRequest) -> HttpResponse:
    state = _read_state(request.GET.get("state", Report.State.OPEN))
    start = read_number(request, "from")
    reports = reports_in(state)
    total = reports.count()
    return render(
        request,
        "desk/reports.html",
        {
            "state": state,
            "states": Report.State.choices,
            "reports": reports[start : start + _ON_A_PAGE],
            "total": total,
            "query": f"state={state}&",
            "previous_from": max(0, start - _ON_A_PAGE) if start else None,
            "next_from": start + _ON_A_PAGE if start + _ON_A_PAGE < total else None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_report(request: HttpRequest, report_id: int) -> HttpResponse:
    report = get_object_or_404(Report.objects.select_related("layer"), pk=report_id)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request, IMPORT)
        if "reopen" in request.POST:
            reopen_report(report)
            return redirect("desk:report", report.pk)
        if form.is_valid():
            close_report(report, by=name_of(request), outcome=form.cleaned_data["outcome"])
            return redirect("desk:reports")
    return render(
        request,
        "desk/report.html",
        {
            "report": report,
            "layer": report.layer,
            "form": form,
            "rights": rights_of(request.user),
            "is_still_shown": report.layer.published_edition_id == report.edition_id,
        },
        status=400 if form.errors else 200,
    )


def _read_state(text: str) -> Report.State:
    try:
        return Report.State(text)
    except ValueError as error:
        raise BadRequest("Reports are open or closed.") from error
