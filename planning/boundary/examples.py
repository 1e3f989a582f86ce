"""How a place is written, by the example of one in the middle of the council that is asked."""

from gazetteer.grid_reference import square_of
from layers import crs
from planning.boundary.judge import Extent

_ROUNDED_TO_M = -2
_SIDE_M = 100


def example_corner(extent_27700: Extent) -> str:
    """Return an easting and a northing in metres."""
    return "{} {}".format(*_middle(extent_27700))


def example_reference(extent_27700: Extent) -> str:
    """Return a grid reference of ten figures."""
    square = square_of(*_middle(extent_27700))
    return square.label if square else ""


def example_degrees(extent_27700: Extent) -> str:
    """Return a latitude and a longitude."""
    longitude, latitude = crs.point_4326(*_middle(extent_27700))
    return f"{latitude:.4f}, {longitude:.4f}"


def example_wkt(extent_27700: Extent) -> str:
    """Return a triangle as WKT, in metres."""
    x, y = _middle(extent_27700)
    east, north = x + _SIDE_M, y + _SIDE_M
    return f"POLYGON (({x} {y}, {east} {y}, {east} {north}, {x} {y}))"


def _middle(extent_27700: Extent) -> tuple[int, int]:
    west, south, east, north = extent_27700
    x, y = (west + east) / 2, (south + north) / 2
    return int(round(x, _ROUNDED_TO_M)), int(round(y, _ROUNDED_TO_M))
