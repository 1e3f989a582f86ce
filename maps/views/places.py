"""Finding a place, and everything about it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gazetteer.query import Place, find_place, read_postcode
from layers.errors import NotFound
from layers.models import Theme
from layers.query.registry import PublishedLayer, published_layers, standing_held
from maps.my_area.page import describe_area
from maps.my_area.subject import say_ended
from maps.place_search import Choice, Leads, NothingFound, search_place, slug_of

_EASY = "easy"


class SeeOther(HttpResponseRedirect):
    """Sends a browser that posted a search on to the answer's own address."""

    status_code = 303


@dataclass(frozen=True, slots=True)
class Destination:
    """What is looked up of a place: the page it leads to, and the one on which people search.

    ``template`` is that of the search page, ``results`` of what there is to choose from and
    ``unknown`` of a place that is not known. ``of`` is what comes before the place in the page's
    address: the slug of a layer. ``words`` are what else the search page says. ``takes_location``
    says that people may ask by where they are, which leads to the pages of places.
    """

    page: str
    search_page: str
    template: str
    results: str = "maps/search_results.html"
    unknown: str = "maps/place_unknown.html"
    of: tuple[str, ...] = ()
    words: tuple[tuple[str, Any], ...] = ()
    takes_location: bool = True

    def address_of(self, slug: str) -> str:
        return reverse(self.page, args=[*self.of, slug])

    @property
    def pattern(self) -> str:
        """The page's address with SLUG for the place, as the script of suggestions fills it in."""
        return self.address_of("SLUG")

    @property
    def search_address(self) -> str:
        return reverse(self.search_page, args=self.of)


MY_AREA = Destination("maps:area", "maps:search", "maps/search.html")


@require_safe
def show_start(request: HttpRequest) -> HttpResponse:
    return render(request, "maps/start.html", {"layers": _worth_a_look()})


def _worth_a_look() -> list[PublishedLayer]:
    """Return the layers that somebody may come for: roads and rivers lie under all of them."""
    return [layer for layer in published_layers().values() if layer.theme != Theme.BACKGROUND]


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
    match search_place(request.POST.get("place", "")):
        case Leads(slug):
            return SeeOther(destination.address_of(slug))
        case Choice() as choice:
            return _let_choose(request, destination, choice)
        case NothingFound() as nothing:
            return _ask(request, destination, nothing)


@never_cache
@require_safe
def show_area(request: HttpRequest, slug: str) -> HttpResponse:
    return answer_about_place(request, slug, MY_AREA, partial(show_place, request))


def show_place(request: HttpRequest, place: Place) -> HttpResponse:
    """Return the page of a place, in easy words for ``?words=easy``."""
    area = describe_area(place, timezone.localtime())
    is_easy = request.GET.get("words") == _EASY
    template = "maps/my_area_easy.html" if is_easy else "maps/my_area.html"
    return render(request, template, {"area": area, "place": area.place, "is_easy": is_easy})


def answer_about_place(
    request: HttpRequest,
    slug: str,
    destination: Destination,
    answer: Callable[[Place], HttpResponse],
) -> HttpResponse:
    """Return the answer about the place that an address names, in its one way of writing it."""
    postcode = read_postcode(slug)
    if postcode and slug_of(postcode) != slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(destination.address_of(slug_of(postcode)) + query)
    with standing_held():
        try:
            place = find_place(slug)
        except NotFound:
            unknown = {"asked": postcode or slug, "destination": destination}
            return render(request, destination.unknown, unknown, status=404)
        return answer(place)


def _let_choose(request: HttpRequest, destination: Destination, choice: Choice) -> HttpResponse:
    groups = {
        name: [
            (place, destination.address_of(place.slug), say_ended(place) or place.detail)
            for place in places
        ]
        for name, places in choice.groups.items()
    }
    answer = {"choice": choice, "groups": groups, "destination": destination}
    return render(request, destination.results, answer)


def _ask(
    request: HttpRequest, destination: Destination, nothing: NothingFound | None = None
) -> HttpResponse:
    asked: dict[str, Any] = {"destination": destination}
    if nothing:
        asked |= {
            "text": nothing.text,
            "error": nothing.error,
            "applications": nothing.applications,
        }
    return render(request, destination.template, {**asked, **dict(destination.words)})
