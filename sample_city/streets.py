"""The sample city's streets: one gently bent line each, inside one ward."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import shapely
from shapely import LineString, Point

from sample_city.names import street_names
from sample_city.wards import Ward, WardArea

STREET_COUNT = 900

_SPACING_M = 505
_CLEAR_OF_BORDER_M = 45
_FIRST_USRN = 97_000_001
_ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Street:
    """A street with its centre line in EPSG:27700."""

    usrn: int
    name: str
    ward: Ward
    line: LineString


def lay_streets(wards: list[WardArea], random: Random) -> list[Street]:
    """Return `STREET_COUNT` streets that neither meet each other nor cross a ward's border."""
    lines = [found for area in wards for found in _lines_within(area, random)]
    chosen = sorted(random.sample(range(len(lines)), STREET_COUNT))
    names = street_names(STREET_COUNT, random)
    return [
        Street(_FIRST_USRN + number, name, *lines[index])
        for number, (index, name) in enumerate(zip(chosen, names, strict=True))
    ]


def _lines_within(area: WardArea, random: Random) -> Iterator[tuple[Ward, LineString]]:
    """Yield a line for each square of the ward's own grid in which one fits."""
    inside = area.polygon.buffer(-_CLEAR_OF_BORDER_M)
    shapely.prepare(inside)
    tilt = random.uniform(0, math.pi / 2)
    for centre in _grid(area, tilt):
        for _ in range(_ATTEMPTS):
            line = _bent_line(centre, tilt + random.choice((0, math.pi / 2)), random)
            if inside.contains(line):
                yield area.ward, line
                break


def _grid(area: WardArea, tilt: float) -> Iterator[Point]:
    """Yield the centres of squares turned by ``tilt`` that lie in the ward."""
    centre = area.polygon.centroid
    across = range(-8, 9)
    for column in across:
        for row in across:
            x, y = column * _SPACING_M, row * _SPACING_M
            point = Point(
                centre.x + x * math.cos(tilt) - y * math.sin(tilt),
                centre.y + x * math.sin(tilt) + y * math.cos(tilt),
            )
            if area.polygon.contains(point):
                yield point


def _bent_line(centre: Point, angle: float, random: Random) -> LineString:
    half = random.uniform(110, 225)
    bend = random.uniform(-0.12, 0.12) * half
    points = []
    for share in (-1, -0.5, 0, 0.5, 1):
        along, aside = share * half, bend * (1 - share * share)
        points.append(
            (
                round(centre.x + along * math.cos(angle) - aside * math.sin(angle), 1),
                round(centre.y + along * math.sin(angle) + aside * math.cos(angle), 1),
            )
        )
    return LineString(points)
