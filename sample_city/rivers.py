"""Three invented rivers, which flood the land beside them."""

import math
from random import Random

from shapely import LineString

# Name, and where each enters and leaves the city, in EPSG:27700.
_RIVERS = (
    ("River Alder", (399_500, 278_000), (411_500, 291_500)),
    ("River Linnet", (409_000, 278_500), (416_500, 289_000)),
    ("Hawthorn Brook", (403_500, 291_000), (416_000, 292_500)),
)
RIVER_NAMES = tuple(name for name, *_ in _RIVERS)


def lay_rivers(random: Random) -> list[LineString]:
    """Return the middle of each river, in EPSG:27700 and in the order of `RIVER_NAMES`."""
    return [_meander(start, end, random) for _, start, end in _RIVERS]


def _meander(start: tuple[int, int], end: tuple[int, int], random: Random) -> LineString:
    (x1, y1), (x2, y2) = start, end
    length_m = math.hypot(x2 - x1, y2 - y1)
    wave, sway_m = random.uniform(3.5, 5.5), random.uniform(250, 400)
    points = []
    for step in range(121):
        share = step / 120
        aside = sway_m * math.sin(share * wave * math.pi) + random.uniform(-25, 25)
        points.append(
            (
                x1 + share * (x2 - x1) - aside * (y2 - y1) / length_m,
                y1 + share * (y2 - y1) + aside * (x2 - x1) / length_m,
            )
        )
    return LineString(points)
