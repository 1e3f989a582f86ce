"""The constraint check: which site, and what applies to it. Nothing is kept unless it is asked."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gazetteer.query import Place
from layers.errors import TooManyRequests
from layers.query.registry import published_layers
from maps.planning_check.asked import (
    Asked,
    DayUnusable,
    read_shown,
    read_typed,
    site_of_feature,
    site_of_place,
)
from maps.planning_check.council_area import council_extent
from maps.planning_check.drawn import draw_check_map
from maps.planning_check.file_sites import sites_of
from maps.planning_check.form import describe_form
from maps.planning_check.page import describe_check
from maps.planning_check.upload import read_sent_shapes, receive_site_files
from maps.planning_check.written import write_boundary, write_place
from maps.views.busy import says_busy
from maps.views.found import feature_or_404, layer_or_404
from maps.views.places import Destination, SeeOther, answer_about_place, look_up
from planning.boundary import Extent, SiteUnusable
from planning.query import check_site
from planning.receipts.keep import CheckTooLarge, keep_check
from planning.receipts.record import site_as_wkt

_OUR_PAGE = "same-origin"
# A search for a site leads to the answers about one point.
_PLACES = Destination(
    "maps:check-place",
    "maps:check",
    "maps/check/ask.html",
    unknown="maps/check/place_unknown.html",
    takes_location=False,
)


# Posted for the reasons given at `maps.views.places.search`, and not kept by the browser either:
# a site may say what somebody is about to buy or build.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@says_busy
def ask(request: HttpRequest) -> HttpResponse:
    receive_site_files(request)
    extent = council_extent()
    if request.method != "POST" or extent is None:
        return _show_form(request)
    try:
        way = request.POST.get("way", "")
    except RequestDataTooBig:
        fault = _("The text is too long. Send the boundary as a file.")
        return _show_form(request, way="boundary", faults=(fault,), status=413)
    return _ANSWERS.get(way, _look_up)(request, extent)


@never_cache
@require_safe
@says_busy
def check_place(request: HttpRequest, slug: str) -> HttpResponse:
    return answer_about_place(request, slug, _PLACES, lambda place: _answer_place(request, place))


@never_cache
@require_safe
@says_busy
def check_feature(request: HttpRequest, slug: str, fid: str) -> HttpResponse:
    layer = layer_or_404(published_layers(), slug)
    row = feature_or_404(layer, fid)
    return _answer(request, "", lambda extent: site_of_feature(layer, row, extent))


# There is no session to misuse. What another site has a browser post is shown, and not kept.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@says_busy
def keep(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("maps:check")
    extent = council_extent()
    try:
        asked = read_shown(request.POST, extent) if extent else None
    except SiteUnusable as fault:
        return _refuse(request, fault, "boundary")
    if asked is None:
        return _show_form(request)
    if request.headers.get("Sec-Fetch-Site", _OUR_PAGE) != _OUR_PAGE:
        refusal = _("Another website sent this. Read it, then press “Keep this check”.")
        return show_check(request, asked, refusal=refusal, status=403)
    try:
        check = check_site(asked.site, as_at=asked.as_at)
        receipt_id = keep_check(check, asked_from=request.META)
    except TooManyRequests as error:
        return show_check(request, asked, refusal=str(error), status=429)
    except CheckTooLarge as error:
        return show_check(request, asked, refusal=str(error), status=400)
    return SeeOther(reverse("maps:kept-check", args=[receipt_id]))


def show_check(
    request: HttpRequest, asked: Asked, *, refusal: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    page = describe_check(check_site(asked.site, as_at=asked.as_at))
    context = {
        "page": page,
        "drawn": draw_check_map(page),
        "wkt": site_as_wkt(asked.site),
        "asked_place": write_place(asked.site),
        "refusal": refusal,
        **more,
    }
    return render(request, "maps/check/answered.html", context, status=status)


def _look_up(request: HttpRequest, extent: Extent) -> HttpResponse:
    words = tuple(describe_form(way="place").items())
    return look_up(request, replace(_PLACES, words=words))


def _check_typed(request: HttpRequest, extent: Extent) -> HttpResponse:
    return _answer(request, "boundary", lambda extent: read_typed(request.POST, extent))


def _check_shown(request: HttpRequest, extent: Extent) -> HttpResponse:
    return _answer(request, "boundary", lambda extent: read_shown(request.POST, extent))


def _change_shown(request: HttpRequest, extent: Extent) -> HttpResponse:
    """Return the form with the site that a page showed, in place of the one that Back empties."""
    try:
        asked = read_shown(request.POST, extent)
    except SiteUnusable as fault:
        return _refuse(request, fault, "boundary")
    site = asked.site
    if place := write_place(site):
        return _show_form(request, place=place, around=site)
    return _show_form(
        request,
        boundary=write_boundary(site),
        label=site.label,
        given_as="drawn" if site.given_as == "drawn" else "typed",
        as_at=asked.as_at.isoformat() if asked.as_at else "",
        around=site,
    )


def _check_file(request: HttpRequest, extent: Extent) -> HttpResponse:
    try:
        found = sites_of(read_sent_shapes(request), extent)
    except SiteUnusable as fault:
        return _refuse(request, fault, "file")
    if len(found.sites) > 1 or found.unusable:
        return render(request, "maps/check/choose.html", {"found": found})
    return show_check(request, Asked(found.sites[0].site))


_ANSWERS: dict[str, Callable[[HttpRequest, Extent], HttpResponse]] = {
    "boundary": _check_typed,
    "file": _check_file,
    "site": _check_shown,
    "change": _change_shown,
}


def _answer_place(request: HttpRequest, place: Place) -> HttpResponse:
    return _answer(request, "place", lambda extent: site_of_place(place, extent), place=place)


def _answer(
    request: HttpRequest, way: str, read: Callable[[Extent], Asked], **more: Any
) -> HttpResponse:
    """Return the answers about the site that ``read`` gives, or the form with what is wrong."""
    if request.GET:
        raise BadRequest(f"“{min(request.GET)}” is not known here.")
    extent = council_extent()
    if extent is None:
        return _show_form(request)
    try:
        asked = read(extent)
    except SiteUnusable as fault:
        return _refuse(request, fault, way)
    return show_check(request, asked, **more)


def _refuse(request: HttpRequest, fault: SiteUnusable, way: str) -> HttpResponse:
    """Return the form with what is wrong, at the field that it is about, and all that was given."""
    field = "day" if isinstance(fault, DayUnusable) else way
    return _show_form(request, way=field, faults=fault.faults, status=400, **_given(request.POST))


def _given(posted: QueryDict) -> dict[str, str]:
    """Return what the form is to hold again: what was typed, or the site of the page before."""
    boundary = posted.get("boundary") or posted.get("site", "")
    given_as = "drawn" if posted.get("given_as") == "drawn" else "typed"
    kept = {name: posted.get(name, "") for name in ("label", "as_at")}
    return {"boundary": boundary, "given_as": given_as, **kept}


def _show_form(request: HttpRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    context = {**describe_form(**given), "destination": _PLACES}
    return render(request, _PLACES.template, context, status=status)
