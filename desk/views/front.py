"""The desk's first page: what waits for somebody, what runs, and every layer's freshness."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.queries.overview import (
    decisions_in_hand,
    layer_states,
    missing_boundary,
    runs_in_hand,
    waiting_runs,
)
from desk.queries.reports import count_open
from desk.queries.worker import worker_state
from desk.rights import rights_of


@require_safe
def show_front(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "desk/front.html",
        {
            "waiting": waiting_runs(),
            "running": runs_in_hand(),
            "decisions": decisions_in_hand(),
            "layers": layer_states(),
            "missing_boundary": missing_boundary(),
            "reports": count_open(),
            "worker": worker_state(),
            "rights": rights_of(request.user),
        },
    )
