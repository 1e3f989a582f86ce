"""Which of two systems a shape's numbers are in: degrees and metres of Britain never look alike.

Nothing is guessed. Britain lies between 49 and 62 degrees north, and no place in it is within 62
metres of the grid's origin, which is in the sea; so numbers can be meant in one way or in none.
"""

from typing import Literal

import numpy as np
import shapely
from django.utils.translation import gettext as _

from layers import crs
from planning.boundary.examples import example_corner, example_degrees
from planning.boundary.faults import SiteUnusable
from planning.boundary.judge import Extent

System = Literal["metres", "degrees"]

# West, south, east, north of Great Britain in degrees, and of the National Grid in metres.
_DEGREES = (-9.5, 49.0, 2.5, 61.5)
_METRES = (1_000.0, 1_000.0, 700_000.0, 1_300_000.0)
_WEB_MERCATOR = (-1_060_000.0, 6_270_000.0, 280_000.0, 8_750_000.0)
_KILOMETRES = (1.0, 1.0, 700.0, 1_300.0)


def place_shape(shape: shapely.Geometry, extent_27700: Extent) -> shapely.Geometry:
    """Return a 2D shape in EPSG:27700 (easting, northing; metres).

    A line that ends where it begins, as drawing programs write areas, is the area within; so are
    several that all do.

    Parameters
    ----------
    shape
        Easting and northing in metres, or longitude and latitude in degrees (EPSG:4326), or
        latitude and longitude; x before y otherwise. Degrees are shifted by OSTN15.

    extent_27700
        West, south, east, north in metres: faults have examples of there.

    Raises
    ------
    SiteUnusable
        Its numbers are neither, such as those of another system, or it is outside Great Britain.
    """
    flat = _closed(shapely.force_2d(shape))
    coordinates = shapely.get_coordinates(flat)
    if not len(coordinates):
        raise SiteUnusable(_("The boundary is empty."))
    if not np.isfinite(coordinates).all():
        raise SiteUnusable(_("The boundary has a coordinate that is not a number."))
    if _all_within(coordinates, _METRES):
        return flat
    if _all_within(coordinates, _DEGREES):
        return _shift(flat)
    if _all_within(coordinates[:, ::-1], _DEGREES):
        return _shift(shapely.transform(flat, lambda each: each[:, ::-1]))
    raise SiteUnusable(_describe_others(coordinates, extent_27700))


def _closed(shape: shapely.Geometry) -> shapely.Geometry:
    lines = shapely.get_parts(shape)
    if not len(lines) or not all(each.geom_type == "LineString" and each.is_ring for each in lines):
        return shape
    areas = [shapely.Polygon(line) for line in lines]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _all_within(coordinates: crs.Coordinates, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    x, y = coordinates[:, 0], coordinates[:, 1]
    return bool(((x >= west) & (x <= east) & (y >= south) & (y <= north)).all())


def _shift(shape: shapely.Geometry) -> shapely.Geometry:
    (shifted,) = crs.to_27700(np.array([shape], dtype=object))
    if shifted is None:
        raise SiteUnusable(
            _("The boundary is outside Great Britain. Check latitude and longitude.")
        )
    return shifted


def _describe_others(coordinates: crs.Coordinates, extent_27700: Extent) -> str:
    if _all_within(coordinates, _WEB_MERCATOR):
        return _(
            "These look like web map coordinates (EPSG:3857). Give eastings and northings of the "
            "British National Grid in metres, or latitude and longitude in degrees."
        )
    if _all_within(coordinates, _KILOMETRES):
        return _("These look like kilometres. Give eastings and northings in metres.")
    return _(
        "These are neither eastings and northings in metres, such as %(corner)s, nor latitude and "
        "longitude in degrees, such as %(degrees)s. Check that all of them are of one kind, and "
        "that no digit is missing."
    ) % {"corner": example_corner(extent_27700), "degrees": example_degrees(extent_27700)}
