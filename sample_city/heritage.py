"""Conservation areas and listed buildings, as planning.data.gov.uk gives them."""

from pathlib import Path
from random import Random
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry

from sample_city.dates import random_date
from sample_city.files import write_geojson
from sample_city.ground import Ground
from sample_city.names import STEMS, distinct_names
from sample_city.planning_data import entity
from sample_city.shapes import blob, bow_tie, with_spike

CONSERVATION_AREA_COUNT = 30
LISTED_BUILDING_COUNT = 400

_BUILDINGS = ("CHURCH OF ST {}", "{} HOUSE", "{} MILL", "FORMER {} WORKS", "LODGE TO {} HALL")


def write_conservation_areas(ground: Ground, folder: Path) -> Path:
    """Write 30 areas, one with a spike and one dated by its year, and three faulty rows."""
    random = ground.random("conservation areas")
    shapes: list[BaseGeometry | None] = []
    rows = []
    names = distinct_names(CONSERVATION_AREA_COUNT, ("Village", "Quarter", "Green"), random)
    for number, name in enumerate(names):
        middle = random.choice(ground.streets).line.centroid
        shapes.append(blob(middle.x, middle.y, random.uniform(120, 480), random))
        rows.append(_conservation_area(number, name, random))
    shapes[3] = with_spike(blob(405_300, 284_600, 300, random))
    rows[4]["designation-date"] = "1969"
    rows[5]["name"] = f" {rows[5]['name']}  "
    rows += [
        rows[0] | {"name": "The same reference again"},
        rows[1] | {"reference": "CA901", "name": "Crossed Lines"},
        rows[2] | {"reference": "CA902", "name": "Never drawn"},
    ]
    shapes += [shapes[0], bow_tie(406_800, 281_000, 150), None]
    return write_geojson(folder / "conservation-area.geojson", rows, shapes)


def _conservation_area(number: int, name: str, random: Random) -> dict[str, Any]:
    return entity(
        "conservation-area",
        100_000 + number,
        f"CA{number + 1:02}",
        name,
        designation_date=random_date(random, years=55).isoformat(),
        document_url=f"https://planning.example.org/appraisals/{number + 1}",
        documentation_url="https://planning.example.org/conservation-areas",
        notes="",
    )


def write_listed_buildings(ground: Ground, folder: Path) -> Path:
    """Write 400 buildings, and three rows without location, in Oldham and with a bad date."""
    random = ground.random("listed buildings")
    sites = ground.pick_sites(random, LISTED_BUILDING_COUNT)
    rows = [_listed_building(number, random) for number in range(LISTED_BUILDING_COUNT)]
    shapes: list[BaseGeometry | None] = [Point(site.easting, site.northing) for site in sites]
    rows += [
        rows[0] | {"reference": "9990001"},
        rows[1] | {"reference": "9990002"},
        rows[2] | {"reference": "9990003", "start-date": "1973-02-30"},
    ]
    shapes += [None, Point(392_500, 405_000), shapes[2]]
    return write_geojson(folder / "listed-building.geojson", rows, shapes)


def _listed_building(number: int, random: Random) -> dict[str, Any]:
    return entity(
        "listed-building",
        200_000 + number,
        str(9_000_001 + number),
        random.choice(_BUILDINGS).format(random.choice(STEMS).upper()),
        start_date=random_date(random, years=70).isoformat(),
        listed_building_grade=random.choices(("II", "II*", "I"), (90, 8, 2))[0],
        documentation_url=f"https://heritage.example.org/list-entry/{9_000_001 + number}",
        notes="",
    )
