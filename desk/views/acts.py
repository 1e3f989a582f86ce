"""The audit trail: who did what to which layer, when and why."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk.csv_rows import csv_response
from desk.queries.overview import council_layers
from desk.views.found import read_number
from layers.models import Act

_ON_A_PAGE = 100
_HEADER = ["When", "Who", "Layer", "What", "Edition", "Edition before", "Import", "Reason"]


@require_safe
def show_acts(request: HttpRequest) -> HttpResponse:
    slug = request.GET.get("layer", "")
    start = read_number(request, "from")
    acts = _acts(slug)
    total = acts.count()
    return render(
        request,
        "desk/acts.html",
        {
            "acts": acts[start : start + _ON_A_PAGE],
            "total": total,
            "slug": slug,
            "layers": council_layers(),
            "previous_from": max(0, start - _ON_A_PAGE) if start else None,
            "next_from": start + _ON_A_PAGE if start + _ON_A_PAGE < total else None,
        },
    )


@require_safe
def send_acts(request: HttpRequest) -> HttpResponseBase:
    lines = _lines(_acts(request.GET.get("layer", "")))
    return csv_response("audit-trail.csv", _HEADER, lines)


def _acts(slug: str) -> QuerySet[Act]:
    acts = Act.objects.select_related("layer")
    return acts.filter(layer__slug=slug) if slug else acts


def _lines(acts: QuerySet[Act]) -> Iterator[list[Any]]:
    for act in acts.iterator(chunk_size=1000):
        yield [
            timezone.localtime(act.at).isoformat(timespec="seconds"),
            act.actor,
            act.layer.slug,
            act.get_verb_display(),
            act.edition_id,
            act.previous_id,
            act.run_id,
            act.reason,
        ]
