"""What is being built near a place, as far and as long back as somebody asks."""

from collections.abc import Sequence

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gazetteer.query import Place
from layers.query.registry import layer_for_role, published_layers
from maps.backdrop import find_backdrop, find_ground
from maps.distances import describe_length
from maps.planning_nearby import (
    PERIODS_MONTHS,
    RADII_M,
    USUAL_MONTHS,
    USUAL_RADIUS_M,
    PlanningNearby,
    describe_planning,
)
from maps.views.places import Destination, answer_about_place
from maps.web_maps import describe_place_map

# As many as a page can be read of, and a map can show apart.
_MOST_SHOWN = 100
_PARAMETERS = {"within", "months"}
_PLANNING = Destination("maps:planning", "maps:search", "maps/search.html")


@never_cache
@require_safe
def show_planning(request: HttpRequest, slug: str) -> HttpResponse:
    radius_m, months = _read_query(request.GET)
    return answer_about_place(
        request, slug, _PLANNING, lambda place: _show(request, place, radius_m, months)
    )


def _show(request: HttpRequest, place: Place, radius_m: int, months: int) -> HttpResponse:
    layers = published_layers()
    planning = describe_planning(place, layers, radius_m=radius_m, months=months, shown=_MOST_SHOWN)
    located_by = layer_for_role(place.source_role)
    drawn = [planning.layer, located_by, find_backdrop(layers), find_ground(layers)]
    context = {
        "planning": planning,
        "place": place,
        "radii": [(metres, describe_length(metres)) for metres in RADII_M],
        "periods": [(months, _describe_months(months)) for months in PERIODS_MONTHS],
        "web_map": describe_place_map(place, layers, (), radius_m=radius_m),
        "sources": list({layer.slug: layer for layer in drawn if layer is not None}.values()),
        "left_out": _left_out(planning),
    }
    return render(request, "maps/planning.html", context)


def _left_out(planning: PlanningNearby) -> int:
    return planning.total - len(planning.applications)


def _describe_months(months: int) -> str:
    if months % 12:
        return _("%(months)s months") % {"months": months}
    years = months // 12
    return _("1 year") if years == 1 else _("%(years)s years") % {"years": years}


def _read_query(query: QueryDict) -> tuple[int, int]:
    unknown = set(query) - _PARAMETERS
    if unknown:
        raise BadRequest(f"“{min(unknown)}” is not known here.")
    return (
        _choose(query, "within", RADII_M, USUAL_RADIUS_M),
        _choose(query, "months", PERIODS_MONTHS, USUAL_MONTHS),
    )


def _choose(query: QueryDict, name: str, choices: Sequence[int], usual: int) -> int:
    text = query.get(name, str(usual))
    for choice in choices:
        if text == str(choice):
            return choice
    raise BadRequest(f"“{name}” must be one of {', '.join(map(str, choices))}.")
