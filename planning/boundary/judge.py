"""Whether a shape can be the site of a check, and what to do where it cannot."""

import numpy as np
import shapely
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from shapely.validation import explain_validity

from planning.boundary.faults import SiteUnusable

Extent = tuple[float, float, float, float]

MOST_CORNERS = 20_000
MOST_AREA_M2 = 20_000_000
_MOST_PARTS = 200
_M2_IN_A_HECTARE = 10_000
# Millimetres: what is shown, posted back and kept is the very shape that was answered about.
_DECIMALS = 3


def judge_shape(shape_27700: shapely.Geometry, extent_27700: Extent) -> shapely.Geometry:
    """Return a shape as it can be checked: a valid Point, Polygon or MultiPolygon.

    Parameters
    ----------
    shape_27700
        Easting, northing in metres, 2D. Parts that overlap or share an edge are united.
    extent_27700
        West, south, east, north of the council's area in metres.

    Raises
    ------
    SiteUnusable
        It crosses itself, has no area, has too many corners or parts, is too large, or does not
        reach into the council's area.
    """
    refuse_corners(shapely.get_num_coordinates(shape_27700))
    rounded = shapely.transform(shape_27700, lambda each: np.round(each, _DECIMALS))
    _refuse_elsewhere(rounded, extent_27700)
    if rounded.geom_type == "Point":
        return rounded
    area = _as_area(rounded)
    _refuse_size(area)
    return area


def refuse_corners(count: int) -> None:
    """Refuse a boundary of too many corners. Errors as of `judge_shape`."""
    if count <= MOST_CORNERS:
        return
    raise SiteUnusable(
        _(
            "The boundary has %(corners)s corners, and at most %(most)s can be checked. "
            "Simplify it, or check it in parts."
        )
        % {
            "corners": number_format(count, force_grouping=True),
            "most": number_format(MOST_CORNERS, force_grouping=True),
        }
    )


def _as_area(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    _refuse_others([part for part in parts if part.geom_type != "Polygon"], polygons)
    if len(polygons) > _MOST_PARTS:
        raise SiteUnusable(
            _("The site has %(parts)s parts, and at most %(most)s can be checked at a time.")
            % {"parts": len(polygons), "most": _MOST_PARTS}
        )
    for part in polygons:
        _refuse_invalid(part)
    if len(polygons) == 1:
        return shapely.normalize(polygons[0])
    united = shapely.transform(shapely.union_all(polygons), lambda each: np.round(each, _DECIMALS))
    _refuse_invalid(united)
    return shapely.normalize(united)


def _refuse_others(others: list[shapely.Geometry], polygons: list[shapely.Geometry]) -> None:
    """Refuse what has no area, but for a point within one: the place of an area's name in KML."""
    if not all(part.geom_type == "Point" for part in others):
        raise SiteUnusable(
            _("A line has no area. Give the corners of the site all the way around it.")
        )
    if not polygons:
        raise SiteUnusable(
            _(
                "Several points have no area. Check them one at a time, or give the corners of the "
                "site all the way around it."
            )
        )
    if any(shapely.disjoint(polygons, point).all() for point in others):
        raise SiteUnusable(
            _("There is a point outside of the site’s area. Give either the area or the point.")
        )


def _refuse_invalid(part: shapely.Geometry) -> None:
    if part.is_valid and part.area > 0:
        return
    if part.convex_hull.area == 0:
        raise SiteUnusable(
            _("The corners lie on one line, so the site has no area. Give at least three corners.")
        )
    reason, _bracket, where = explain_validity(part).rstrip("]").partition("[")
    place = ", ".join(number_format(round(float(n)), use_l10n=False) for n in where.split()[:2])
    if "Hole" in reason:
        text = _(
            "A hole of the boundary lies outside the boundary, near %(place)s. Take the hole out."
        )
    else:
        text = _(
            "The boundary crosses or touches itself at %(place)s (easting, northing). Put the "
            "corners in the order in which you would walk around the site."
        )
    raise SiteUnusable(text % {"place": place})


def _refuse_size(area: shapely.Geometry) -> None:
    if area.area < 1:
        raise SiteUnusable(_("The site is smaller than one square metre. Check its corners."))
    if area.area <= MOST_AREA_M2:
        return
    raise SiteUnusable(
        _(
            "The site has %(hectares)s hectares, and at most %(most)s can be checked at a time. "
            "Check that no corner has a wrong digit, or check it in parts."
        )
        % {
            "hectares": number_format(round(area.area / _M2_IN_A_HECTARE), force_grouping=True),
            "most": number_format(MOST_AREA_M2 // _M2_IN_A_HECTARE, force_grouping=True),
        }
    )


def _refuse_elsewhere(shape: shapely.Geometry, extent_27700: Extent) -> None:
    council = shapely.box(*extent_27700)
    if shape.intersects(council):
        return
    swapped = shapely.transform(shape, lambda each: each[:, ::-1])
    if swapped.intersects(council):
        raise SiteUnusable(
            _("Eastings and northings look swapped. Give the easting first, then the northing.")
        )
    west, south, east, north = (round(edge) for edge in extent_27700)
    raise SiteUnusable(
        _(
            "The site is outside the area of this council, which lies between eastings %(west)s "
            "and %(east)s and northings %(south)s and %(north)s. Check the numbers, or ask the "
            "council that the site is in."
        )
        % {"west": west, "south": south, "east": east, "north": north}
    )
