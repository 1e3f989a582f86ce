"""Woods, in EPSG:27700: in the green belt and wherever nobody lives."""

from random import Random

import shapely
from shapely import Point, Polygon

from sample_city.ground import Ground
from sample_city.shapes import blob

WOOD_COUNT = 70

_FROM_STREETS_M = 90


def woods(ground: Ground, random: Random) -> list[Polygon]:
    """Return woods that keep clear of streets."""
    streets = shapely.STRtree([street.line for street in ground.streets])
    shapely.prepare(ground.outline)
    west, south, east, north = ground.outline.bounds
    found: list[Polygon] = []
    while len(found) < WOOD_COUNT:
        point = Point(random.uniform(west, east), random.uniform(south, north))
        if not ground.outline.contains(point):
            continue
        wood = blob(point.x, point.y, random.uniform(40, 190), random)
        if not len(streets.query(wood, predicate="dwithin", distance=_FROM_STREETS_M)):
            found.append(wood)
    return found
