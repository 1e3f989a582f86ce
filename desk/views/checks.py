"""A kept check: which of its findings are set aside, by whom and why."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desk.forms import AsideForm
from desk.rights import SET_ASIDE, name_of, require, rights_of
from layers.errors import NotFound
from layers.query.feature_names import name_in_words
from layers.query.registry import published_layers
from planning.receipts.asides import FindingKey, Word, asides_of, set_aside, take_back
from planning.receipts.keep import KeptCheck, find_check

_REASON = "reason"
# A request has at most 200 fields: those of a longer list are in forms of their own.
_MOST_IN_A_FORM = 150


@require_http_methods(["GET", "HEAD", "POST"])
def show_check(request: HttpRequest, check_id: str) -> HttpResponse:
    try:
        kept = find_check(check_id)
    except NotFound as error:
        raise Http404(str(error)) from error
    typed = _read_reasons(request.POST)
    form = AsideForm(_read_sent(request.POST, typed) if request.method == "POST" else None)
    asked = (form.data.get("layer", ""), form.data.get("fid", ""))
    is_written = False
    if request.method == "POST":
        require(request, SET_ASIDE)
        if form.is_valid():
            _write(kept, form.cleaned_data, by=name_of(request))
            is_written = True
            typed.pop(asked, None)
            if not any(reason.strip() for reason in typed.values()):
                return redirect("desk:check", kept.id)
    findings = _findings(kept, asked, typed)
    context = {
        "kept": kept,
        "findings_of_forms": [
            findings[start : start + _MOST_IN_A_FORM]
            for start in range(0, len(findings), _MOST_IN_A_FORM)
        ],
        "form": form,
        "is_written": is_written,
        "rights": rights_of(request.user),
    }
    return render(request, "desk/check.html", context, status=400 if form.errors else 200)


def _read_reasons(posted: QueryDict) -> dict[FindingKey, str]:
    """Return what was typed beside each finding, sent or not: the page shows it again."""
    reasons = {}
    for name, text in posted.items():
        start, _, key = name.partition(":")
        if start == _REASON:
            layer, _, fid = key.partition(":")
            reasons[layer, fid] = str(text)
    return reasons


def _read_sent(posted: QueryDict, typed: dict[FindingKey, str]) -> dict[str, Any]:
    """Return the one finding whose button was pressed, with its reason, as `AsideForm` has it."""
    takes_back = "take_back" in posted
    layer, _, fid = posted.get("take_back" if takes_back else "set_aside", "").partition(":")
    reason = typed.get((layer, fid), "")
    return {"layer": layer, "fid": fid, "take_back": takes_back, "reason": reason}


def _write(kept: KeptCheck, said: dict[str, Any], *, by: str) -> None:
    words = asides_of(kept.id).get((said["layer"], said["fid"]), [])
    # The page that keeps what else was typed may be loaded again.
    if words and _is_same(words[-1], said, by):
        return
    act = take_back if said["take_back"] else set_aside
    try:
        act(kept, said["layer"], said["fid"], reason=said["reason"], by=by)
    except NotFound as error:
        raise Http404(str(error)) from error


def _is_same(word: Word, said: dict[str, Any], by: str) -> bool:
    return (word.is_aside, word.reason, word.by) == (not said["take_back"], said["reason"], by)


def _findings(
    kept: KeptCheck, asked: FindingKey, typed: dict[FindingKey, str]
) -> list[dict[str, Any]]:
    """Return every finding with all that was said of it, and what is typed and not yet said."""
    said, layers = asides_of(kept.id), published_layers()
    return [
        {
            "number": number,
            "answer": answer,
            "name": name_in_words(layers.get(answer.slug), finding.title),
            "fid": finding.fid,
            "has_page": answer.slug in layers,
            "key": f"{answer.slug}:{finding.fid}",
            "is_asked": (answer.slug, finding.fid) == asked,
            "typed": typed.get((answer.slug, finding.fid), ""),
            "words": said.get((answer.slug, finding.fid), []),
        }
        for number, (answer, finding) in enumerate(
            ((answer, finding) for answer in kept.check.answers for finding in answer.findings), 1
        )
    ]
