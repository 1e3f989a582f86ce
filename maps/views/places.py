"""Finding a place, and everything about it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gazetteer.query import find_place, read_postcode
from layers.errors import NotFound
from layers.query.registry import published_layers
from maps.my_area import describe_area
from maps.place_search import Choice, Leads, NothingFound, search_place, slug_of


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
    match search_place(request.POST.get("place", "")):
        case Leads(slug):
            return SeeOther(reverse("maps:area", args=[slug]))
        case Choice() as choice:
            return render(request, "maps/search_results.html", {"choice": choice})
        case NothingFound(text, error):
            return render(request, "maps/search.html", {"text": text, "error": error})


@never_cache
@require_safe
def show_area(request: HttpRequest, slug: str) -> HttpResponse:
    postcode = read_postcode(slug)
    if postcode and slug_of(postcode) != slug:
        return HttpResponseRedirect(reverse("maps:area", args=[slug_of(postcode)]))
    try:
        place = find_place(slug)
    except NotFound:
        return render(request, "maps/place_unknown.html", {"asked": postcode or slug}, status=404)
    return render(request, "maps/my_area.html", {"area": describe_area(place), "place": place})
