"""Finding a place, and everything about it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

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
from maps.my_area.subject import is_of_middle

_LONGEST_SEARCH = 200
_EASY = "easy"


class SeeOther(HttpResponseRedirect):
    """Sends a browser that posted a search on to the answer's own address."""

    status_code = 303


@dataclass(frozen=True, slots=True)
class Destination:
    """What is looked up of a place: the page it leads to, and the one on which people search.

    ``of`` is what comes before the place in the page's address: the slug of a layer. ``words``
    are what else the search page's ``template`` says.
    """

    page: str
    search_page: str
    template: str
    of: tuple[str, ...] = ()
    words: tuple[tuple[str, Any], ...] = ()

    def address_of(self, slug: str) -> str:
        return reverse(self.page, args=[*self.of, slug])

    @property
    def search_address(self) -> str:
        return reverse(self.search_page, args=self.of)


MY_AREA = Destination("maps:area", "maps:search", "maps/search.html")


@require_safe
def show_start(request: HttpRequest) -> HttpResponse:
    return render(request, "maps/start.html", {"layers": list(published_layers().values())})


# Posted, so that what a resident looks for is in no address bar, history or Referer.
# There is no session to misuse and nothing changes, so no CSRF token is needed. The browser may
# keep the answer a while: "Back" from a wrong choice would otherwise end in its error page.
@cache_control(private=True, max_age=300)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    return look_up(request, MY_AREA)


def look_up(request: HttpRequest, destination: Destination) -> HttpResponse:
    """Ask for a place, or send on to what is looked up of it, or let people choose one."""
    if request.method != "POST":
        return _ask(request, destination)
    text = request.POST.get("place", "").replace("\x00", "").strip()[:_LONGEST_SEARCH]
    if not text:
        error = _("Enter a postcode, street or address")
        return _ask(request, destination, text=text, error=error)
    postcode = read_postcode(text)
    if postcode:
        return _answer_postcode(request, postcode, destination)
    return _answer_search(request, text, destination)


@never_cache
@require_safe
def show_area(request: HttpRequest, slug: str) -> HttpResponse:
    return answer_about_place(request, slug, MY_AREA, partial(show_place, request))


def show_place(request: HttpRequest, place: Place) -> HttpResponse:
    area = describe_area(place, timezone.localtime())
    is_easy = request.GET.get("words") == _EASY
    template = "maps/my_area_easy.html" if is_easy else "maps/my_area.html"
    context = {
        "area": area, "place": area.place, "is_easy": is_easy, "is_of_middle": is_of_middle(place),
    }  # fmt: skip
    return render(request, template, context)


def answer_about_place(
    request: HttpRequest,
    slug: str,
    destination: Destination,
    answer: Callable[[Place], HttpResponse],
) -> HttpResponse:
    """Return the answer about the place that an address names, in its one way of writing it."""
    postcode = read_postcode(slug)
    if postcode and _slug_of(postcode) != slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(destination.address_of(_slug_of(postcode)) + query)
    try:
        place = find_place(slug)
    except NotFound:
        unknown = {"asked": postcode or slug, "destination": destination}
        return render(request, "maps/place_unknown.html", unknown, status=404)
    return answer(place)


def _answer_postcode(request: HttpRequest, postcode: str, destination: Destination) -> HttpResponse:
    slug = _slug_of(postcode)
    try:
        find_place(slug)
    except NotFound:
        error = _("We do not know the postcode %(postcode)s") % {"postcode": postcode}
        return _ask(request, destination, text=postcode, error=error)
    return SeeOther(destination.address_of(slug))


def _answer_search(request: HttpRequest, text: str, destination: Destination) -> HttpResponse:
    places = search_places(text)
    only = _only_one(places)
    if only:
        return SeeOther(destination.address_of(only))
    others = [] if places else addresses_of_street(text)
    if not (places or others):
        error = _("We found no place called “%(text)s”") % {"text": text}
        return _ask(request, destination, text=text, error=error)
    found = [
        (place, destination.address_of(place.slug) if place.slug else "")
        for place in places or others
    ]
    answer = {
        "text": text,
        "found": found,
        "are_other_numbers": bool(others),
        "destination": destination,
    }
    return render(request, "maps/search_results.html", answer)


def _only_one(places: list[Place]) -> str:
    return places[0].slug if len(places) == 1 else ""


def _ask(
    request: HttpRequest, destination: Destination, *, text: str = "", error: str = ""
) -> HttpResponse:
    asked = {"text": text, "error": error, "destination": destination}
    return render(request, destination.template, {**asked, **dict(destination.words)})


def _slug_of(postcode: str) -> str:
    return postcode.replace(" ", "")
