"""Kept checks: one, as a page and as files; again today or as at a day; two side by side."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from layers.errors import NotFound
from layers.query.csv_rows import csv_lines
from maps.planning_check.asked import DayUnusable, read_day
from maps.planning_check.collection import as_collection
from maps.planning_check.differences import describe_differences
from maps.planning_check.drawn import draw_check_map
from maps.planning_check.page import describe_check
from maps.planning_check.table import table_header, table_rows
from maps.views.busy import says_busy
from planning.query import check_site
from planning.receipts.asides import asides_of
from planning.receipts.compare import compare_checks
from planning.receipts.keep import KeptCheck, find_check
from planning.receipts.reproduce import reproduce_check
from planning.receipts.shown import as_shown

_AGAIN = {"as_at"}
_ADDRESS = re.compile(r"(?:.*/planning/checks/)?([A-Za-z0-9_-]{22})(?:[./?#].*)?", re.ASCII)


def of_a_kept_check(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Give a view its kept check, or say that there is none; search engines get neither."""

    @require_safe
    @cache_control(private=True, no_store=True)
    @says_busy
    @wraps(view)
    def answer(request: HttpRequest, check_id: str, **rest: str) -> Any:
        try:
            kept = as_shown(find_check(check_id))
        except NotFound:
            response: Any = render(request, "maps/check/unknown.html", status=404)
        else:
            response = view(request, kept, **rest)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


@of_a_kept_check
def show_kept(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    page = describe_check(kept.check, asides_of(kept.id))
    address = request.build_absolute_uri(request.path)
    context = {"page": page, "drawn": draw_check_map(page), "kept": kept, "address": address}
    return render(request, "maps/check/kept.html", context)


@of_a_kept_check
def send_json(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    response = HttpResponse(kept.record, content_type="application/json")
    response.headers["Content-Disposition"] = _named(kept, "json")
    return response


@of_a_kept_check
def send_csv(request: HttpRequest, kept: KeptCheck) -> StreamingHttpResponse:
    page = describe_check(kept.check, asides_of(kept.id))
    lines = csv_lines(table_header(), table_rows(kept, page))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = _named(kept, "csv")
    return response


@of_a_kept_check
def send_geojson(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    page = describe_check(kept.check, asides_of(kept.id))
    response = JsonResponse(
        as_collection(kept, page),
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Content-Disposition"] = _named(kept, "geojson")
    return response


@of_a_kept_check
def show_again(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    """Answer the same site today, or as at a day, and say what is different."""
    if unknown := set(request.GET) - _AGAIN:
        raise BadRequest(f"“{min(unknown)}” is not known here.")
    try:
        day = read_day(request.GET)
    except DayUnusable as fault:
        context = {"kept": kept, "faults": fault.faults, "typed": request.GET.get("as_at", "")}
        return render(request, "maps/check/choose_day.html", context, status=400)
    now = check_site(kept.check.site, as_at=day)
    page = describe_check(now)
    changes = compare_checks(kept.check, now)
    differences = describe_differences(changes, is_later=now.as_at is None)
    context = {
        "kept": kept,
        "differences": differences,
        "changed_count": sum(not each.is_same for each in differences),
        "page": page,
        "drawn": draw_check_map(page),
        "typed": day.isoformat() if day else "",
    }
    return render(request, "maps/check/again.html", context)


@of_a_kept_check
def show_verified(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    titles = {answer.slug: answer.title for answer in kept.check.answers}
    # Proved by the whole record, of which the page says nothing but the layers' names.
    reproduced = reproduce_check(find_check(kept.id))
    context = {
        "kept": kept,
        "reproduced": reproduced,
        "gone": [titles[slug] for slug in reproduced.gone],
        "differing": [titles[slug] for slug in reproduced.differing],
    }
    return render(request, "maps/check/verified.html", context)


@of_a_kept_check
def choose_other(request: HttpRequest, kept: KeptCheck) -> HttpResponse:
    """Send on to two checks side by side, from the address of the other one as it was pasted."""
    pasted = request.GET.get("other", "").strip()
    match = _ADDRESS.fullmatch(pasted)
    if match and match[1] != kept.id:
        return redirect("maps:checks-beside", kept.id, match[1])
    error = ""
    if pasted:
        error = (
            _("This is the address of the same check. Paste the address of another one")
            if match
            else _("Paste the whole address of another kept check")
        )
    context = {"kept": kept, "pasted": pasted, "error": error}
    return render(request, "maps/check/choose_other.html", context, status=400 if error else 200)


@of_a_kept_check
def show_beside(request: HttpRequest, kept: KeptCheck, other_id: str) -> HttpResponse:
    try:
        other = as_shown(find_check(other_id))
    except NotFound:
        return render(request, "maps/check/unknown.html", status=404)
    context = {
        "both": [(each, describe_check(each.check)) for each in (kept, other)],
        "differences": describe_differences(compare_checks(kept.check, other.check)),
        "left_name": kept.check.site.label or _("First site"),
        "right_name": other.check.site.label or _("Second site"),
    }
    return render(request, "maps/check/beside.html", context)


def _named(kept: KeptCheck, ending: str) -> str:
    return f'attachment; filename="check-{kept.id}.{ending}"'
