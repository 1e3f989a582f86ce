"""Buildings where the city's addresses are, turned to their streets, in EPSG:27700."""

from collections.abc import Sequence
from random import Random

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from sample_city.addresses import Address
from sample_city.ground import Ground

Floats = NDArray[np.float64]

# Clear of the middle of a road: half the carriageway and a pavement.
_CLEAR_M = 7.0
_BLOCK_M = (26.0, 13.0)
_RECTANGLE = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2
# Two wings that make the letter L.
_WINGS = np.array([(-1, -0.5), (1, -0.5), (1, 0), (-0.1, 0), (-0.1, 0.6), (-1, 0.6)])


def footprints(
    ground: Ground, obstacles: Sequence[LineString | Polygon], random: Random
) -> list[Polygon]:
    """Return a building for each address that is no flat, unless an obstacle leaves no room."""
    homes = [address for address in ground.addresses if not address.flat]
    sizes_m = np.array([_size_m(home, random) for home in homes])
    shapes = _turned(homes, _RECTANGLE[None] * sizes_m[:, None])
    return list(shapes[_is_free(shapes, obstacles)])


def halls(sites: Sequence[Address], random: Random) -> list[Polygon]:
    """Return the larger building of a school or the like at each site."""
    sizes_m = np.array([random.uniform(16, 26) for _ in sites])
    return list(_turned(sites, _WINGS[None] * sizes_m[:, None, None]))


def _size_m(home: Address, random: Random) -> tuple[float, float]:
    """Return how wide its front is, and how deep it is."""
    if home.block:
        return _BLOCK_M
    if home.organisation:
        return random.uniform(14, 20), random.uniform(11, 14)
    return random.uniform(13, 19), random.uniform(8, 11)


def _is_free(
    shapes: "NDArray[np.object_]", obstacles: Sequence[LineString | Polygon]
) -> NDArray[np.bool_]:
    tree = shapely.STRtree(shapes)
    blocked = tree.query(list(obstacles), predicate="dwithin", distance=_CLEAR_M)[1]
    is_free = np.ones(len(shapes), dtype=bool)
    is_free[blocked] = False
    return is_free


def _turned(sites: Sequence[Address], corners_m: Floats) -> "NDArray[np.object_]":
    """Return polygons of corners around each site, their x along its street."""
    bearings = _bearings(sites)
    cos, sin = np.cos(bearings)[:, None], np.sin(bearings)[:, None]
    x = corners_m[..., 0] * cos - corners_m[..., 1] * sin
    y = corners_m[..., 0] * sin + corners_m[..., 1] * cos
    middles = np.array([(site.easting, site.northing) for site in sites])
    polygons: NDArray[np.object_] = shapely.polygons(
        np.round(np.stack((x, y), axis=-1) + middles[:, None], 1)
    )
    return polygons


def _bearings(sites: Sequence[Address]) -> Floats:
    """Return the direction of the street beside each site, in radians from the east."""
    lines = np.array([site.street.line for site in sites], dtype=object)
    points = shapely.points([(site.easting, site.northing) for site in sites])
    along_m = shapely.line_locate_point(lines, points)
    ends = [
        shapely.get_coordinates(shapely.line_interpolate_point(lines, np.maximum(along_m + by, 0)))
        for by in (-5, 5)
    ]
    across = ends[1] - ends[0]
    return np.arctan2(across[:, 1], across[:, 0])
