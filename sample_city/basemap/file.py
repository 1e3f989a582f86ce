"""The city's OS OpenMap Local: one GeoPackage with a table for each layer, as OS sends it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry

from sample_city.basemap.buildings import footprints, halls
from sample_city.basemap.land import woods
from sample_city.basemap.rail import Railway, lay_railways, place_stations
from sample_city.basemap.roads import Road, cut_into_links, lay_roads
from sample_city.basemap.water import lakes_of, river_lines, streams, water_areas
from sample_city.files import Table, write_geopackage_tables
from sample_city.ground import Ground
from sample_city.parks import park_shapes
from sample_city.place_names import populated_places
from sample_city.rivers import RIVER_NAMES
from sample_city.schools import lay_schools

_LINK_M = 400
_FONT_HEIGHTS = {"City": "Extra Large", "Town": "Large", "Suburban Area": "Medium"}
_FEATURE_CODES = {
    "surface_water_area": 15609,
    "surface_water_line": 15600,
    "woodland": 15999,
    "building": 15014,
    "important_building": 15019,
    "railway_track": 15300,
    "railway_station": 15422,
    "road": 15750,
    "named_place": 15801,
}

Feature = tuple[dict[str, Any], BaseGeometry]


def write_openmap_local(ground: Ground, folder: Path) -> Path:
    """Write the city's map, with everything that it has in common with the other files."""
    random = ground.random("basemap")
    roads = list(cut_into_links(lay_roads(ground, random), _LINK_M))
    railways = lay_railways(random)
    tables = [
        *_water_and_woods(ground, random),
        *_buildings(ground, roads, railways, random),
        *_railways(ground, railways),
        _table("road", "LineString", [_road(road) for road in roads]),
        _table("named_place", "Point", list(_names(ground))),
    ]
    return write_geopackage_tables(folder / "opmplc_sp.gpkg", tables)


def _water_and_woods(ground: Ground, random: Random) -> Iterator[Table]:
    rivers = river_lines(ground)
    lakes = lakes_of(park_shapes(ground, ground.random("parks")), random)
    yield _shapes("surface_water_area", "Polygon", water_areas(rivers, lakes))
    yield _shapes("surface_water_line", "LineString", streams(rivers, lakes, random))
    yield _shapes("woodland", "Polygon", woods(ground, random))


def _buildings(
    ground: Ground, roads: Sequence[Road], railways: Sequence[Railway], random: Random
) -> Iterator[Table]:
    schools = lay_schools(ground)
    important = halls([site for _, site in schools], random)
    names = [str(row["EstablishmentName"]) for row, _ in schools]
    ways = [road.line for road in roads] + [railway.line for railway in railways]
    obstacles = [*ways, *river_lines(ground), *important]
    yield _shapes("building", "Polygon", footprints(ground, obstacles, random))
    yield _table(
        "important_building",
        "Polygon",
        [
            ({"distinctive_name": name, "building_theme": "Education"}, shape)
            for name, shape in zip(names, important, strict=True)
        ],
    )


def _railways(ground: Ground, railways: list[Railway]) -> Iterator[Table]:
    yield _table(
        "railway_track",
        "LineString",
        [({"classification": railway.classification}, railway.line) for railway in railways],
    )
    yield _table(
        "railway_station",
        "Point",
        [
            (
                {"distinctive_name": station.name, "classification": "Railway Station"},
                station.point,
            )
            for station in place_stations(ground, railways)
        ],
    )


def _road(road: Road) -> Feature:
    return (
        {
            "distinctive_name": road.name,
            "road_number": road.number,
            "classification": road.classification,
            "draw_level": 0,
            "override": "F",
        },
        road.line,
    )


def _names(ground: Ground) -> Iterator[Feature]:
    for name, kind, easting, northing, _ in populated_places(ground):
        yield _name(name, "Populated Place", _FONT_HEIGHTS[kind]), Point(easting, northing)
    for name, river in zip(RIVER_NAMES, river_lines(ground), strict=True):
        for share in (0.15, 0.4, 0.65, 0.9):
            yield _name(name, "Hydrography", "Small"), river.interpolate(share, normalized=True)


def _name(name: str, classification: str, font_height: str) -> dict[str, Any]:
    return {
        "distinctive_name": name,
        "classification": classification,
        "font_height": font_height,
        "text_orientation": 0,
    }


def _shapes(name: str, geometry_type: str, shapes: Sequence[BaseGeometry]) -> Table:
    return _table(name, geometry_type, [({}, shape) for shape in shapes])


def _table(name: str, geometry_type: str, features: Sequence[Feature]) -> Table:
    code = _FEATURE_CODES[name]
    rows = [
        {"id": f"{code:05}-SAMPLE-{number:06}", **row, "feature_code": code}
        for number, (row, _) in enumerate(features, start=1)
    ]
    return Table(name, geometry_type, rows, [shape for _, shape in features])
