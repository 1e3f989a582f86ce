"""The addresses around the site of a kept check, where their licence lets everybody have them."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from layers.query.csv_rows import csv_lines
from maps.views.kept_checks import of_a_kept_check
from planning.query.letters import HEADER, USUAL_DISTANCE_M, letter_rows, read_distance_m
from planning.query.neighbours import FARTHEST_M, neighbours_of
from planning.receipts.keep import KeptCheck


@of_a_kept_check
def show_neighbours(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    return _show(request, kept)


def _show(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    text = request.GET.get("within", str(USUAL_DISTANCE_M))
    try:
        within_m = read_distance_m(text)
    except ValueError:
        error = _("Enter whole metres, from 0 to %(most)s") % {"most": f"{FARTHEST_M:.0f}"}
        context = {"kept": kept, "within": text, "error": error}
        return render(request, "maps/check/neighbours.html", context, status=400)
    found = neighbours_of(kept.check.site, within_m)
    # A list that is licensed to the council is told to its officers alone: ADR 0037.
    is_licensed = found.is_known and not found.is_public
    context = {"kept": kept, "within": within_m, "found": None if is_licensed else found}
    return render(request, "maps/check/neighbours.html", context)


@of_a_kept_check
def send_neighbours(request: HttpRequest, kept: KeptCheck) -> HttpResponseBase:
    try:
        within_m = read_distance_m(request.GET.get("within", str(USUAL_DISTANCE_M)))
    except ValueError:
        return _show(request, kept)
    found = neighbours_of(kept.check.site, within_m)
    if not found.is_public:
        return _show(request, kept)
    lines = csv_lines(HEADER, letter_rows(found))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="letters-{kept.id}.csv"'
    return response
