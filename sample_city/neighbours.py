"""The council and those around it, as Ordnance Survey's Boundary-Line gives them.

Names, codes and websites are real, so that the links of a demonstration lead somewhere; shapes are
invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from sample_city.files import write_geopackage
from sample_city.ground import Ground

_REACH_M = 4000
_BEYOND_THE_BORDER_M = 600
_GRID_M = 0.1


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A council next door. Easting and northing say roughly where; ``postcode`` is just beyond."""

    code: str
    name: str
    council: str
    website: str
    postcode: str
    easting: int
    northing: int


NEIGHBOURS = (
    Neighbour("E08000027", "Dudley", "Dudley Metropolitan Borough Council",
              "https://www.dudley.gov.uk/", "B62 1AB", 395500, 286500),
    Neighbour("E08000028", "Sandwell", "Sandwell Metropolitan Borough Council",
              "https://www.sandwell.gov.uk/", "B66 1AB", 400500, 291500),
    Neighbour("E08000029", "Solihull", "Solihull Metropolitan Borough Council",
              "https://www.solihull.gov.uk/", "B91 1AB", 417500, 281500),
    Neighbour("E07000218", "North Warwickshire", "North Warwickshire Borough Council",
              "https://www.northwarks.gov.uk/", "B46 1AB", 421500, 293500),
    Neighbour("E07000194", "Lichfield", "Lichfield District Council",
              "https://www.lichfielddc.gov.uk/", "B78 1AB", 413500, 304500),
    Neighbour("E07000234", "Bromsgrove", "Bromsgrove District Council",
              "https://www.bromsgrove.gov.uk/", "B61 1AB", 400500, 272000),
)  # fmt: skip


def write_councils(ground: Ground, folder: Path) -> Path:
    """Write the council's own area and, sharing its border, those of the councils around it."""
    areas = draw_neighbours(ground.outline)
    own = _row(
        "E08000025", "Birmingham", "Birmingham City Council", "https://www.birmingham.gov.uk/"
    )
    rows = [own] + [_row(each.code, each.name, each.council, each.website) for each in areas]
    shapes: list[BaseGeometry | None] = [ground.outline, *areas.values()]
    return write_geopackage(
        folder / "bdline_gb.gpkg", "district_borough_unitary", rows, shapes, "Polygon"
    )


def draw_neighbours(outline: Polygon) -> dict[Neighbour, BaseGeometry]:
    """Return the neighbours' areas within some kilometres of the city's outline, EPSG:27700."""
    around = outline.buffer(_REACH_M).difference(outline)
    centres = [Point(each.easting, each.northing) for each in NEIGHBOURS]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(MultiPoint(centres), extend_to=around, ordered=True)
    )
    return {
        neighbour: shapely.set_precision(cell.intersection(around), _GRID_M)
        for neighbour, cell in zip(NEIGHBOURS, cells, strict=True)
    }


def postcodes_beyond(outline: Polygon) -> Iterator[tuple[Neighbour, Point]]:
    """Yield a postcode of each neighbour and where it is: a little beyond the city's border."""
    for neighbour, area in draw_neighbours(outline).items():
        middle = area.representative_point()
        edge, _ = nearest_points(outline, middle)
        share = min(1.0, _BEYOND_THE_BORDER_M / edge.distance(middle))
        yield (
            neighbour,
            Point(
                round(edge.x + share * (middle.x - edge.x)),
                round(edge.y + share * (middle.y - edge.y)),
            ),
        )


def _row(code: str, name: str, council: str, website: str) -> dict[str, Any]:
    is_metropolitan = code.startswith("E08")
    return {
        "Name": f"{name} District{' (B)' if is_metropolitan else ''}",
        "Area_Code": "MTD" if is_metropolitan else "DIS",
        "Census_Code": code,
        "File_Name": "WEST_MIDLANDS_DISTRICT" if is_metropolitan else "NON_METROPOLITAN",
        "Council": council,
        "Website": website,
    }
