"""A boundary that was typed or pasted: lines of corners, WKT or GeoJSON."""

import json
import re
from itertools import accumulate
from typing import Any

import shapely
from django.utils.translation import gettext as _

from planning.boundary.corners import read_corners
from planning.boundary.examples import example_wkt
from planning.boundary.faults import SiteUnusable
from planning.boundary.judge import Extent, judge_shape
from planning.boundary.positions import place_shape

LONGEST_BOUNDARY = 900_000
_WKT = re.compile(
    r"\s*(?:SRID=(?P<srid>\d+);)?\s*(?P<wkt>(?:MULTI)?(?:POINT|LINESTRING|POLYGON|SURFACE)\b"
    r".*|GEOMETRYCOLLECTION\b.*)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_KNOWN_SRIDS = (None, "27700", "4326")
_DEEPEST = 20


def read_boundary(text: str, extent_27700: Extent) -> shapely.Geometry:
    """Return the site that a text describes, as `judge_shape` does.

    Parameters
    ----------
    text
        One corner on each line, see `read_corners`; or WKT or EWKT; or a GeoJSON geometry,
        feature or collection. The last three in metres of EPSG:27700 or in degrees of EPSG:4326.

    Raises
    ------
    SiteUnusable
        It cannot be read, or is no site of this council.
    """
    plain = text.replace("\x00", "").strip()
    if not plain:
        raise SiteUnusable(_("Enter the corners of the site, one on each line."))
    if len(plain) > LONGEST_BOUNDARY:
        raise SiteUnusable(_("The text is too long. Send the boundary as a file."))
    return judge_shape(_read(plain, extent_27700), extent_27700)


def _read(text: str, extent_27700: Extent) -> shapely.Geometry:
    if text.startswith(("{", "[{")):
        return place_shape(_read_geojson(text), extent_27700)
    if match := _WKT.fullmatch(text):
        return place_shape(_read_wkt(match, extent_27700), extent_27700)
    return read_corners(text, extent_27700)


def _read_wkt(match: re.Match[str], extent_27700: Extent) -> shapely.Geometry:
    if match["srid"] not in _KNOWN_SRIDS:
        raise SiteUnusable(
            _(
                "The text is in SRID %(srid)s. Give it in EPSG:27700 (British National Grid) or "
                "EPSG:4326 (longitude, latitude)."
            )
            % {"srid": match["srid"]}
        )
    shape = _parse_wkt(match["wkt"], extent_27700)
    if shape.is_empty:
        raise SiteUnusable(_("The WKT is empty."))
    return shape


def _parse_wkt(wkt: str, extent_27700: Extent) -> shapely.Geometry:
    # GEOS calls itself for each level of brackets, and the process dies where its stack ends.
    steps = (1 if bracket == "(" else -1 for bracket in re.findall("[()]", wkt))
    try:
        if max(accumulate(steps), default=0) <= _DEEPEST:
            return shapely.from_wkt(wkt)
    except (shapely.errors.GEOSException, NotImplementedError):
        # Shapes with arcs are of the latter kind.
        pass
    raise SiteUnusable(
        _("The WKT cannot be read. Check its brackets and commas; it looks like %(example)s.")
        % {"example": example_wkt(extent_27700)}
    )


def _read_geojson(text: str) -> shapely.Geometry:
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = (
            f" ({error.lineno}:{error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        )
        raise SiteUnusable(
            _("The GeoJSON cannot be read%(where)s. Check its brackets, commas and quotes.")
            % {"where": where}
        ) from error
    shapes = [_as_shape(geometry) for geometry in _geometries(document)]
    if not shapes:
        raise SiteUnusable(_("The GeoJSON has no geometry."))
    return shapes[0] if len(shapes) == 1 else _together(shapes)


def _geometries(document: Any, depth: int = 0) -> list[Any]:
    if not isinstance(document, dict) or depth > _DEEPEST:
        raise SiteUnusable(_("The GeoJSON is not a geometry, a feature or a collection of these."))
    for member in ("features", "geometries"):
        if isinstance(document.get(member), list):
            return [each for part in document[member] for each in _geometries(part, depth + 1)]
    if document.get("type") == "Feature":
        return [document["geometry"]] if document.get("geometry") else []
    return [document]


def _as_shape(geometry: Any) -> shapely.Geometry:
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.GEOSException, ValueError) as error:
        raise SiteUnusable(
            _("A geometry of the GeoJSON cannot be read. Its coordinates are pairs of numbers.")
        ) from error


def _together(shapes: list[shapely.Geometry]) -> shapely.Geometry:
    return shapely.GeometryCollection(
        [part for shape in shapes for part in shapely.get_parts(shape)]
    )
