"""Parks, as OS Open Greenspace gives them: a zipped shapefile in British National Grid."""

from pathlib import Path
from random import Random
from typing import Any

import shapely
from shapely import Point, Polygon

from sample_city.files import write_zipped_shapefile
from sample_city.ground import Ground
from sample_city.names import distinct_names
from sample_city.shapes import blob, bow_tie, with_spike

PARK_COUNT = 150

_APART_M = 650
_KINDS = {
    "Public Park Or Garden": ("Park", "Gardens", "Recreation Ground"),
    "Playing Field": ("Playing Fields", "Sports Ground"),
    "Play Space": ("Play Area",),
}


def write_parks(ground: Ground, folder: Path) -> Path:
    """Write 150 parks, one with a spike, and three rows that are left out or cannot be mended."""
    random = ground.random("parks")
    shapes = park_shapes(ground, random)
    rows = _rows(random)
    shapes[5] = with_spike(shapes[5])
    x, y = shapes[6].centroid.x, shapes[6].centroid.y
    extra_rows, extra_shapes = _spoilt(rows, shapes[0], bow_tie(x, y, 80))
    return write_zipped_shapefile(
        folder / "SP_GreenspaceSite.zip",
        "SP_GreenspaceSite",
        rows + extra_rows,
        shapes + extra_shapes,
    )


def park_shapes(ground: Ground, random: Random) -> list[Polygon]:
    """Return the parks as they are, before anybody spoils one; the first thing drawn by chance."""
    return [blob(p.x, p.y, random.uniform(60, 260), random) for p in park_middles(ground, random)]


def park_middles(ground: Ground, random: Random) -> list[Point]:
    """Return points within the city that keep their distance from one another."""
    inside = ground.outline.buffer(-300)
    shapely.prepare(inside)
    west, south, east, north = inside.bounds
    middles: list[Point] = []
    while len(middles) < PARK_COUNT:
        point = Point(round(random.uniform(west, east), 1), round(random.uniform(south, north), 1))
        if inside.contains(point) and all(point.distance(p) > _APART_M for p in middles):
            middles.append(point)
    return middles


def _rows(random: Random) -> list[dict[str, Any]]:
    kinds = random.choices(list(_KINDS), (10, 4, 4), k=PARK_COUNT)
    stems = distinct_names(PARK_COUNT, ("Vale", "Hill", "Common", "Heath", "Brook"), random)
    return [
        {
            "id": f"{random.getrandbits(64):016X}-SAMPLE-{number + 1:04}",
            "function": kind,
            "distName1": f"{stem} {random.choice(_KINDS[kind])}",
            "distName2": None,
            "distName3": None,
            "distName4": None,
        }
        for number, (kind, stem) in enumerate(zip(kinds, stems, strict=True))
    ]


def _spoilt(
    rows: list[dict[str, Any]], park: Polygon, broken: Polygon
) -> tuple[list[dict[str, Any]], list[Polygon]]:
    crossed = rows[1] | {"id": "CROSSED-SAMPLE-9001", "distName1": "Crossed Lines Park"}
    golf = rows[2] | {"id": "GOLF-SAMPLE-9002", "function": "Golf Course"}
    return [crossed, golf, dict(rows[0])], [broken, park, park]
