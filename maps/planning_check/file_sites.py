"""The shapes of a file as sites to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from django.utils.translation import gettext as _

from importers.site_file import SiteShape
from maps.planning_check.words import describe_area
from planning.boundary import Extent, SiteUnusable, judge_shape, place_shape
from planning.receipts.record import site_as_wkt
from planning.site import Site, make_site

MOST_TO_CHOOSE = 50


@dataclass(frozen=True, slots=True)
class FileSite:
    """One shape that can be checked: ``wkt`` is in EPSG:27700 metres, ``area`` in words."""

    number: int
    label: str
    area: str
    wkt: str
    site: Site


@dataclass(frozen=True, slots=True)
class SitesOfFile:
    """What a file offers. ``unusable`` counts its other shapes; ``is_cut``: it has more."""

    sites: tuple[FileSite, ...]
    unusable: int
    is_cut: bool


def sites_of(shapes: Sequence[SiteShape], extent_27700: Extent) -> SitesOfFile:
    """Return the shapes that can be checked.

    Raises
    ------
    SiteUnusable
        None can; it says what is wrong with the first.
    """
    sites: list[FileSite] = []
    faults: list[SiteUnusable] = []
    for shape in shapes:
        if len(sites) > MOST_TO_CHOOSE:
            break
        try:
            judged = judge_shape(place_shape(_located(shape), extent_27700), extent_27700)
        except SiteUnusable as fault:
            faults.append(fault)
            continue
        label = shape.label or _("Shape %(number)s") % {"number": shape.number}
        site = make_site(judged, label, "file")
        area = _("a point") if site.is_point else describe_area(site.area_m2)
        sites.append(FileSite(shape.number, label, area, site_as_wkt(site), site))
    if not sites:
        raise faults[0]
    return SitesOfFile(tuple(sites[:MOST_TO_CHOOSE]), len(faults), len(sites) > MOST_TO_CHOOSE)


def _located(shape: SiteShape) -> shapely.Geometry:
    if shape.fault:
        raise SiteUnusable(shape.fault)
    if shape.shape is None:
        raise SiteUnusable(_("The shape is not in Great Britain. Check its coordinates."))
    return shape.shape
