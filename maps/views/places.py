"""Finding a place, and everything about it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gazetteer.query import (
    Place,
    addresses_of_street,
    find_place,
    is_elsewhere,
    is_postcode_beginning,
    read_postcode,
    search_places,
    suggest_places,
)
from layers.errors import NotFound
from layers.query.registry import published_layers
from maps.my_area import describe_area

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
    return render(request, "maps/my_area.html", {"area": describe_area(place), "place": place})


def _answer_postcode(request: HttpRequest, postcode: str) -> HttpResponse:
    slug = _slug_of(postcode)
    try:
        place = find_place(slug)
    except NotFound:
        return _ask_again(request, postcode, _postcode_unknown(postcode))
    if place.ended_on:
        return _show_results(request, postcode, [place])
    return SeeOther(reverse("maps:area", args=[slug]))


def _postcode_unknown(postcode: str) -> str:
    texts = {
        "crown-dependency": _(
            "%(postcode)s is in Jersey, Guernsey or the Isle of Man, which no UK council covers"
        ),
        "northern-ireland": _("%(postcode)s is in Northern Ireland, which we do not cover"),
        "forces": _("%(postcode)s is a forces (BFPO) postcode, which is no place on our map"),
        "giro": _("%(postcode)s was a bank’s own postcode, which is no place on our map"),
    }
    text = texts.get(is_elsewhere(postcode) or "", _("We do not know the postcode %(postcode)s"))
    return text % {"postcode": postcode}


def _answer_search(request: HttpRequest, text: str) -> HttpResponse:
    if is_elsewhere(text):
        return _ask_again(request, text, _postcode_unknown(text))
    places = search_places(text)
    only = _only_one(places)
    if only:
        return SeeOther(reverse("maps:area", args=[only]))
    if places:
        return _show_results(request, text, places)
    others = addresses_of_street(text)
    if others:
        return _show_results(request, text, others, are_other_numbers=True)
    near = suggest_places(text)
    if near:
        return _show_results(request, text, near)
    return _ask_again(request, text, _nothing_found(text))


def _nothing_found(text: str) -> str:
    if is_postcode_beginning(text):
        return _("Enter a full UK postcode, like B1 1BB: “%(text)s” is a part of one") % {
            "text": text
        }
    return _("We found no place called “%(text)s”") % {"text": text}


def _show_results(
    request: HttpRequest, text: str, places: list[Place], *, are_other_numbers: bool = False
) -> HttpResponse:
    """Show the places in groups, that of the best first."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(_group_of(place), []).append(place)
    answer = {
        "text": text,
        "places": places,
        "groups": groups,
        "are_other_numbers": are_other_numbers,
        "are_near": not any(place.is_exact for place in places),
    }
    return render(request, "maps/search_results.html", answer)


def _group_of(place: Place) -> str:
    return {
        "address": _("Addresses"),
        "property": _("Addresses"),
        "street": _("Streets"),
        "place": _("Places"),
        "ward": _("Wards"),
        "grid-reference": _("Positions"),
    }.get(place.kind, _("Postcodes"))


def _only_one(places: list[Place]) -> str:
    """Return where to go at once: nobody is sent to what may be another place than they meant."""
    return places[0].slug if len(places) == 1 and places[0].is_exact else ""


def _ask_again(request: HttpRequest, text: str, error: str) -> HttpResponse:
    return render(request, "maps/search.html", {"text": text, "error": error})


def _slug_of(postcode: str) -> str:
    return postcode.replace(" ", "")
