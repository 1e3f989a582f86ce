"""The search box and what it finds, for other sites to frame: the council's main one above all."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe

from gazetteer.query import Place
from maps.my_area.page import describe_area
from maps.views.places import Destination, answer_about_place, look_up

_FRAME = Destination(
    "maps:embedded-area",
    "maps:embedded-search",
    "maps/embedded/search.html",
    results="maps/embedded/search_results.html",
    unknown="maps/embedded/place_unknown.html",
)

View = Callable[..., HttpResponseBase]


def _may_be_framed(view: View) -> View:
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


@_may_be_framed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    return look_up(request, _FRAME)


@_may_be_framed
@never_cache
@require_safe
def show_area(request: HttpRequest, slug: str) -> HttpResponse:
    def answer(place: Place) -> HttpResponse:
        area = describe_area(place, timezone.localtime())
        page = request.build_absolute_uri(reverse("maps:area", args=[place.slug]))
        context = {"area": area, "place": area.place, "page_address": page}
        return render(request, "maps/embedded/area.html", context)

    return answer_about_place(request, slug, _FRAME, answer)


@require_safe
@cache_control(public=True, max_age=3600)
def send_frame_script(request: HttpRequest) -> HttpResponse:
    """Send what a page that frames ours runs, under an address that stays the same."""
    with staticfiles_storage.open("frame.js") as file:
        return HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
