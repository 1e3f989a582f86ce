"""The school register, as Get Information about Schools gives it: edubasealldata, Windows-1252."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sample_city.addresses import Address
from sample_city.dates import REFERENCE_DATE, random_date
from sample_city.files import read_header, write_csv
from sample_city.ground import Ground
from sample_city.names import SAINTS, distinct_names

SCHOOL_COUNT = 446
GIAS = read_header("gias")

_FIRST_URN = 900_001
_STEM_ENDINGS = ("Road", "Lane", "Park", "Hill", "Green", "Wood")
_TYPES = ("Community school", "Academy converter", "Academy sponsor led", "Foundation school")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A sort of school; ``share`` of every twenty are of it."""

    phase: str
    ending: str
    lowest_age: int
    highest_age: int
    usual_places: int
    share: int


_KINDS = (
    _Kind("Primary", "Primary School", 4, 11, 420, 11),
    _Kind("Primary", "Infant School", 4, 7, 270, 1),
    _Kind("Primary", "Junior School", 7, 11, 300, 1),
    _Kind("Secondary", "School", 11, 18, 1150, 3),
    _Kind("Secondary", "Academy", 11, 16, 900, 1),
    _Kind("Nursery", "Nursery School", 2, 5, 90, 2),
    _Kind("Not applicable", "Special School", 4, 19, 140, 1),
)


def write_schools(ground: Ground, folder: Path) -> Path:
    """Write the schools and, below them, rows as registers have them too."""
    rows = [row for row, _ in lay_schools(ground)]
    rows[7]["EstablishmentName"] += "   "
    rows += _spoilt(rows)
    return write_csv(folder / "edubasealldata20260901.csv", GIAS, rows, encoding="windows-1252")


def lay_schools(ground: Ground) -> list[tuple[dict[str, Any], Address]]:
    """Return the register's row of each school, and where it is."""
    random = ground.random("schools")
    sites = ground.pick_sites(random, SCHOOL_COUNT)
    kinds = random.choices(_KINDS, [kind.share for kind in _KINDS], k=SCHOOL_COUNT)
    stems = distinct_names(SCHOOL_COUNT, _STEM_ENDINGS, random)
    return [
        (_row(number, site, kind, stem, random), site)
        for number, (site, kind, stem) in enumerate(zip(sites, kinds, stems, strict=True))
    ]


def _row(number: int, site: Address, kind: _Kind, stem: str, random: Random) -> dict[str, Any]:
    is_church = number % 6 == 0 and kind.phase in ("Primary", "Secondary")
    ward = site.street.ward
    capacity = round(kind.usual_places * random.uniform(0.7, 1.3))
    return {
        "URN": _FIRST_URN + number,
        "LA (code)": 330,
        "LA (name)": "Birmingham",
        "EstablishmentNumber": 1000 + number,
        "EstablishmentName": _name(kind, stem, is_church, random),
        "TypeOfEstablishment (name)": _type(kind, is_church, random),
        "EstablishmentStatus (code)": 1,
        "EstablishmentStatus (name)": "Open",
        "OpenDate": f"{random_date(random, years=40):%d-%m-%Y}",
        "PhaseOfEducation (name)": kind.phase,
        "StatutoryLowAge": kind.lowest_age,
        "StatutoryHighAge": kind.highest_age,
        "Gender (name)": random.choices(("Mixed", "Girls", "Boys"), (18, 1, 1))[0],
        "ReligiousCharacter (name)": "Roman Catholic" if is_church else "Does not apply",
        "SchoolCapacity": capacity,
        "NumberOfPupils": round(capacity * random.uniform(0.75, 1.02)),
        "LastChangedDate": f"{REFERENCE_DATE:%d-%m-%Y}",
        "Street": site.street.name,
        "Locality": ward.name,
        "Town": "Birmingham",
        "County (name)": "West Midlands",
        "Postcode": site.postcode,
        "SchoolWebsite": f"https://school-{number + 1}.example.org/",
        "TelephoneNum": "01210000000",
        "HeadTitle (name)": "Mx",
        "HeadFirstName": "Sample",
        "HeadLastName": "Headteacher",
        "DistrictAdministrative (code)": "E08000025",
        "DistrictAdministrative (name)": "Birmingham",
        "AdministrativeWard (code)": ward.code,
        "AdministrativeWard (name)": ward.name,
        "Easting": round(site.easting),
        "Northing": round(site.northing),
        "UPRN": site.uprn,
    }


def _name(kind: _Kind, stem: str, is_church: bool, random: Random) -> str:
    if is_church:
        return f"St {random.choice(SAINTS)}’s Catholic {kind.ending}, {stem.split()[0]}"
    return f"{stem} {kind.ending}"


def _type(kind: _Kind, is_church: bool, random: Random) -> str:
    if is_church:
        return "Voluntary aided school"
    if kind.phase == "Nursery":
        return "Local authority nursery school"
    usual = random.choice(_TYPES)
    return "Community special school" if kind.phase == "Not applicable" else usual


def _spoilt(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a closed school, one in Oldham, and four that cannot be published."""
    return [
        _changed(rows[0], 1, {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2019"}),
        _changed(rows[1], 2, {"DistrictAdministrative (code)": "E08000004"})
        | {"LA (code)": 353, "Easting": 392_500, "Northing": 405_000},
        _changed(rows[2], 3, {"Easting": "", "Northing": ""}),
        _changed(rows[3], 4, {"Easting": rows[3]["Northing"], "Northing": rows[3]["Easting"]}),
        _changed(rows[4], 5, {"OpenDate": "31-02-2010"}),
        rows[5] | {"EstablishmentName": "Listed Twice Primary School"},
    ]


def _changed(row: dict[str, Any], number: int, changes: dict[str, Any]) -> dict[str, Any]:
    own = {"URN": 990_000 + number, "EstablishmentNumber": 9000 + number}
    return {**row, **own, **changes}
