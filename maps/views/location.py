"""The addresses near the position that somebody's device gives: for one answer, and not kept."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from gazetteer.query import (
    AreaAround,
    Fault,
    NearPlace,
    Position,
    PositionUnusable,
    areas_around,
    neighbour_at,
    places_near,
    read_position,
)
from layers.query.registry import PublishedLayer, layer_for_role
from maps.distances import describe_metres


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is near a position. ``accuracy`` is such as "40 m".

    ``ward`` is a sentence, or empty where no wards are published. ``sources`` are the layers
    that the answer came from.
    """

    accuracy: str
    ward: str
    places: list[NearPlace]
    sources: list[PublishedLayer]


# Posted, so that no position is in an address, a history, a log or a Referer; as a search, it
# may be kept by the browser for a while, so that "Back" from a wrong choice shows the list again.
@cache_control(private=True, max_age=300)
@require_http_methods(["GET", "HEAD", "POST"])
def show_places_near(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse("maps:search"))
    try:
        position = read_position(request.POST)
    except PositionUnusable as error:
        return _ask_to_type(request, _describe_fault(error))
    surroundings = _look_around(position)
    if not surroundings.places:
        return _ask_to_type(request, _describe_nothing(position))
    return render(request, "maps/places_near.html", {"near": surroundings})


def _look_around(position: Position) -> Surroundings:
    wards = layer_for_role("ward")
    listed = layer_for_role("address") or layer_for_role("postcode")
    return Surroundings(
        accuracy=describe_metres(position.accuracy_m),
        ward=_describe_ward(position, wards) if wards else "",
        places=places_near(position),
        sources=[layer for layer in (listed, wards) if layer],
    )


def _describe_ward(position: Position, wards: PublishedLayer) -> str:
    around = areas_around([wards], position.easting, position.northing, position.accuracy_m)
    areas = around[wards.slug]
    within: list[AreaAround] = [area for area in areas if area.is_in]
    if len(areas) == 1 and within and areas[0].edge_m > position.accuracy_m:
        return _("You seem to be in %(ward)s ward.") % {"ward": areas[0].title}
    if areas:
        names = ", ".join(area.title for area in areas)
        return _("You seem to be in or near these wards: %(wards)s. Your address decides.") % {
            "wards": names
        }
    return _("You seem to be outside this council’s wards.")


def _describe_nothing(position: Position) -> str:
    neighbour = neighbour_at(position.easting, position.northing)
    if neighbour:
        return _("You seem to be in %(place)s, where we know no addresses") % {
            "place": neighbour.place
        }
    return _("We know no address near you")


def _describe_fault(error: PositionUnusable) -> str:
    if error.fault is Fault.OUTSIDE_GREAT_BRITAIN:
        return _("Your device says that it is outside Great Britain")
    if error.fault is Fault.TOO_COARSE and error.accuracy_m is not None:
        return _("Your device knows where it is only to about %(distance)s") % {
            "distance": describe_metres(error.accuracy_m)
        }
    return _("Your device did not say where it is")


def _ask_to_type(request: HttpRequest, error: str) -> HttpResponse:
    typed = _("%(fault)s. Enter a postcode, street or address instead") % {"fault": error}
    return render(request, "maps/search.html", {"error": typed})
