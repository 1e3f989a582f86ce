"""Which ground a printed map shows, from what somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gazetteer.query import Place, find_place
from layers.errors import NotFound
from layers.query.area import find_area
from layers.query.registry import PublishedLayer, layer_for_role
from maps.backdrop import find_backdrop
from maps.drawn import Frame
from maps.drawn.frame import Box, fit_frame
from maps.paper.sizes import PaperSize
from maps.place_search import Choice, Leads, NothingFound, search_place

FIT = "fit"


class WhereUnclear(Exception):
    """What was asked is not one piece of ground. ``choices`` are places that may be meant."""

    def __init__(self, message: str, field: str = "place", choices: tuple[Place, ...] = ()) -> None:
        super().__init__(message)
        self.field, self.choices = field, choices


@dataclass(frozen=True, slots=True)
class Where:
    """The ground of a sheet. ``place`` is None for the whole area of the council."""

    frame: Frame
    place: Place | None


def find_where(
    text: str,
    chosen: str,
    scale: str,
    paper: PaperSize,
    layers: Mapping[str, PublishedLayer],
) -> Where:
    """Return the ground for a place as typed, or one ``chosen`` by its slug, at a scale.

    Raises
    ------
    WhereUnclear
        No place, several, or a scale that needs one.
    """
    place = _find(text, chosen)
    if scale == FIT:
        return Where(_fit(place, paper, layers), place)
    if place is None:
        raise WhereUnclear(
            _("Enter a place, or choose the scale that fits the whole area of the council")
        )
    size = (paper.map_width_mm, paper.map_height_mm)
    return Where(Frame(place.easting, place.northing, float(scale), *size), place)


def _find(text: str, chosen: str) -> Place | None:
    if chosen:
        try:
            return find_place(chosen)
        except NotFound:
            raise WhereUnclear(_("That place is no longer known. Enter it again")) from None
    if not text.strip():
        return None
    match search_place(text):
        case Leads(slug):
            return find_place(slug)
        case NothingFound(_text, error):
            raise WhereUnclear(error)
        case Choice() as choice:
            message = _("Several places may be meant. Choose one of them below")
            raise WhereUnclear(message, choices=tuple(choice.places))


def _fit(place: Place | None, paper: PaperSize, layers: Mapping[str, PublishedLayer]) -> Frame:
    box = _area_of_council(layers) if place is None else _area_of_ward(place)
    return fit_frame(box, paper.map_width_mm, paper.map_height_mm)


def _area_of_council(layers: Mapping[str, PublishedLayer]) -> Box:
    backdrop = find_backdrop(layers)
    if backdrop is None or backdrop.extent_27700 is None:
        raise WhereUnclear(
            _("The area of the council is not known here. Enter a place and choose a scale"),
        )
    return backdrop.extent_27700


def _area_of_ward(place: Place) -> Box:
    wards = layer_for_role("ward") if place.kind == "ward" else None
    if wards is None:
        raise WhereUnclear(
            _("Choose a scale: only a ward or the whole area of the council can be fitted"), "scale"
        )
    return find_area(wards.slug, place.slug.removeprefix("ward-")).box_27700
