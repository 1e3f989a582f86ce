"""The network that joins the city's streets: a motorway, A, B and minor roads, in EPSG:27700."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import shapely
from shapely import LineString, MultiPoint, Point
from shapely.ops import nearest_points, substring

from sample_city.ground import Ground

_CENTRE = (406_900, 286_800)
_RING_M = 4_600
_LONGEST_STRAIGHT_M = 160
# How many wards lie beyond a road before it counts as a main one.
_MAIN_FROM_WARDS = 4
_LONGEST_LINK_M = 900
_SECOND_LINK_M = 260
_MOTORWAY = ((396_500, 290_800), (402_500, 292_300), (409_300, 290_900), (414_000, 290_100))
_MOTORWAY_ON = ((417_200, 292_800), (419_800, 297_500))


@dataclass(frozen=True, slots=True)
class Road:
    """One link between two junctions, as OS OpenMap Local cuts roads."""

    classification: str
    line: LineString
    name: str | None = None
    number: str | None = None


def lay_roads(ground: Ground, random: Random) -> list[Road]:
    """Return every road of the city; each street of the gazetteer is reached by one."""
    main = [*_motorway(random), *_radial_roads(ground, random), *_ring_road(random)]
    links = list(_links(ground, [road.line for road in main]))
    streets = [Road("Local Road", street.line, name=street.name) for street in ground.streets]
    return [*main, *links, *streets]


def _motorway(random: Random) -> Iterator[Road]:
    for start, end in itertools.pairwise((*_MOTORWAY, *_MOTORWAY_ON)):
        line = winding(start, end, 0.05, random)
        yield Road("Motorway, Collapsed Dual Carriageway", line, number="M99")


def _ring_road(random: Random) -> Iterator[Road]:
    turns = [2 * math.pi * step / 12 for step in range(13)]
    points = [
        (_CENTRE[0] + _RING_M * math.sin(turn), _CENTRE[1] + _RING_M * math.cos(turn))
        for turn in turns
    ]
    for start, end in itertools.pairwise(points):
        yield Road("A Road", winding(start, end, 0.09, random), name="Outer Circle", number="A9040")


def _radial_roads(ground: Ground, random: Random) -> Iterator[Road]:
    """Yield a road from each ward to the one before it on the shortest way to the centre."""
    middles = [(area.ward.easting, area.ward.northing) for area in ground.wards]
    before = _ways_to_centre(middles)
    beyond = _wards_beyond(before)
    numbers: dict[int, str] = {}
    for ward in sorted(before, key=lambda each: -beyond[each]):
        to = before[ward]
        is_main = beyond[ward] >= _MAIN_FROM_WARDS
        start = _CENTRE if to is None else middles[to]
        line = winding(start, middles[ward], 0.1, random)
        if to is None or (is_main and to not in numbers):
            numbers[ward] = f"A{901 + len(numbers)}"
        elif is_main:
            numbers[ward] = numbers[to]
        name = f"{ground.wards[ward].ward.name.split(' & ')[0]} Road"
        if ward not in numbers:
            yield Road("B Road", line, name=name, number=f"B{9100 + ward}")
        elif beyond[ward] >= 2 * _MAIN_FROM_WARDS:
            yield Road("Primary Road", line, name=name, number=numbers[ward])
        else:
            yield Road("A Road", line, name=name, number=numbers[ward])


def _ways_to_centre(middles: list[tuple[int, int]]) -> dict[int, int | None]:
    """Return, of each ward, the neighbour that comes next on its way in, or None for the centre."""
    neighbours = _neighbours(middles)
    order = sorted(range(len(middles)), key=lambda ward: math.dist(middles[ward], _CENTRE))
    reached: dict[int, float] = {}
    before: dict[int, int | None] = {}
    for ward in order:
        own = math.dist(middles[ward], _CENTRE)
        ways: list[tuple[float, int | None]] = [
            (reached[other] + 1.15 * math.dist(middles[ward], middles[other]), other)
            for other in neighbours[ward]
            if other in reached
        ]
        if own < 2_200 or not ways:
            ways.append((own, None))
        reached[ward], before[ward] = min(ways, key=lambda way: way[0])
    return before


def _neighbours(middles: list[tuple[int, int]]) -> dict[int, set[int]]:
    places = {middle: ward for ward, middle in enumerate(middles)}
    found: dict[int, set[int]] = defaultdict(set)
    for edge in shapely.get_parts(shapely.delaunay_triangles(MultiPoint(middles), only_edges=True)):
        one, other = (places[(round(x), round(y))] for x, y in edge.coords)
        found[one].add(other)
        found[other].add(one)
    return found


def _wards_beyond(before: dict[int, int | None]) -> dict[int, int]:
    beyond = dict.fromkeys(before, 1)
    # Whoever was reached later lies further out.
    for ward, to in reversed(before.items()):
        if to is not None:
            beyond[to] += beyond[ward]
    return beyond


def _links(ground: Ground, main: list[LineString]) -> Iterator[Road]:
    """Yield short roads that join each street to what has been joined before it."""
    network = shapely.union_all(main)
    order = sorted(ground.streets, key=lambda street: street.line.distance(network))
    joined = list(main)
    for street in order:
        tree = shapely.STRtree(joined)
        ends = sorted(
            (
                _way_out(Point(end), joined, tree)
                for end in (street.line.coords[0], street.line.coords[-1])
            ),
            key=lambda way: way.length,
        )
        joined.append(street.line)
        for way, longest_m in zip(ends, (_LONGEST_LINK_M, _SECOND_LINK_M), strict=True):
            if 1 < way.length < longest_m:
                joined.append(way)
                yield Road("Minor Road" if way.length > 300 else "Local Access Road", way)


def _way_out(end: Point, joined: list[LineString], tree: shapely.STRtree) -> LineString:
    nearest = joined[int(tree.nearest(end))]
    _, there = nearest_points(end, nearest)
    return LineString([(end.x, end.y), (round(there.x, 1), round(there.y, 1))])


def winding(
    start: tuple[float, float], end: tuple[float, float], wiggle: float, random: Random
) -> LineString:
    """Return a line that bends on its way, by at most ``wiggle`` of its length at each step."""
    corners = [start, *_bends(start, end, wiggle, random), end]
    return rounded(LineString(corners))


def _bends(
    start: tuple[float, float], end: tuple[float, float], wiggle: float, random: Random
) -> list[tuple[float, float]]:
    if math.dist(start, end) < 4 * _LONGEST_STRAIGHT_M:
        return []
    (x1, y1), (x2, y2) = start, end
    shift = random.uniform(-wiggle, wiggle)
    middle = ((x1 + x2) / 2 - shift * (y2 - y1), (y1 + y2) / 2 + shift * (x2 - x1))
    before = _bends(start, middle, wiggle, random)
    return [*before, middle, *_bends(middle, end, wiggle, random)]


def rounded(line: LineString) -> LineString:
    """Return the line with its corners cut twice, so that it curves; the ends stay."""
    points = list(line.coords)
    for _ in range(2):
        cut = [points[0]]
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            cut += [(0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2)]
            cut += [(0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2)]
        points = [*cut, points[-1]]
    return shapely.set_precision(LineString(points), 0.1, mode="pointwise")


def cut_into_links(roads: list[Road], length_m: float) -> Iterator[Road]:
    """Yield the roads in pieces of ``length_m`` at most, as a map's supplier cuts them."""
    for road in roads:
        pieces = max(1, math.ceil(road.line.length / length_m))
        for piece in range(pieces):
            share = substring(road.line, piece / pieces, (piece + 1) / pieces, normalized=True)
            yield Road(road.classification, share, road.name, road.number)
