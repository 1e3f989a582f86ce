"""What an import's edition changes: the whole list, and the map's GeoJSON."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.maps import describe_difference_map
from desk.queries.differences import ON_A_PAGE, difference_geojson, difference_of
from desk.queries.editions import is_kept
from desk.views.found import find_run, read_number
from importers.models import ImportRun
from layers.models import Edition


@require_safe
def show_difference(request: HttpRequest, run_id: int) -> HttpResponse:
    run = find_run(run_id)
    edition = _kept_edition(run)
    start = read_number(request, "from")
    difference = difference_of(edition, start=start)
    return render(
        request,
        "desk/difference.html",
        {
            "run": run,
            "layer": run.layer,
            "difference": difference,
            "web_map": describe_difference_map(edition, run.pk, difference.total),
            "previous_from": max(0, start - ON_A_PAGE) if start else None,
            "next_from": start + ON_A_PAGE if start + ON_A_PAGE < difference.total else None,
        },
    )


@require_safe
def send_geojson(request: HttpRequest, run_id: int) -> HttpResponse:
    edition = _kept_edition(find_run(run_id))
    return HttpResponse(difference_geojson(edition), content_type="application/geo+json")


def _kept_edition(run: ImportRun) -> Edition:
    if run.edition is None or not is_kept(run.edition):
        raise Http404("The features of this import are not kept.")
    return run.edition
