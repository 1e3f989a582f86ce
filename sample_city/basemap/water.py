"""Rivers with their banks, a canal, lakes in parks and the streams from them, in EPSG:27700."""

from random import Random

import shapely
from shapely import LineString, Point, Polygon
from shapely.ops import nearest_points

from sample_city.basemap.roads import rounded, winding
from sample_city.ground import Ground
from sample_city.rivers import lay_rivers
from sample_city.shapes import blob

_BANK_M = (11, 8, 5)
_CANAL = (
    (400_000, 289_300),
    (404_000, 287_600),
    (406_300, 287_200),
    (408_600, 289_000),
    (413_800, 287_300),
)
_CANAL_BANK_M = 6
_LAKE_IN_PARK_FROM_M2 = 90_000
_LAKE_SHARE = 0.28


def river_lines(ground: Ground) -> list[LineString]:
    """Return the rivers that the city's flood zones lie beside."""
    return lay_rivers(ground.random("flood zones"))


def water_areas(rivers: list[LineString], lakes: list[Polygon]) -> list[Polygon]:
    """Return rivers and the canal by their banks, and the lakes."""
    banks = [river.buffer(bank, quad_segs=3) for river, bank in zip(rivers, _BANK_M, strict=True)]
    canal = rounded(LineString(_CANAL)).buffer(_CANAL_BANK_M, quad_segs=2)
    areas = shapely.set_precision([*banks, canal, *lakes], 0.1)
    return [part for area in areas for part in shapely.get_parts(area)]


def lakes_of(parks: list[Polygon], random: Random) -> list[Polygon]:
    """Return a lake for every large park, well inside it."""
    lakes = []
    for park in parks:
        if park.area < _LAKE_IN_PARK_FROM_M2:
            continue
        middle = park.representative_point()
        radius_m = _LAKE_SHARE * (park.area / 3.14159) ** 0.5
        lake = blob(middle.x, middle.y, radius_m, random).intersection(park.buffer(-15))
        if isinstance(lake, Polygon) and not lake.is_empty:
            lakes.append(lake.buffer(6, quad_segs=3).buffer(-4, quad_segs=3))
    return lakes


def streams(rivers: list[LineString], lakes: list[Polygon], random: Random) -> list[LineString]:
    """Return a stream from each lake to the nearest river."""
    found = []
    for lake in lakes:
        river = min(rivers, key=lake.distance)
        _, mouth = nearest_points(lake, river)
        source = lake.exterior.interpolate(lake.exterior.project(Point(mouth)))
        if lake.distance(river) > 50:
            found.append(winding((source.x, source.y), (mouth.x, mouth.y), 0.12, random))
    return found
