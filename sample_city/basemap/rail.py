"""Railways from the city's middle to its edges, and their stations, in EPSG:27700."""

import math
from dataclasses import dataclass
from random import Random

from shapely import LineString, Point

from sample_city.basemap.roads import winding
from sample_city.ground import Ground

_MAIN_STATION = (407_050, 286_600)
# Where the lines leave the city.
_ENDS = (
    (399_000, 276_500),
    (397_200, 290_300),
    (413_500, 301_500),
    (420_500, 284_500),
    (413_500, 277_000),
)
_STATION_WITHIN_M = 900


@dataclass(frozen=True, slots=True)
class Railway:
    """One line, with what OS OpenMap Local calls it."""

    classification: str
    line: LineString


@dataclass(frozen=True, slots=True)
class Station:
    """A station on a line."""

    name: str
    point: Point


def lay_railways(random: Random) -> list[Railway]:
    """Return a line to each end; the last has a single track."""
    lines = [winding(_MAIN_STATION, end, 0.07, random) for end in _ENDS]
    kinds = ["Multi Track"] * (len(lines) - 1) + ["Single Track"]
    return [Railway(kind, line) for kind, line in zip(kinds, lines, strict=True)]


def place_stations(ground: Ground, railways: list[Railway]) -> list[Station]:
    """Return the main station and one where a line passes near the middle of a ward."""
    stations = [Station("Birmingham Central", Point(_MAIN_STATION))]
    for area in ground.wards:
        middle = Point(area.ward.easting, area.ward.northing)
        line = min((railway.line for railway in railways), key=middle.distance)
        stop = line.interpolate(line.project(middle))
        is_far = math.dist(_MAIN_STATION, (stop.x, stop.y)) > 2 * _STATION_WITHIN_M
        if is_far and middle.distance(line) < _STATION_WITHIN_M:
            name = area.ward.name.split(" & ")[0]
            stations.append(Station(name, Point(round(stop.x), round(stop.y))))
    return stations
