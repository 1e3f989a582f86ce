"""The map of all layers, and what it asks while somebody looks about."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from layers.errors import NotFound, ParameterInvalid
from layers.query.registry import PublishedLayer, standing_layers
from layers.query.rows import feature_page
from maps.backdrop import find_backdrop
from maps.views.found import layer_or_404
from maps.web_map.asked import MapAsked, read_map
from maps.web_map.describe import describe_map
from maps.web_map.identify import find_here, tolerance_m
from maps.web_map.in_view import list_in_view, place_of, read_view
from maps.web_map.measure import describe_measurement, measure, read_corners
from maps.web_map.panel import card_of, themes_of
from maps.web_map.places_in_grid import read_grid_point
from maps.web_map.still import describe_still

_USUAL_ZOOM, _FURTHEST_ZOOM = 17.0, 22.0
_MOST_AREAS = 200


@cache_control(private=True, max_age=0)
@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    layers = standing_layers().public
    backdrop = find_backdrop(layers)
    asked = read_map(request.GET, layers)
    areas = _areas(backdrop)
    context = {
        "asked": asked,
        "cards": [card_of(each) for each in asked.layers],
        "chosen": {each.slug for each in asked.layers},
        "themes": themes_of(layers.values()),
        "backdrop": backdrop,
        "areas": areas,
        "settings": describe_map(layers, backdrop, asked),
        "print_address": f"{reverse('maps:print')}?{request.GET.urlencode()}",
        "still_map": describe_still(asked, request.GET, area_name=dict(areas).get(asked.area, "")),
        **_list(request, asked, backdrop),
    }
    return render(request, "maps/map.html", context)


@cache_control(private=True, max_age=0)
@require_safe
def show_layer_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer a layer's card alone, for the panel."""
    layers = standing_layers().public
    layer_or_404(layers, slug)
    query = request.GET.copy()
    query.setlist("layer", [slug])
    [asked] = read_map(query, layers).layers
    return _render_part("_card", {"card": card_of(asked)})


# Where somebody looks is nobody else's to keep. Logs leave the queries of addresses out.
@never_cache
@require_safe
def show_what_is_here(request: HttpRequest) -> HttpResponse:
    asked = read_map(request.GET, standing_layers().public)
    try:
        point = read_grid_point(request.GET)
    except ParameterInvalid as error:
        raise BadRequest(str(error)) from error
    within_m = tolerance_m(_read_zoom(request), point.latitude)
    context = {
        "point": point,
        "here": find_here(asked.layers, point, within_m),
        "within_m": within_m,
        "asked": asked,
        "map_query": _without(request, "lon", "lat", "zoom", "part"),
    }
    return _render_part_or_page(request, "_here", context)


@never_cache
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Answer what is in view, as the list beside the map."""
    layers = standing_layers().public
    asked = read_map(request.GET, layers)
    try:
        bbox = read_view(request.GET)
    except ParameterInvalid as error:
        raise BadRequest(str(error)) from error
    place = {"bbox": bbox} if bbox else {}
    listed = list_in_view(asked.layers, place, request.GET)
    context = {"listed": listed, "asked": asked, "page_query": _without(request, "part")}
    return _render_part("_list", context)


# Posted, so that what somebody measures is in no address and no log.
@never_cache
@require_POST
def measure_on_grid(request: HttpRequest) -> JsonResponse:
    try:
        corners = read_corners(request.POST)
        found = measure(corners, is_area=request.POST.get("kind") == "area")
    except ParameterInvalid as error:
        return JsonResponse({"fault": str(error)}, status=400)
    return JsonResponse(
        {
            "lengthM": round(found.length_m, 3),
            "areaM2": None if found.area_m2 is None else round(found.area_m2, 3),
            "said": describe_measurement(found),
            "references": found.references,
        }
    )


@never_cache
@require_POST
def name_grid_square(request: HttpRequest) -> JsonResponse:
    """Answer the grid reference of a point to the metre, by OSTN15."""
    try:
        point = read_grid_point(request.POST)
    except ParameterInvalid as error:
        return JsonResponse({"fault": str(error)}, status=400)
    return JsonResponse(
        {
            "reference": point.reference,
            "easting": round(point.easting, 1),
            "northing": round(point.northing, 1),
        }
    )


def _render_part_or_page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Answer a part of the map's page, or to whoever has no script a page of its own."""
    if request.GET.get("part") == "1":
        return _render_part(name, context)
    return render(request, f"maps/web_map/page{name}.html", context)


def _render_part(name: str, context: dict[str, Any]) -> HttpResponse:
    # Without the request: what every page says of its council is in no part.
    return HttpResponse(render_to_string(f"maps/web_map/{name}.html", context))


def _list(request: HttpRequest, asked: MapAsked, backdrop: PublishedLayer | None) -> dict[str, Any]:
    """Return the list for whoever has no script: of the area that was chosen, or of everything."""
    try:
        place = place_of(asked.area, backdrop)
    except NotFound as error:
        return {"listed": (), "list_fault": str(error)}
    listed = list_in_view(asked.layers, place, request.GET)
    return {"listed": listed, "page_query": _without(request, "part")}


def _areas(backdrop: PublishedLayer | None) -> list[tuple[str, str]]:
    """Return the areas to choose from, as ids and names in alphabetical order."""
    if backdrop is None:
        return []
    rows = feature_page(backdrop, limit=_MOST_AREAS).rows
    return sorted(((row.fid, row.title) for row in rows), key=lambda area: area[1])


def _read_zoom(request: HttpRequest) -> float:
    try:
        zoom = float(request.GET.get("zoom", _USUAL_ZOOM))
    except ValueError:
        return _USUAL_ZOOM
    return min(max(zoom, 0.0), _FURTHEST_ZOOM) if zoom == zoom else _USUAL_ZOOM


def _without(request: HttpRequest, *names: str) -> str:
    """Return the query of the request without some parameters, for links."""
    query = request.GET.copy()
    for name in [*names, *(name for name in query if name.startswith("after."))]:
        query.pop(name, None)
    return query.urlencode()
