"""Choosing an address of a postcode, or a part of one, where its middle cannot answer for all."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gazetteer.query import (
    Place,
    addresses_of_postcode,
    find_place,
    part_of_postcode,
    read_postcode,
)
from layers.errors import NotFound
from layers.query.registry import find_layer, layer_for_role
from maps.place_search import slug_of
from maps.views.places import show_place


@never_cache
@require_safe
def show_addresses(request: HttpRequest, slug: str) -> HttpResponse:
    postcode = read_postcode(slug)
    if postcode and slug_of(postcode) != slug:
        return HttpResponseRedirect(reverse("maps:postcode-addresses", args=[slug_of(postcode)]))
    place = _find_postcode(slug)
    if place is None:
        return _not_known(request, postcode or slug)
    source = layer_for_role("address")
    answer = {
        "place": place,
        "streets": addresses_of_postcode(place),
        "sources": [source] if source else [],
    }
    return render(request, "maps/postcode_addresses.html", answer)


@never_cache
@require_safe
def show_part(request: HttpRequest, slug: str, layer: str, fid: str) -> HttpResponse:
    postcode = _find_postcode(slug)
    if postcode is None:
        return _not_known(request, read_postcode(slug) or slug)
    try:
        place = part_of_postcode(postcode, find_layer(layer), fid)
    except NotFound:
        # An old link: the ward has changed. The whole postcode asks anew.
        return HttpResponseRedirect(reverse("maps:area", args=[postcode.slug]))
    return show_place(request, place)


def _find_postcode(slug: str) -> Place | None:
    try:
        place = find_place(slug)
    except NotFound:
        return None
    return place if place.kind == "postcode" else None


def _not_known(request: HttpRequest, asked: str) -> HttpResponse:
    return render(request, "maps/place_unknown.html", {"asked": asked}, status=404)
