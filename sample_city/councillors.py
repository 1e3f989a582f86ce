"""The list of councillors as Democratic Services would send it; the people are made up."""

from pathlib import Path
from random import Random
from typing import Any

from sample_city.files import write_csv
from sample_city.ground import Ground
from sample_city.wards import WARDS, Ward

HEADER = ["ward_code", "ward", "name", "party", "email", "phone", "web_page"]
# As in Birmingham: 32 wards elect two, the others one.
COUNCILLOR_COUNT = 101

_FIRST_NAMES = """
Amina Beatrix Chidi Delroy Esther Farah Gareth Harpreet Imogen Jamal Kavita Leroy Maeve Nadia
Oluwaseun Priya Quentin Rukhsana Simone Tariq Ursula Vikram Winifred Yusuf Zainab
"""
_LAST_NAMES = """
Ashgrove Bracken Coppice Dale Elmhurst Fernleigh Grange Hazelmere Ivatt Juniper Kingfisher Larch
Meadow Nightingale Oakfield Priory Quarry Rowan Spinney Thornbury Underhill Vale Willowbrook
"""
_PARTIES = ("Sample Party", "Example Party", "Specimen Alliance", "Independent")
_SHARES = (5, 3, 2, 1)
# Ofcom keeps 0121 496 0000 to 0999 for numbers that are nobody's.
_PHONE = "0121 496 {:04}"


def write_councillors(ground: Ground, folder: Path) -> Path:
    """Write 101 councillors, and a row without a ward and one that is there twice."""
    random = ground.random("councillors")
    seats = sorted([*WARDS, *random.sample(WARDS, COUNCILLOR_COUNT - len(WARDS))], key=_by_code)
    names = random.sample(_full_names(), len(seats))
    rows = [
        _row(number, ward, name, random)
        for number, (ward, name) in enumerate(zip(seats, names, strict=True))
    ]
    rows[5]["phone"] = ""
    rows[7]["email"] += " "
    rows += [rows[0] | {"ward_code": ""}, dict(rows[3])]
    return write_csv(folder / "councillors.csv", HEADER, rows)


def _full_names() -> list[str]:
    return [f"{first} {last}" for first in _FIRST_NAMES.split() for last in _LAST_NAMES.split()]


def _by_code(ward: Ward) -> str:
    return ward.code


def _row(number: int, ward: Ward, name: str, random: Random) -> dict[str, Any]:
    address = name.lower().replace(" ", ".")
    return {
        "ward_code": ward.code,
        "ward": ward.name,
        "name": f"Cllr {name}",
        "party": random.choices(_PARTIES, _SHARES)[0],
        "email": f"{address}@council.example.org",
        "phone": _PHONE.format(number),
        "web_page": f"https://councillors.example.org/{number + 1}",
    }
