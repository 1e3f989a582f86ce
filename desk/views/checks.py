"""A kept check: which of its findings are set aside, by whom and why."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desk.forms import AsideForm
from desk.rights import SET_ASIDE, name_of, require, rights_of
from layers.errors import NotFound
from planning.receipts.asides import asides_of, set_aside, take_back
from planning.receipts.keep import KeptCheck, find_check


@require_http_methods(["GET", "HEAD", "POST"])
def show_check(request: HttpRequest, check_id: str) -> HttpResponse:
    try:
        kept = find_check(check_id)
    except NotFound as error:
        raise Http404(str(error)) from error
    form = AsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request, SET_ASIDE)
        if form.is_valid():
            _write(kept, form.cleaned_data, by=name_of(request))
            return redirect("desk:check", kept.id)
    context = {
        "kept": kept,
        "findings": _findings(kept, asked=(form.data.get("layer"), form.data.get("fid"))),
        "form": form,
        "rights": rights_of(request.user),
    }
    return render(request, "desk/check.html", context, status=400 if form.errors else 200)


def _write(kept: KeptCheck, said: dict[str, Any], *, by: str) -> None:
    act = take_back if said["take_back"] else set_aside
    try:
        act(kept, said["layer"], said["fid"], reason=said["reason"], by=by)
    except NotFound as error:
        raise Http404(str(error)) from error


def _findings(kept: KeptCheck, asked: tuple[Any, Any]) -> list[dict[str, Any]]:
    """Return every finding with all that was said of it, and whether its form was sent."""
    said = asides_of(kept.id)
    return [
        {
            "number": number,
            "answer": answer,
            "finding": finding,
            "is_asked": (answer.slug, finding.fid) == asked,
            "words": said.get((answer.slug, finding.fid), []),
        }
        for number, (answer, finding) in enumerate(
            ((answer, finding) for answer in kept.check.answers for finding in answer.findings), 1
        )
    ]
