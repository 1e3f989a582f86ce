"""Invented outlines, sound and broken, in EPSG:27700."""

import math
from random import Random

import shapely
from shapely import Polygon


def blob(easting: float, northing: float, radius_m: float, random: Random) -> Polygon:
    """Return an irregular field of about ``radius_m`` around a point."""
    corners = random.randint(9, 16)
    points = []
    for corner in range(corners):
        angle = 2 * math.pi * (corner + random.uniform(-0.3, 0.3)) / corners
        reach = radius_m * random.uniform(0.7, 1.25)
        points.append((easting + reach * math.cos(angle), northing + reach * math.sin(angle)))
    return shapely.set_precision(Polygon(points), 0.1)


def bow_tie(easting: float, northing: float, size_m: float) -> Polygon:
    """Return a polygon whose border crosses itself: two triangles that meet in a point."""
    west, east = easting - size_m, easting + size_m
    south, north = northing - size_m, northing + size_m
    return Polygon([(west, south), (east, north), (east, south), (west, north)])


def with_spike(polygon: Polygon) -> Polygon:
    """Return the polygon with a spike without width, as careless digitising leaves."""
    points = list(polygon.exterior.coords)
    x, y = points[1]
    return Polygon([*points[:2], (x + 25, y + 25), *points[1:]])
