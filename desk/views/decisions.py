"""What a person decides: about an import's edition, and about what a layer shows."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desk.forms import DecisionForm
from desk.queries.imports import describe_import
from desk.rights import OVERRIDE, PUBLISH, name_of, require, rights_of
from desk.views.found import find_layer, find_run
from importers.jobs import queue_decision
from importers.models import Decision
from layers.models import Edition, Layer

_ON_IMPORTS = (Decision.Verb.PUBLISH, Decision.Verb.SET_ASIDE)
_ON_LAYERS = (
    Decision.Verb.ROLL_BACK,
    Decision.Verb.WITHDRAW,
    Decision.Verb.PIN,
    Decision.Verb.UNPIN,
)


@require_POST
def decide_on_import(request: HttpRequest, run_id: int) -> HttpResponse:
    require(request, PUBLISH)
    state = describe_import(find_run(run_id))
    verb = _read_verb(request.POST.get("verb", ""), _ON_IMPORTS)
    overrides = verb == Decision.Verb.PUBLISH and state.is_held
    if overrides:
        require(request, OVERRIDE)
    form = DecisionForm(request.POST, needs_reason=overrides)
    if not form.is_valid():
        return render(
            request,
            "desk/decide-on-import.html",
            {"form": form, "state": state, "run": state.run, "layer": state.run.layer},
            status=400,
        )
    if state.is_waiting_for_decision and state.pending is None:
        queue_decision(
            Decision(
                layer=state.run.layer,
                run=state.run,
                verb=verb,
                edition_id=state.run.edition_id,
                reason=form.cleaned_data["reason"],
                overrides_checks=overrides,
                asked_by=name_of(request),
            )
        )
    return redirect("desk:import", run_id)


@require_http_methods(["GET", "HEAD", "POST"])
def decide_on_layer(request: HttpRequest, slug: str) -> HttpResponse:
    require(request, PUBLISH)
    layer = find_layer(slug)
    asked = request.POST if request.method == "POST" else request.GET
    verb = _read_verb(asked.get("verb", ""), _ON_LAYERS)
    edition = _find_edition(layer, verb, asked.get("edition", ""))
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        queue_decision(
            Decision(
                layer=layer,
                verb=verb,
                edition_id=edition.pk if edition else None,
                reason=form.cleaned_data["reason"],
                asked_by=name_of(request),
            )
        )
        return redirect("desk:layer", slug)
    return render(
        request,
        "desk/decide-on-layer.html",
        {
            "layer": layer,
            "verb": verb,
            "edition": edition,
            "form": form,
            "rights": rights_of(request.user),
        },
    )


def _read_verb(text: str, known: tuple[Decision.Verb, ...]) -> Decision.Verb:
    if text not in known:
        raise BadRequest("There is no such decision.")
    return Decision.Verb(text)


def _find_edition(layer: Layer, verb: Decision.Verb, text: str) -> Edition | None:
    if verb == Decision.Verb.WITHDRAW:
        return layer.published_edition
    edition = layer.editions.filter(pk=int(text)).first() if text.isdigit() else None
    if edition is None:
        raise BadRequest("The layer has no such edition.")
    return edition
