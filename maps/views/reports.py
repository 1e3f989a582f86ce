"""“This is wrong”: a form for one feature, or for a layer as a whole."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from layers.errors import TooManyRequests
from layers.query.registry import PublishedLayer, published_layers
from maps.views.found import feature_or_404, layer_or_404
from reports.models import Report
from reports.submit import submit_report

_LONGEST_TEXT = 2000
_OUR_PAGE = "same-origin"


class ReportForm(forms.Form):
    """What is wrong, in words, and where an answer goes if one is wanted.

    ``website`` is a field that people do not see and programs fill in.
    """

    kind = forms.ChoiceField(
        choices=Report.Kind.choices,
        error_messages={"required": gettext_lazy("Choose what is wrong")},
    )
    text = forms.CharField(
        max_length=_LONGEST_TEXT,
        error_messages={
            "required": gettext_lazy("Say what is wrong and what is right"),
            "max_length": gettext_lazy("Use %(limit_value)d characters or fewer"),
        },
    )
    email = forms.EmailField(
        required=False,
        error_messages={
            "invalid": gettext_lazy("Enter an e-mail address such as name@example.org")
        },
    )
    website = forms.CharField(required=False)


# There is no session to misuse and nothing of the sender's changes, so no CSRF token is needed.
# What another site has a browser post is shown to the person, who may send it.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, fid: str = "") -> HttpResponse:
    layer = layer_or_404(published_layers(), slug)
    title = _title_of(layer, fid)
    form = ReportForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200
    if request.method == "POST" and _is_from_elsewhere(request):
        refusal, status = _("Another website filled in this form. Read it, then send it"), 403
    elif request.method == "POST" and form.is_valid():
        try:
            _take(request, form, layer, fid, title)
        except TooManyRequests as error:
            refusal, status = str(error), 429
        else:
            return HttpResponseRedirect(_thanks_address(slug, fid), status=303)
    elif form.errors:
        status = 400
    context = {
        "layer": layer,
        "fid": fid,
        "title": title,
        "form": form,
        "refusal": refusal,
        "longest_text": _LONGEST_TEXT,
        "back": _back(slug, fid),
    }
    return render(request, "maps/report.html", context, status=status)


@never_cache
@require_safe
def thank(request: HttpRequest, slug: str, fid: str = "") -> HttpResponse:
    layer = layer_or_404(published_layers(), slug)
    context = {"layer": layer, "title": _title_of(layer, fid), "back": _back(slug, fid)}
    return render(request, "maps/report_thanks.html", context)


def _take(
    request: HttpRequest, form: ReportForm, layer: PublishedLayer, fid: str, title: str
) -> None:
    said = form.cleaned_data
    if said["website"]:
        return  # a program: it is thanked, and nothing is kept
    submit_report(
        layer,
        fid=fid,
        title=title,
        kind=said["kind"],
        text=said["text"],
        email=said["email"],
        asked_from=request.META,
    )


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Return whether the browser says that another site's page sent the form.

    Browsers from before 2023, and pages served without https, say nothing.
    """
    return request.headers.get("Sec-Fetch-Site", _OUR_PAGE) != _OUR_PAGE


def _title_of(layer: PublishedLayer, fid: str) -> str:
    return feature_or_404(layer, fid).title if fid else layer.title


def _back(slug: str, fid: str) -> str:
    return reverse("maps:feature", args=[slug, fid]) if fid else reverse("maps:layer", args=[slug])


def _thanks_address(slug: str, fid: str) -> str:
    if fid:
        return reverse("maps:feature-reported", args=[slug, fid])
    return reverse("maps:layer-reported", args=[slug])
