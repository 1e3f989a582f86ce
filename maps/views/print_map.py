"""A map for paper: a form, its preview, and the PDF."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from layers.errors import SearchesBusy
from layers.query.registry import PublishedLayer, published_layers
from maps.basemap import is_basemap
from maps.paper.errors import PrintingBusy, PrintingFailed
from maps.paper.pdf import render_pdf
from maps.printed.form import PrintForm
from maps.printed.layers_asked import (
    KEPT_PREFIXES,
    MOST_LAYERS,
    LayersAsked,
    drawable_layers,
    read_layers,
)
from maps.printed.sheet import Sheet, make_sheet
from maps.printed.where import Where, WhereUnclear, find_where

_RETRY_AFTER_S = 5


# Posted, so that no place is in an address or a log. There is no session to misuse and nothing
# changes, so no CSRF token is needed.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def print_map(request: HttpRequest) -> HttpResponse:
    layers = published_layers()
    if request.method != "POST":
        asked = read_layers(request.GET, layers)
        initial = {"basemap": request.GET.get("basemap") != "off"}
        return _ask(request, PrintForm(initial=initial), asked, layers)
    form = PrintForm(request.POST)
    asked = read_layers(request.POST, layers)
    where, choices = _read(form, asked, layers)
    if where is None:
        return _ask(request, form, asked, layers, status=400, choices=choices)
    try:
        sheet = make_sheet(form, asked, where)
        if request.POST.get("as") == "pdf":
            return _send(sheet)
    except (SearchesBusy, PrintingBusy) as error:
        form.add_error(None, str(error))
        answer = _ask(request, form, asked, layers, status=503)
        answer["Retry-After"] = str(_RETRY_AFTER_S)
        return answer
    except PrintingFailed as error:
        form.add_error(None, str(error))
        return _ask(request, form, asked, layers, status=422)
    return _ask(request, form, asked, layers, sheet=sheet)


def _read(
    form: PrintForm, asked: LayersAsked, layers: Mapping[str, PublishedLayer]
) -> tuple[Where | None, tuple[Any, ...]]:
    """Return the ground that is meant; or None and the places that may be, with what is wrong."""
    is_valid = form.is_valid()
    if asked.unknown:
        names = ", ".join(f"“{name}”" for name in asked.unknown)
        form.add_error(None, _("There is no layer to draw called %s") % names)
    for fault in asked.faults:
        form.add_error(None, fault)
    if len(asked.layers) > MOST_LAYERS:
        form.add_error(None, _("Choose %s layers or fewer") % MOST_LAYERS)
    if not is_valid or form.errors:
        return None, ()
    said = form.cleaned_data
    try:
        where = find_where(said["place"], said["chosen"], said["scale"], form.paper_size, layers)
    except WhereUnclear as unclear:
        form.add_error(unclear.field, str(unclear))
        return None, unclear.choices
    return where, ()


def _send(sheet: Sheet) -> HttpResponse:
    pdf = render_pdf("maps/paper/map.html", sheet.as_context())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{sheet.file_name}"'
    return answer


def _ask(
    request: HttpRequest,
    form: PrintForm,
    asked: LayersAsked,
    layers: Mapping[str, PublishedLayer],
    *,
    status: int = 200,
    choices: tuple[Any, ...] = (),
    sheet: Sheet | None = None,
) -> HttpResponse:
    query = request.POST if request.method == "POST" else request.GET
    chosen = {layer.slug for layer in (each.layer for each in asked.layers)}
    context = {
        "form": form,
        "asked": asked,
        "others": _by_theme(layers, chosen),
        "kept": [
            (name, value)
            for name in query
            if name.startswith(KEPT_PREFIXES)
            for value in query.getlist(name)
        ],
        "choices": choices,
        **(sheet.as_context() if sheet else {}),
    }
    return render(request, "maps/print.html", context, status=status)


def _by_theme(
    layers: Mapping[str, PublishedLayer], chosen: set[str]
) -> list[tuple[str, list[PublishedLayer]]]:
    themes: dict[str, list[PublishedLayer]] = {}
    for layer in drawable_layers(layers).values():
        if layer.slug not in chosen and not is_basemap(layer):
            themes.setdefault(layer.theme_title, []).append(layer)
    return sorted(themes.items())
