"""The sheet that somebody gets: map, and everything that stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.gis.geos import Point
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from gazetteer.query import Place, square_of
from layers.query.cache import LayerMoved
from layers.query.registry import PublishedLayer, published_layers
from layers.query.turns import SEARCHES
from maps.context import read_council
from maps.drawn import DrawnLayer, DrawnMap, draw_map
from maps.paper.sizes import PaperSize
from maps.printed.form import PrintForm, paper_words
from maps.printed.layers_asked import LayersAsked
from maps.printed.sources import sources_of
from maps.printed.where import Where

_BRITISH_NATIONAL_GRID = 27700
_MOST_MOVES = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map on its paper. ``title`` is what stands above it."""

    title: str
    notes: str
    paper: PaperSize
    where: Where
    drawn: DrawnMap

    def as_context(self) -> dict[str, Any]:
        """Return what the page for paper and the preview say."""
        return {
            "title": self.title,
            "notes": self.notes,
            "sheet": self.paper,
            "drawn": self.drawn,
            "council": read_council(),
            "printed_on": timezone.localdate(),
            "scale_text": f"1:{self.drawn.frame.scale:,.0f}",
            "paper_name": self.paper.name.upper(),
            "paper_text": paper_words(self.paper),
            "place_text": _place_text(self.where.place),
            "middle_text": _middle_text(self.drawn),
            "sources": sources_of(self.drawn),
            "has_sample": any(
                layer.is_sample for layer in (*self.drawn.layers, *self.drawn.ground_layers)
            ),
        }

    @property
    def file_name(self) -> str:
        """What a browser calls the file: it says no more than the title does."""
        return f"{slugify(self.title)[:60] or 'map'}.pdf"


def make_sheet(form: PrintForm, asked: LayersAsked, where: Where) -> Sheet:
    """Return the sheet for a form that is valid.

    Raises
    ------
    SearchesBusy
        As much as may be is being asked of the database just now.
    """
    said = form.cleaned_data
    title = said["title"].strip() or _title_for(where)
    with SEARCHES.taken():
        drawn = _draw(asked, where, title, has_basemap=said["basemap"], is_marked=said["mark"])
    return Sheet(title, said["notes"].strip(), form.paper_size, where, drawn)


def _draw(
    asked: LayersAsked, where: Where, title: str, *, has_basemap: bool, is_marked: bool
) -> DrawnMap:
    place = where.place
    site = (
        Point(place.easting, place.northing, srid=_BRITISH_NATIONAL_GRID)
        if place and is_marked
        else None
    )
    layers = asked.undermost_first
    for attempt in range(_MOST_MOVES):
        try:
            return draw_map(
                where.frame,
                layers,
                title=_("Map: %s") % title,
                site=site,
                site_label=place.label if place else "",
                has_basemap=has_basemap,
            )
        except LayerMoved:
            if attempt + 1 == _MOST_MOVES:
                raise
            layers = _as_now(layers, published_layers())
    raise AssertionError("the loop returns or raises")


def _as_now(layers: list[DrawnLayer], published: Mapping[str, PublishedLayer]) -> list[DrawnLayer]:
    """Return the same layers as they are now; one that was withdrawn meanwhile is left out."""
    return [
        replace(each, layer=published[each.layer.slug])
        for each in layers
        if each.layer.slug in published
    ]


def _title_for(where: Where) -> str:
    if where.place is not None:
        return where.place.label
    council = read_council()
    return council.place if council else _("Map")


def _place_text(place: Place | None) -> str:
    if place is None or place.is_inside_council:
        return ""
    return _("%s is outside the area of this council: layers may have nothing there.") % place.label


def _middle_text(drawn: DrawnMap) -> str:
    frame = drawn.frame
    square = square_of(frame.easting, frame.northing)
    text = _("Middle of the map: %(east)s E, %(north)s N%(reference)s, British National Grid.")
    return text % {
        "east": f"{frame.easting:.0f}",
        "north": f"{frame.northing:.0f}",
        "reference": f" ({square.label})" if square else "",
    }
