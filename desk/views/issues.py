"""The issues of an import one by one, and the rows that were kept out as a table."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.csv_rows import csv_response
from desk.queries.issues import grouped_issues, quarantined_columns, quarantined_lines
from desk.views.found import find_run, read_number
from desk.words import SEVERITIES, kind_in_words

_ON_A_PAGE = 100


@require_safe
def show_issues(request: HttpRequest, run_id: int) -> HttpResponse:
    run = find_run(run_id)
    kind, severity = request.GET.get("kind", "")[:40], request.GET.get("severity", "")
    start = read_number(request, "from")
    issues = run.issues.filter(kind=kind) if kind else run.issues.all()
    if severity in SEVERITIES:
        issues = issues.filter(severity=severity)
    total = issues.count()
    return render(
        request,
        "desk/issues.html",
        {
            "run": run,
            "layer": run.layer,
            "kind": kind,
            "severity": severity,
            "title": kind_in_words(kind) if kind else "All issues",
            "issues": issues[start : start + _ON_A_PAGE],
            "total": total,
            "groups": grouped_issues(run),
            "previous_from": max(0, start - _ON_A_PAGE) if start else None,
            "next_from": start + _ON_A_PAGE if start + _ON_A_PAGE < total else None,
        },
    )


@require_safe
def send_rows(request: HttpRequest, run_id: int) -> HttpResponseBase:
    run = find_run(run_id)
    columns = quarantined_columns(run)
    return csv_response(
        f"{run.layer.slug}-import-{run.pk}-rows-kept-out.csv",
        ["Row in the file", "Kind", "What is wrong", *columns],
        quarantined_lines(run, columns),
    )
