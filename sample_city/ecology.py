"""What ecologists send: which wards they have walked, and the wildlife sites they found there."""

from pathlib import Path

from sample_city.dates import random_date
from sample_city.files import write_geojson
from sample_city.ground import Ground
from sample_city.names import STEMS
from sample_city.shapes import blob
from sample_city.wards import WardArea

WILDLIFE_SITE_COUNT = 60

# The north of the city has not been surveyed, so of it nobody knows.
_SURVEYED_SOUTH_OF_M = 287_000


def write_wildlife_surveys(ground: Ground, folder: Path) -> Path:
    """Write the wards that have been surveyed, each with the year."""
    random = ground.random("wildlife surveys")
    areas = _surveyed(ground)
    rows = [
        {
            "survey": f"WS{number + 1:03}",
            "area": area.ward.name,
            "surveyed_on": random_date(random, years=6).isoformat(),
        }
        for number, area in enumerate(areas)
    ]
    return write_geojson(folder / "wildlife_surveys.geojson", rows, [a.polygon for a in areas])


def write_wildlife_sites(ground: Ground, folder: Path) -> Path:
    """Write 60 sites within the wards that have been surveyed."""
    random = ground.random("wildlife sites")
    rows, shapes = [], []
    for number in range(WILDLIFE_SITE_COUNT):
        area = random.choice(_surveyed(ground))
        middle = area.polygon.representative_point()
        around = blob(middle.x, middle.y, random.uniform(60, 420), random)
        rows.append(
            {
                "reference": f"LWS{number + 1:03}",
                "name": f"{random.choice(STEMS)} {random.choice(('Meadow', 'Copse', 'Pools'))}",
                "kind": random.choice(("SINC", "SLINC")),
            }
        )
        shapes.append(around.intersection(area.polygon))
    return write_geojson(folder / "wildlife_sites.geojson", rows, shapes)


def _surveyed(ground: Ground) -> list[WardArea]:
    return [area for area in ground.wards if area.ward.northing < _SURVEYED_SOUTH_OF_M]
