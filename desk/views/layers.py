"""One layer: its editions, imports and acts, and the form that gives it a new source."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desk.forms import LOOK_FIRST, PUBLISH, TRY_OUT, SourceForm
from desk.queries.catalogue import catalogue_address, entry_of
from desk.queries.editions import editions_of
from desk.queries.imports import imports_of
from desk.queries.overview import describe_layer
from desk.queries.worker import worker_state
from desk.rights import IMPORT, name_of, require, rights_of
from desk.rights import PUBLISH as PUBLISH_RIGHT
from desk.views.found import find_layer
from importers.inbox import receive
from importers.jobs import queue_import
from importers.models import Decision, ImportRun
from layers.models import Layer

_ACTS_SHOWN = 10


@require_safe
def show_layer(request: HttpRequest, slug: str) -> HttpResponse:
    layer = find_layer(slug)
    newest = layer.decisions.first()
    return render(
        request,
        "desk/layer.html",
        {
            "layer": layer,
            "state": describe_layer(layer, layer.import_runs.first()),
            "editions": editions_of(layer),
            "imports": imports_of(layer),
            "acts": layer.acts.all()[:_ACTS_SHOWN],
            "pending": layer.decisions.filter(state=Decision.State.WAITING),
            "refused": newest if newest and newest.state == Decision.State.REFUSED else None,
            "worker": worker_state(),
            "rights": rights_of(request.user),
        },
    )


@require_safe
def send_progress(request: HttpRequest, slug: str) -> HttpResponse:
    pending = find_layer(slug).decisions.filter(state=Decision.State.WAITING)
    return JsonResponse({"isBusy": pending.exists(), "words": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def ask_import(request: HttpRequest, slug: str) -> HttpResponse:
    require(request, IMPORT)
    layer = find_layer(slug)
    entry = entry_of(layer)
    rights = rights_of(request.user)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SourceForm(
        *given,
        may_publish=rights.may_publish,
        was_too_big=SourceForm.was_too_big(request),
    )
    if request.method == "POST" and form.is_valid():
        return redirect("desk:import", _queue(request, layer, form).pk)
    return render(
        request,
        "desk/ask-import.html",
        {
            "layer": layer,
            "entry": entry,
            "form": form,
            "address": catalogue_address(entry),
            "rights": rights,
        },
        status=400 if form.errors else 200,
    )


def _queue(request: HttpRequest, layer: Layer, form: SourceForm) -> ImportRun:
    cleaned = form.cleaned_data
    afterwards = cleaned["afterwards"] or LOOK_FIRST
    if afterwards == PUBLISH:
        require(request, PUBLISH_RIGHT)
    run = ImportRun(
        layer=layer,
        asked_by=name_of(request),
        source=cleaned["address"],
        wants_publishing=afterwards == PUBLISH,
        is_dry_run=afterwards == TRY_OUT,
    )
    if cleaned["upload"]:
        arrival = receive(cleaned["upload"])
        run.arrived_as, run.source = arrival.arrived_as, arrival.given_name
    queue_import(run)
    return run
