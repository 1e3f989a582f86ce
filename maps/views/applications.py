"""Planning applications: search them, count them, follow them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_safe,
)

from gazetteer.query import Place, suggest_places
from layers.query.registry import PublishedLayer, standing_layers
from maps.applications.addresses import address_of
from maps.applications.asked import PARAMETERS, Asked, read_asked
from maps.applications.counting import describe_counts
from maps.applications.counts_table import write_counts
from maps.applications.feeds import title_of_search, write_feed
from maps.applications.form import describe_form
from maps.applications.geojson import write_geojson
from maps.applications.listing import (
    describe_listing,
    describe_listing_map,
    how_far_it_reaches,
)
from maps.applications.statuses import describe_statuses
from maps.applications.summary import narrowings
from maps.applications.ward_map import describe_ward_map
from maps.backdrop import find_backdrop, find_ground
from maps.place_search import Choice, Leads, NothingFound, search_place
from maps.views.places import SeeOther
from planning.applications.register import STATUS, Register
from planning.applications.results import choices_of

_MOST_CHOICES = 20
_FIELDS = frozenset(PARAMETERS)
_LIST, _COUNTS = "maps/applications/list.html", "maps/applications/counts.html"


# Posted for the reasons given at `maps.views.places.search`: what is typed for a place leads to
# an address without it.
@cache_control(private=True, max_age=300)
@require_http_methods(["GET", "HEAD", "POST"])
def show_list(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _send_on(request, "", _LIST)
    return _show(request, _LIST, _describe_list)


@cache_control(private=True, max_age=300)
@require_http_methods(["GET", "HEAD", "POST"])
def show_counts(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _send_on(request, "counts", _COUNTS)
    return _show(request, _COUNTS, _describe_counts)


@require_safe
@never_cache
def send_counts(request: HttpRequest) -> HttpResponse:
    return _send(request, lambda asked, register: write_counts(describe_counts(asked, register)))


@cache_control(private=True, max_age=300)
@require_safe
@conditional_page
def send_feed(request: HttpRequest, kind: str) -> HttpResponse:
    return _send(request, lambda asked, register: write_feed(request, asked, register, kind))


@cache_control(private=True, max_age=300)
@require_safe
@conditional_page
def send_geojson(request: HttpRequest) -> HttpResponse:
    return _send(request, partial(write_geojson, request))


def _show(
    request: HttpRequest,
    template: str,
    describe: Callable[[Asked, Register], dict[str, Any]],
) -> HttpResponse:
    asked = read_asked(request.GET, timezone.localdate())
    if asked.register is None:
        return render(request, "maps/applications/none.html", status=404)
    context = _describe_page(asked, asked.register, template)
    if asked.errors:
        return render(request, template, context, status=400)
    return render(request, template, {**context, **describe(asked, asked.register)})


def _send(request: HttpRequest, write: Callable[[Asked, Register], HttpResponse]) -> HttpResponse:
    asked = read_asked(request.GET, timezone.localdate())
    if asked.register is None:
        text = _("This council publishes no planning applications here.")
        return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
    if asked.errors:
        lines = [f"{name}: {error}" for name, error in asked.errors.items()]
        text = "\n".join(lines)
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    return write(asked, asked.register)


def _send_on(request: HttpRequest, page: str, template: str) -> HttpResponse:
    """Lead a posted form to the address of its answer, or let people say which place they mean."""
    typed = request.POST.get("place", "").strip()
    posted = {name: str(request.POST[name]) for name in request.POST if name != "place"}
    asked = read_asked(posted, timezone.localdate())
    if asked.register is None:
        return render(request, "maps/applications/none.html", status=404)
    if not typed or (asked.place and typed == asked.place.label):
        values = asked.values if typed else {**asked.values, "near": "", "within": ""}
        return SeeOther(address_of(page, _without_sort(values) if not typed else values))
    context = _describe_page(asked, asked.register, template) | {"typed": typed}
    match search_place(typed):
        case Leads(slug):
            return SeeOther(address_of(page, asked.values, near=slug))
        case Choice() as choice:
            # Whole streets as themselves: hundreds of houses are no choice.
            whole = suggest_places(typed) if len(choice.places) > _MOST_CHOICES else []
            places = [_describe_place(place, page, asked) for place in whole or choice.places]
            return render(request, template, {**context, "places": places})
        case NothingFound(text, error):
            context["errors"] = {**asked.errors, "near": error}
            return render(request, template, {**context, "typed": text}, status=400)


def _without_sort(values: dict[str, str]) -> dict[str, str]:
    """Nothing is nearest to no place."""
    return values | {"sort": ""} if values.get("sort") == "nearest" else values


def _describe_place(place: Place, page: str, asked: Asked) -> tuple[Place, str]:
    return place, address_of(page, asked.values, near=place.slug)


def _describe_page(asked: Asked, register: Register, template: str) -> dict[str, Any]:
    page = "" if template == _LIST else "counts"
    return {
        "is_list": not page,
        "form_action": address_of(page, {}),
        "known_fields": _FIELDS,
        "asked": asked,
        "values": asked.values,
        "errors": asked.errors,
        "register": register,
        "layer": register.layer,
        "form": describe_form(asked, register),
        "title": title_of_search(asked, register),
        "typed": asked.place.label if asked.place else asked.values.get("near", ""),
        "narrowings": [
            (words, address_of(page, asked.values, **dict.fromkeys(names, "")))
            for words, names in narrowings(asked)
        ],
        "addresses": {
            name or "list": address_of(name, asked.values)
            for name in ("", "counts", "rss", "atom", "geojson", "csv")
        },
        "sources": _sources(asked, register),
    }


def _describe_list(asked: Asked, register: Register) -> dict[str, Any]:
    listing = describe_listing(asked, register, timezone.localdate())
    following = {"after": str(listing.next_after), "seen": str(listing.last)}
    statuses = choices_of(register, asked.wards).by[STATUS]
    return {
        "listing": listing,
        "web_map": describe_listing_map(asked, register, standing_layers().public),
        "next_address": address_of("", asked.values, **following) if listing.next_after else "",
        "first_address": address_of("", asked.values) if asked.after else "",
        "statuses": describe_statuses([status for status in statuses if status]),
    }


def _describe_counts(asked: Asked, register: Register) -> dict[str, Any]:
    counted = describe_counts(asked, register)
    latest_on, is_behind = how_far_it_reaches(register, timezone.localdate())
    return {
        "counted": counted,
        "ward_map": describe_ward_map(asked.wards, counted.ward_counts) if asked.wards else None,
        "latest_on": latest_on,
        "is_behind": is_behind,
    }


def _sources(asked: Asked, register: Register) -> list[PublishedLayer]:
    layers = standing_layers().public
    used = (register.layer, asked.wards, find_backdrop(layers), find_ground(layers))
    return list({each.slug: each for each in used if each is not None}.values())
