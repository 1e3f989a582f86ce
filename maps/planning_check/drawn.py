"""The map of a check for paper and for pages without scripts, drawn on the server to scale."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from layers.errors import EditionGone, NotFound
from layers.query.cache import LayerMoved
from layers.query.editions import layer_as_of
from layers.query.registry import PublishedLayer, published_layers
from maps.backdrop import find_backdrop, find_ground
from maps.drawn import DrawnLayer, DrawnMap, Frame, Numbered, draw_map
from maps.drawn.frame import fit_frame
from planning.answer import LayerAnswer

if TYPE_CHECKING:
    from maps.planning_check.page import CheckPage

# As wide as the style sheet prints it, whatever margins a browser leaves: else the scale is untrue.
ON_PAGE_MM = (145.0, 105.0)
IN_PDF_MM = (180.0, 130.0)
_MARGIN_OF_A_POINT_M = 100.0
_SHARE_OF_MARGIN = 0.25
_LEAST_MARGIN_M = 25.0


def draw_check_map(page: "CheckPage", size_mm: tuple[float, float] = ON_PAGE_MM) -> DrawnMap:
    """Return the site with what was found, numbered as in the list; ``size_mm`` is across and up.

    Each layer is drawn from the edition that answered, where that is kept.
    """
    site = page.check.site
    west, south, east, north = site.shape_27700.bounds
    margin_m = (
        _MARGIN_OF_A_POINT_M
        if site.is_point
        else max(_LEAST_MARGIN_M, _SHARE_OF_MARGIN * max(east - west, north - south))
    )
    box = (west - margin_m, south - margin_m, east + margin_m, north + margin_m)
    frame = fit_frame(box, *size_mm)
    try:
        return _draw(page, frame)
    except LayerMoved:
        # One was published since: asked again, all are as they are now.
        return _draw(page, frame)


def _draw(page: "CheckPage", frame: Frame) -> DrawnMap:
    return draw_map(
        frame,
        [DrawnLayer(layer) for layer in _layers(page.check.answers)],
        title=_("Map of the site and of what was found there"),
        site=page.check.site.geom_27700,
        site_label=page.check.site.label,
        numbered=list(_numbered(page)),
    )


def _layers(answers: Iterable[LayerAnswer]) -> Iterator[PublishedLayer]:
    public = published_layers()
    found = {each.slug: each.edition_id for each in answers if each.findings and each.edition_id}
    for ground in (find_backdrop(public), find_ground(public)):
        if ground is not None and ground.slug not in found:
            yield ground
    for slug, edition_id in found.items():
        if slug not in public or edition_id is None:
            continue
        try:
            yield layer_as_of(public[slug], edition_id)
        except (NotFound, EditionGone):
            # The list says what it held; nothing of it can be drawn any more.
            continue


def _numbered(page: "CheckPage") -> Iterator[Numbered]:
    for group in page.groups:
        for _title, answers in group.categories:
            for found in (each for listed in answers for each in listed.findings):
                at = found.outline
                if at is not None:
                    yield Numbered(found.number, at.easting, at.northing, found.name)
