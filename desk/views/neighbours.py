"""The addresses around the site of a kept check, for the letters of officers."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.csv_rows import csv_response
from desk.rights import LIST_NEIGHBOURS, require, rights_of
from layers.errors import NotFound
from planning.query.letters import HEADER, USUAL_DISTANCE_M, letter_rows, read_distance_m
from planning.query.neighbours import FARTHEST_M, neighbours_of
from planning.receipts.keep import KeptCheck, find_check


@require_safe
def show_neighbours(request: HttpRequest, check_id: str) -> HttpResponse:
    kept = _find(check_id)
    rights = rights_of(request.user)
    text = request.GET.get("within", str(USUAL_DISTANCE_M))
    context = {"kept": kept, "rights": rights, "within": text}
    status = 200
    try:
        within_m = read_distance_m(text)
    except ValueError:
        context["error"] = f"Enter whole metres, from 0 to {FARTHEST_M:.0f}"
        status = 400
    else:
        if rights.may_list_neighbours:
            context["found"] = neighbours_of(kept.check.site, within_m)
    return render(request, "desk/check-neighbours.html", context, status=status)


@require_safe
def send_neighbours(request: HttpRequest, check_id: str) -> HttpResponse | StreamingHttpResponse:
    require(request, LIST_NEIGHBOURS)
    kept = _find(check_id)
    try:
        within_m = read_distance_m(request.GET.get("within", str(USUAL_DISTANCE_M)))
    except ValueError:
        return show_neighbours(request, check_id)
    found = neighbours_of(kept.check.site, within_m)
    return csv_response(f"letters-{kept.id}.csv", HEADER, letter_rows(found))


def _find(check_id: str) -> KeptCheck:
    try:
        return find_check(check_id)
    except NotFound as error:
        raise Http404(str(error)) from error
