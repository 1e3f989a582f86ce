"""`crs`, `bbox-crs` and `bbox`: coordinates in one of the reference systems that there are."""

import math

from django.http import QueryDict

from layers.api.parameters import read_number
from layers.errors import ParameterInvalid
from layers.query.boxes import Bbox
from layers.query.reference_systems import (
    CRS84,
    EPSG_3857,
    EPSG_27700,
    SUPPORTED,
    ReferenceSystem,
    find_reference_system,
)

_MOST = 1e9
# Of the sphere that Web Mercator draws.
_RADIUS_M = 6378137.0
_EXAMPLES = {
    "longitude": "-1.95,52.45,-1.85,52.50",
    "latitude": "52.45,-1.95,52.50,-1.85",
    "easting": "405000,285000,407000,287000",
    "x": "-217000,6878000,-206000,6888000",
}
_SIDES = {
    "longitude": "west,south,east,north in degrees",
    "latitude": "south,west,north,east in degrees",
    "easting": "west,south,east,north in metres of the National Grid",
    "x": "west,south,east,north in metres of Web Mercator",
}


def read_reference_system(query: QueryDict, name: str) -> ReferenceSystem:
    """Return the CRS that a parameter names; CRS84, longitude before latitude, without it."""
    if name not in query:
        return CRS84
    asked = str(query[name])
    found = find_reference_system(asked)
    if found is None:
        uris = ", ".join(one.uri for one in SUPPORTED)
        raise ParameterInvalid(
            f"“{name}” is not a coordinate reference system of this collection: "
            f"“{asked[:60]}”. It can be one of: {uris}.",
            name,
        )
    return found


def read_bbox(query: QueryDict) -> Bbox | None:
    """Return the box that `bbox` means, in degrees or in metres of the National Grid.

    A box of six numbers gives its two heights up. In degrees and in Web Mercator, west may
    be greater than east: such a box crosses the antimeridian.
    """
    system = read_reference_system(query, "bbox-crs")
    if "bbox" not in query:
        return None
    parts = str(query["bbox"]).split(",")
    if len(parts) not in (4, 6):
        raise ParameterInvalid(
            f"“bbox” needs 4 numbers: {_SIDES[system.axes[0]]}, such as "
            f"{_EXAMPLES[system.axes[0]]}.",
            "bbox",
        )
    numbers = [read_number(part, "bbox", -_MOST, _MOST) for part in parts]
    first_low, second_low, first_high, second_high = (
        numbers if len(parts) == 4 else [numbers[place] for place in (0, 1, 3, 4)]
    )
    if system.is_latitude_first:
        return _in_degrees(second_low, first_low, second_high, first_high, system)
    if system is EPSG_27700:
        return _in_metres(first_low, second_low, first_high, second_high)
    if system is EPSG_3857:
        west, south = _degrees_of_mercator(first_low, second_low)
        east, north = _degrees_of_mercator(first_high, second_high)
        return _in_degrees(west, south, east, north, system)
    return _in_degrees(first_low, second_low, first_high, second_high, system)


def _in_degrees(
    west: float, south: float, east: float, north: float, system: ReferenceSystem
) -> Bbox:
    for longitude in (west, east):
        _refuse_outside(longitude, 180, "longitude", system)
    for latitude in (south, north):
        _refuse_outside(latitude, 90, "latitude", system)
    _refuse_upside_down(south, north, system)
    return Bbox(west, south, east, north)


def _in_metres(west: float, south: float, east: float, north: float) -> Bbox:
    if west > east:
        raise ParameterInvalid(
            f"“bbox” has its west ({west:g}) to the east of its east ({east:g}). "
            f"The order is {_SIDES['easting']}.",
            "bbox",
        )
    _refuse_upside_down(south, north, EPSG_27700)
    return Bbox(west, south, east, north, srid=27700)


def _refuse_upside_down(south: float, north: float, system: ReferenceSystem) -> None:
    if south > north:
        raise ParameterInvalid(
            f"“bbox” has its south ({south:g}) above its north ({north:g}). "
            f"The order is {_SIDES[system.axes[0]]}.",
            "bbox",
        )


def _refuse_outside(degrees: float, most: float, name: str, system: ReferenceSystem) -> None:
    if not -most <= degrees <= most:
        raise ParameterInvalid(
            f"“bbox” has a {name} of {degrees:g}, but {name}s go from -{most:g} to {most:g}. "
            f"The order is {_SIDES[system.axes[0]]}. For metres of the National Grid, add "
            f"bbox-crs={EPSG_27700.uri}.",
            "bbox",
        )


def _degrees_of_mercator(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude; what lies beyond the edge of the world is its edge."""
    longitude = math.degrees(x / _RADIUS_M)
    # sinh overflows far beyond the pole, where the latitude has long been 90.
    latitude = math.degrees(math.atan(math.sinh(max(-20.0, min(20.0, y / _RADIUS_M)))))
    return max(-180.0, min(180.0, longitude)), latitude
