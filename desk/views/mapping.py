"""Reading a stored source again in another way: an offered fix, or a mapping set by hand."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desk.forms import MappingForm
from desk.queries.catalogue import entry_of
from desk.queries.imports import describe_import
from desk.rights import IMPORT, name_of, require, rights_of
from desk.views.found import find_run
from importers.fixes import Fixes
from importers.jobs import queue_import
from importers.models import ImportRun


@require_POST
def confirm_offer(request: HttpRequest, run_id: int) -> HttpResponse:
    require(request, IMPORT)
    run = _run_to_read_again(run_id)
    place = request.POST.get("offer", "")
    if not place.isdigit() or int(place) >= len(run.offers):
        raise Http404("There is no such offer.")
    offered = Fixes.from_json(run.offers[int(place)]["fixes"])
    fixes = Fixes.from_json(run.fixes).combined(offered)
    return _read_again(request, run, fixes, remembers="remember" in request.POST)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_mapping(request: HttpRequest, run_id: int) -> HttpResponse:
    require(request, IMPORT)
    run = _run_to_read_again(run_id)
    entry = entry_of(run.layer)
    if entry is None:
        raise Http404("The layer has no entry in the catalogue.")
    form = MappingForm(request.POST if request.method == "POST" else None, run=run, entry=entry)
    if request.method == "POST" and form.is_valid():
        remembers = form.cleaned_data["remember"]
        return _read_again(request, run, form.fixes(), remembers=remembers)
    return render(
        request,
        "desk/mapping.html",
        {
            "run": run,
            "layer": run.layer,
            "form": form,
            "is_table": run.understanding.get("geometry_type") is None,
            "rights": rights_of(request.user),
        },
        status=400 if form.errors else 200,
    )


def _run_to_read_again(run_id: int) -> ImportRun:
    run = find_run(run_id)
    if not describe_import(run).can_be_read_again:
        raise Http404("The source of this import is not kept. Give it again.")
    return run


def _read_again(
    request: HttpRequest, run: ImportRun, fixes: Fixes, *, remembers: bool
) -> HttpResponse:
    again = ImportRun(
        layer=run.layer,
        source=run.source,
        source_sha256=run.source_sha256,
        asked_by=name_of(request),
        wants_publishing=False,
        is_dry_run=run.is_dry_run,
        fixes=fixes.as_json(),
        remembers_fixes=remembers,
    )
    queue_import(again)
    return redirect("desk:import", again.pk)
