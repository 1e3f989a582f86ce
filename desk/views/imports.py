"""One import: its progress, then all that was understood and what can be decided."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.maps import describe_difference_map, describe_places_map
from desk.queries.differences import Difference, difference_of
from desk.queries.editions import is_kept
from desk.queries.imports import (
    ImportState,
    describe_crs,
    describe_import,
    describe_progress,
    field_matches,
    fixes_in_words,
    sample_table,
    unused_columns,
)
from desk.queries.issues import grouped_issues
from desk.queries.worker import worker_state
from desk.rights import rights_of
from desk.views.found import find_run
from importers.models import ImportRun


@require_safe
def show_import(request: HttpRequest, run_id: int) -> HttpResponse:
    state = describe_import(find_run(run_id))
    shared = {
        "state": state,
        "run": state.run,
        "layer": state.run.layer,
        "worker": worker_state(),
        "rights": rights_of(request.user),
        "fixes": fixes_in_words(state.run),
    }
    if state.is_in_hand:
        progress = describe_progress(state.run)
        return render(request, "desk/progress.html", {**shared, "progress": progress})
    return render(request, "desk/import.html", {**shared, **_describe(state)})


@require_safe
def send_progress(request: HttpRequest, run_id: int) -> HttpResponse:
    run = find_run(run_id)
    state = describe_import(run)
    is_busy = state.is_in_hand or state.pending is not None
    return JsonResponse({"isBusy": is_busy, "words": describe_progress(run) if is_busy else ""})


def _describe(state: ImportState) -> dict[str, object]:
    run = state.run
    difference = _difference(run)
    web_map = None
    if difference is not None and run.edition is not None:
        web_map = describe_difference_map(run.edition, run.pk, difference.total)
    places_map = None
    if difference is None:
        places_map = describe_places_map(run.layer, run.understanding.get("places", []))
    return {
        "crs": describe_crs(run),
        "matches": field_matches(run),
        "unused": unused_columns(run),
        "sample": sample_table(run),
        "issues": grouped_issues(run),
        "difference": difference,
        "web_map": web_map,
        "places_map": places_map,
    }


def _difference(run: ImportRun) -> Difference | None:
    """Return the first of what the run's edition changes, while its features are kept."""
    edition = run.edition
    if edition is None or run.outcome == ImportRun.Outcome.UNCHANGED or not is_kept(edition):
        return None
    return difference_of(edition)
