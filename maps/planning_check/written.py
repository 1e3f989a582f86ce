"""A site as the form's fields hold it, so that it can be changed and checked again."""

import shapely

from planning.query.outlines import site_in_degrees
from planning.receipts.record import site_as_wkt
from planning.site import Site

_OF_PLACES = ("point", "address", "uprn", "postcode", "middle")
# What is drawn is written to a centimetre; what was not is the same to the millimetre.
_DECIMALS_DRAWN = 7
_DECIMALS = 8
# A map draws a handle for each.
_MOST_ON_MAP = 500
_METRE_DECIMALS = 3


def write_place(site: Site) -> str:
    """Return what to search for, of a site that was found by a search; empty of any other."""
    if site.given_as not in _OF_PLACES or not site.is_point:
        return ""
    if site.given_as == "point":
        return _in_metres(site.shape_27700.coords[0])
    return site.label


def write_boundary(site: Site) -> str:
    """Return the corners of a site, one on each line, as `planning.boundary` reads them again.

    In degrees where the map can show them, unless they were typed; WKT of areas with holes.
    """
    parts = list(shapely.get_parts(site.shape_27700))
    if any(shapely.get_num_interior_rings(part) for part in parts):
        return site_as_wkt(site)
    fits_map = len(parts) == 1 and shapely.get_num_coordinates(site.shape_27700) <= _MOST_ON_MAP
    if fits_map and site.given_as != "typed":
        return _corners_in_degrees(site)
    return "\n\n".join(
        "\n".join(_in_metres(corner) for corner in _corners_of(part)) for part in parts
    )


def _corners_in_degrees(site: Site) -> str:
    decimals = _DECIMALS_DRAWN if site.given_as == "drawn" else _DECIMALS
    return "\n".join(
        f"{latitude:.{decimals}f}, {longitude:.{decimals}f}"
        for longitude, latitude in _corners_of(site_in_degrees(site))
    )


def _corners_of(part: shapely.Geometry) -> list[tuple[float, ...]]:
    """Return the corners of a point or a polygon, each once."""
    if part.geom_type == "Point":
        return list(part.coords)
    return list(part.exterior.coords)[:-1]


def _in_metres(corner: tuple[float, ...]) -> str:
    return " ".join(f"{round(metres, _METRE_DECIMALS):.15g}" for metres in corner)
