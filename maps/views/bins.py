"""When the bins of one address go."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gazetteer.query import Place, find_place
from layers.errors import NotFound
from maps.bin_months import bin_year, end_of_year_from, first_of_month, weekdays
from maps.bins import coming_changes, describe_collections, following_days
from maps.context import read_council
from waste.query import collections_at
from waste.query.used import layers_used

_PageOfPlace = Callable[[HttpRequest, Place, date], HttpResponse]


def _of_address(page: _PageOfPlace) -> Callable[[HttpRequest, str], HttpResponse]:
    """Have a page answer for the address of a UPRN, or say that there is none."""

    @wraps(page)
    def show(request: HttpRequest, uprn: str) -> HttpResponse:
        try:
            place = find_place(f"uprn-{uprn}")
        except NotFound:
            return render(request, "maps/place_unknown.html", {"asked": uprn}, status=404)
        if place.uprn != uprn:
            match = request.resolver_match
            assert match is not None  # this is a view
            return HttpResponseRedirect(reverse(match.view_name, args=[place.uprn]))
        return page(request, place, timezone.localdate())

    return show


@never_cache
@require_safe
@_of_address
def show_bins(request: HttpRequest, place: Place, today: date) -> HttpResponse:
    last = end_of_year_from(first_of_month(today))
    found = collections_at(place, today, last)
    bins = describe_collections(found, place, today, last)
    calendar_path = reverse("bins-calendar", args=[place.uprn])
    council = read_council()
    context = {
        "place": place,
        "bins": bins,
        "following": following_days(found, today),
        "changes": coming_changes(found, bins.days, today),
        "calendar_address": request.build_absolute_uri(calendar_path),
        "webcal_address": f"webcal://{request.get_host()}{calendar_path}",
        "year_path": reverse("maps:bins-year", args=[place.uprn]),
        "missed_bin": council.missed_bin if council else "",
        "sources": layers_used(found),
    }
    return render(request, "maps/bins.html", context)


@never_cache
@require_safe
@_of_address
def show_year(request: HttpRequest, place: Place, today: date) -> HttpResponse:
    first = first_of_month(today)
    last = end_of_year_from(first)
    found = collections_at(place, first, last)
    sources = layers_used(found)
    context = {
        "place": place,
        "bins": describe_collections(found, place, today, last),
        "year": bin_year(found.services, first),
        "weekdays": weekdays(),
        "today": today,
        "bins_path": reverse("maps:bins", args=[place.uprn]),
        "sources": sources,
        # The banner that says so stays off the sheet.
        "is_made_up": any(layer.is_sample for layer in sources),
    }
    return render(request, "maps/bins_year.html", context)
