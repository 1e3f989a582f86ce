"""Protected trees, flood zones and green belt, as planning.data.gov.uk gives them."""

from pathlib import Path
from random import Random
from typing import Any

import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from sample_city.dates import random_date
from sample_city.files import write_geojson
from sample_city.ground import Ground
from sample_city.names import STEMS
from sample_city.planning_data import entity
from sample_city.rivers import lay_rivers
from sample_city.shapes import blob, bow_tie

TREE_ZONE_COUNT = 220

_REACH_M = 900
_BANK_M = {"3": 45, "2": 110}
_GREEN_BELT_NORTH_OF_M = 293_800


def write_tree_zones(ground: Ground, folder: Path) -> Path:
    """Write 220 zones and two rows that cannot be published."""
    random = ground.random("tree zones")
    shapes: list[BaseGeometry | None] = []
    rows = []
    for number in range(TREE_ZONE_COUNT):
        site = random.choice(ground.addresses)
        shapes.append(blob(site.easting, site.northing, random.uniform(8, 70), random))
        rows.append(_tree_zone(number, random))
    rows += [rows[0] | {"reference": "TPZ9001"}, rows[1] | {"name": "The same reference again"}]
    shapes += [bow_tie(411_600, 292_400, 40), shapes[1]]
    return write_geojson(folder / "tree-preservation-zone.geojson", rows, shapes)


def _tree_zone(number: int, random: Random) -> dict[str, Any]:
    return entity(
        "tree-preservation-zone",
        300_000 + number,
        f"TPZ{number + 1:04}",
        f"{random.choice(STEMS)} {random.choice(('House', 'Lodge', 'Court', 'Wood'))}",
        start_date=random_date(random, years=50).isoformat(),
        tree_preservation_order=f"TPO{random.randint(1, 1600)}",
        tree_preservation_zone_type=random.choices(("area", "group", "woodland"), (5, 4, 1))[0],
        documentation_url="https://planning.example.org/trees",
        notes="",
    )


def write_flood_zones(ground: Ground, folder: Path) -> Path:
    """Write the land beside three rivers, reach by reach: zone 3 within zone 2."""
    random = ground.random("flood zones")
    rows: list[dict[str, Any]] = []
    shapes: list[BaseGeometry] = []
    for river in lay_rivers(random):
        for zone, bank_m in _BANK_M.items():
            for reach in _reaches(river):
                rows.append(_flood_zone(len(rows), zone))
                shapes.append(reach.buffer(bank_m, quad_segs=4))
    return write_geojson(folder / "flood-risk-zone.geojson", rows, shapes)


def _reaches(river: LineString) -> list[LineString]:
    cuts = [Point(river.interpolate(at)) for at in range(0, int(river.length), _REACH_M)]
    bounds = [*(river.project(cut) for cut in cuts), river.length]
    return [
        substring(river, after, before) for after, before in zip(bounds, bounds[1:], strict=False)
    ]


def _flood_zone(number: int, zone: str) -> dict[str, Any]:
    return entity(
        "flood-risk-zone",
        500_000 + number,
        f"FZ{zone}-{number + 1:03}",
        "",
        flood_risk_level=zone,
        flood_risk_type="Fluvial Models",
        notes="",
    )


def write_green_belt(ground: Ground, folder: Path) -> Path:
    """Write the open land on the city's northern edge, with a village left out of it."""
    random = ground.random("green belt")
    west, _, east, north = ground.outline.bounds
    edge = ground.outline.difference(ground.outline.buffer(-1100))
    belt = edge.intersection(shapely.box(west, _GREEN_BELT_NORTH_OF_M, east, north))
    middle = belt.representative_point()
    village = blob(middle.x, middle.y, 150, random)
    row = entity(
        "green-belt",
        600_000,
        "E08000025",
        "Birmingham",
        start_date="2026-04-01",
        green_belt_core="Q0000001",
        local_authority_district="E08000025",
        notes="",
    )
    return write_geojson(folder / "green-belt.geojson", [row], [belt.difference(village)])
