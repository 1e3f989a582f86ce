"""A map that stands still: for pages where no script runs, and for whoever wants a picture."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from layers.errors import NotFound, ParameterInvalid
from layers.query.area import find_area
from layers.query.registry import PublishedLayer
from layers.query.turns import SEARCHES
from maps.backdrop import find_backdrop
from maps.drawn import DrawnMap, draw_map
from maps.drawn.frame import Box, fit_frame
from maps.drawn.paint import Palette
from maps.printed.layers_asked import LayersAsked

WIDTH_MM, HEIGHT_MM = 200.0, 150.0


def draw_still(
    asked: LayersAsked,
    layers: Mapping[str, PublishedLayer],
    *,
    area: str = "",
    palette: Palette = "light",
    has_basemap: bool = True,
) -> DrawnMap:
    """Return a map of one of the council's areas, by its id, or of all of them.

    Raises
    ------
    NotFound
        There is no such area.
    ParameterInvalid
        Nothing says where to look.
    LayerMoved
        A layer has changed meanwhile.
    """
    frame = fit_frame(_box(asked, layers, area), WIDTH_MM, HEIGHT_MM)
    titles = ", ".join(each.layer.title for each in asked.layers) or _("Basemap")
    with SEARCHES.taken():
        return draw_map(
            frame,
            asked.undermost_first,
            title=_("Map: %s") % titles,
            palette=palette,
            has_basemap=has_basemap,
            has_coordinates=False,
            has_credit=True,
        )


def _box(asked: LayersAsked, layers: Mapping[str, PublishedLayer], area: str) -> Box:
    backdrop = find_backdrop(layers)
    if area:
        if backdrop is None:
            raise NotFound("This council publishes no areas to choose from.")
        return find_area(backdrop.slug, area).box_27700
    known = [backdrop] if backdrop else [each.layer for each in asked.layers]
    boxes = [layer.extent_27700 for layer in known if layer.extent_27700]
    if not boxes:
        raise ParameterInvalid(
            "Nothing says where to look: name a layer that has features.", "layer"
        )
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
