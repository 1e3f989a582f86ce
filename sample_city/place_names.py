"""Places and streets by name, as OS Open Names has them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sample_city.files import read_header, write_csv
from sample_city.ground import Ground
from sample_city.streets import Street
from sample_city.wards import Ward

OPEN_NAMES = read_header("open-names")

_CITY = ("Birmingham", "City", 407_000, 286_800, "B1")
_TOWN = ("Sutton Coldfield", "Town", 412_100, 296_300, "B72")
_DIRECTION = re.compile(r" (North|South|East|West)$")
_PREFIX = re.compile(r"^Sutton ")


def write_places(ground: Ground, folder: Path) -> Path:
    """Write the city, a town, suburbs and streets; a postcode, and a neighbour's village."""
    rows = [
        *(_row(number, *place) for number, place in enumerate(populated_places(ground))),
        *(_street_row(street) for street in ground.streets),
        _row(900_001, "B1 1BB", "Postcode", 406_500, 286_500, "B1"),
        _row(900_002, "Meriden", "Village", 424_500, 282_300, "CV7")
        | {"DISTRICT_BOROUGH": "Solihull"},
    ]
    return write_csv(folder / "OS_Open_Names_Birmingham.csv", OPEN_NAMES, rows, has_header=False)


def populated_places(ground: Ground) -> Iterator[tuple[str, str, int, int, str]]:
    """Yield name, kind, easting, northing and postcode district of the city and its parts."""
    yield _CITY
    yield _TOWN
    seen: set[str] = set()
    for area in ground.wards:
        for name in _suburbs(area.ward):
            if name not in seen:
                seen.add(name)
                ward = area.ward
                yield name, "Suburban Area", ward.easting, ward.northing, ward.district


def _suburbs(ward: Ward) -> list[str]:
    names = _PREFIX.sub("", ward.name).split(" & ")
    return [_DIRECTION.sub("", name) for name in names]


def _street_row(street: Street) -> dict[str, Any]:
    middle = street.line.interpolate(0.5, normalized=True)
    return {
        **_row(
            street.usrn,
            street.name,
            "Named Road",
            round(middle.x),
            round(middle.y),
            street.ward.district,
        ),
        "TYPE": "transportNetwork",
        "POPULATED_PLACE": _suburbs(street.ward)[0],
    }


def _row(
    number: int, name: str, kind: str, easting: int, northing: int, outcode: str
) -> dict[str, Any]:
    return {
        "ID": f"osgb4000000{number:09d}",
        "NAME1": name,
        "TYPE": "other" if kind == "Postcode" else "populatedPlace",
        "LOCAL_TYPE": kind,
        "GEOMETRY_X": easting,
        "GEOMETRY_Y": northing,
        "POSTCODE_DISTRICT": outcode,
        "DISTRICT_BOROUGH": "Birmingham",
        "REGION": "West Midlands",
        "COUNTRY": "England",
    }
