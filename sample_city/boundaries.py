"""The ward boundaries, as the ONS Open Geography Portal gives them."""

import uuid
from pathlib import Path
from typing import Any

from shapely import Polygon, affinity

from layers.crs import point_4326
from sample_city.files import write_geojson
from sample_city.ground import Ground

_COUNCIL = ("E08000025", "Birmingham")
_NEIGHBOUR = ("E08000029", "Solihull")


def write_wards(ground: Ground, folder: Path) -> Path:
    """Write the 69 wards, one with untidy spaces, and a neighbour's ward that was left in."""
    polygons = [area.polygon for area in ground.wards]
    rows = [
        _row(number, area.ward.code, area.ward.name, polygons[number], _COUNCIL)
        for number, area in enumerate(ground.wards)
    ]
    rows[4]["WD24NM"] += "  "
    beyond = affinity.translate(polygons[-1], xoff=9000)
    rows.append(_row(len(rows), "E05999999", "Neighbour's Ward", beyond, _NEIGHBOUR))
    return write_geojson(folder / "Wards_December_2024_BGC.geojson", rows, [*polygons, beyond])


def _row(
    number: int, code: str, name: str, polygon: Polygon, district: tuple[str, str]
) -> dict[str, Any]:
    centre = polygon.representative_point()
    longitude, latitude = point_4326(centre.x, centre.y)
    return {
        "FID": number + 1,
        "WD24CD": code,
        "WD24NM": name,
        "WD24NMW": " ",
        "LAD24CD": district[0],
        "LAD24NM": district[1],
        "LAD24NMW": " ",
        "BNG_E": round(centre.x),
        "BNG_N": round(centre.y),
        "LONG": round(longitude, 5),
        "LAT": round(latitude, 5),
        "GlobalID": str(uuid.uuid5(uuid.NAMESPACE_URL, code)),
    }
