"""Finding a place, and everything about it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gazetteer.query import (
    Place,
    addresses_of_street,
    find_place,
    read_postcode,
    search_places,
)
from layers.errors import NotFound
from layers.query.registry import published_layers
from maps.my_area.page import describe_area

_LONGEST_SEARCH = 200


class SeeOther(HttpResponseRedirect):
    """Sends a browser that posted a search on to the answer's own address."""

    status_code = 303


@require_safe
def show_start(request: HttpRequest) -> HttpResponse:
    return render(request, "maps/start.html", {"layers": list(published_layers().values())})


# Posted, so that what a resident looks for is in no address bar, history or Referer.
# There is no session to misuse and nothing changes, so no CSRF token is needed. The browser may
# keep the answer a while: "Back" from a wrong choice would otherwise end in its error page.
@cache_control(private=True, max_age=300)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "maps/search.html")
    text = request.POST.get("place", "").replace("\x00", "").strip()[:_LONGEST_SEARCH]
    if not text:
        return _ask_again(request, text, _("Enter a postcode, street or address"))
    postcode = read_postcode(text)
    if postcode:
        return _answer_postcode(request, postcode)
    return _answer_search(request, text)


@never_cache
@require_safe
def show_area(request: HttpRequest, slug: str) -> HttpResponse:
    postcode = read_postcode(slug)
    if postcode and _slug_of(postcode) != slug:
        return HttpResponseRedirect(reverse("maps:area", args=[_slug_of(postcode)]))
    try:
        place = find_place(slug)
    except NotFound:
        return render(request, "maps/place_unknown.html", {"asked": postcode or slug}, status=404)
    area = describe_area(place, timezone.localdate())
    return render(request, "maps/my_area.html", {"area": area, "place": area.place})


def _answer_postcode(request: HttpRequest, postcode: str) -> HttpResponse:
    slug = _slug_of(postcode)
    try:
        find_place(slug)
    except NotFound:
        return _ask_again(
            request,
            postcode,
            _("We do not know the postcode %(postcode)s") % {"postcode": postcode},
        )
    return SeeOther(reverse("maps:area", args=[slug]))


def _answer_search(request: HttpRequest, text: str) -> HttpResponse:
    places = search_places(text)
    only = _only_one(places)
    if only:
        return SeeOther(reverse("maps:area", args=[only]))
    others = [] if places else addresses_of_street(text)
    if not (places or others):
        return _ask_again(request, text, _("We found no place called “%(text)s”") % {"text": text})
    answer = {"text": text, "places": places or others, "are_other_numbers": bool(others)}
    return render(request, "maps/search_results.html", answer)


def _only_one(places: list[Place]) -> str:
    return places[0].slug if len(places) == 1 else ""


def _ask_again(request: HttpRequest, text: str, error: str) -> HttpResponse:
    return render(request, "maps/search.html", {"text": text, "error": error})


def _slug_of(postcode: str) -> str:
    return postcode.replace(" ", "")
