"""Bins: a round for each ward, flats on rounds of their own, and what Christmas moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sample_city.dates import REFERENCE_DATE
from sample_city.files import write_csv, write_geojson
from sample_city.ground import Ground

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_MONDAY = REFERENCE_DATE - timedelta(days=REFERENCE_DATE.weekday())
_OUT_BY = "6am"
_FLAT_ROUNDS = 5
_OWN_CALENDARS = 40
_WEEKS_IN_CALENDARS = 52
_PREMISES = ("uprn", "round", "service")
_DATES = ("uprn", "service", "container", "collection_date")
_CHANGES = (
    "usual_date", "until", "round", "service", "new_date", "shift_days", "suspended", "reason",
    "announced_on",
)  # fmt: skip
_NOTICES = ("title", "text", "service", "starts_on", "ends_on", "url", "area")


@dataclass(frozen=True, slots=True)
class _Service:
    """A service; ``week`` is 0 or 1 of every two, None for every week."""

    name: str
    container: str
    week: int | None
    season: tuple[str, str] = ("", "")


_SERVICES = (
    _Service("Household waste", "grey wheelie bin", 0),
    _Service("Recycling", "green wheelie bin and blue paper pod", 1),
    _Service("Food waste", "brown caddy", None),
    _Service("Garden waste", "brown wheelie bin", 1, ("1 March", "30 November")),
)


def write_collection_rounds(ground: Ground, folder: Path) -> Path:
    """Write four services of each ward's round, and the communal bins of flats without an area."""
    rows: list[dict[str, Any]] = []
    areas = []
    for number, ward in enumerate(ground.wards):
        for service in _SERVICES:
            rows.append(_round(number, service))
            areas.append(ward.polygon)
    for number in range(_FLAT_ROUNDS):
        rows.append(_flat_round(number))
        areas.append(None)
    return write_geojson(folder / "collection_rounds.geojson", rows, areas)


def write_collection_premises(ground: Ground, folder: Path) -> Path:
    """Write the round of every flat, and two rows that are wrong."""
    rows = [
        {"uprn": address.uprn, "round": _flat_round_of(address.parent_uprn)}
        for address in ground.addresses
        if address.parent_uprn
    ]
    rows += [dict(rows[3]), {"uprn": "not known", "round": rows[0]["round"]}]
    return write_csv(folder / "collection_premises.csv", _PREMISES, rows)


def write_collection_dates(ground: Ground, folder: Path) -> Path:
    """Write a year of sacks for some homes whose street is too narrow for bins."""
    random = ground.random("collection dates")
    homes = [one for one in ground.addresses if not one.flat and not one.organisation]
    rows = [
        {
            "uprn": home.uprn,
            "service": "Household waste",
            "container": "purple sacks",
            "collection_date": f"{day:%d/%m/%Y}",
        }
        for number, home in enumerate(random.sample(homes, _OWN_CALENDARS))
        for day in _weekly(_MONDAY + timedelta(days=number % len(_DAYS)))
    ]
    return write_csv(folder / "collection_dates.csv", _DATES, rows)


def write_collection_changes(ground: Ground, folder: Path) -> Path:
    """Write a strike in September 2026 and the days around Christmas."""
    christmas = {"reason": "Christmas", "announced_on": "02/11/2026"}
    struck = ground.random("strike").randrange(len(ground.wards))
    strike = _day_of(struck, _SERVICES[0]) + timedelta(weeks=2)
    rows = [
        {
            "usual_date": f"{strike:%d/%m/%Y}",
            "round": _name(struck),
            "service": _SERVICES[0].name,
            "suspended": "yes",
            "reason": "Strike",
            "announced_on": "07/09/2026",
        },
        {"usual_date": "25/12/2026", "new_date": "27/12/2026", **christmas},
        {"usual_date": "28/12/2026", "until": "01/01/2027", "shift_days": 1, **christmas}
        | {"reason": "Bank holiday"},
    ]
    return write_csv(folder / "collection_changes.csv", _CHANGES, rows)


def write_collection_notices(ground: Ground, folder: Path) -> Path:
    """Write a notice for everybody, one for Christmas and one for the ward with the roadworks."""
    rows = [
        {
            "title": "Put bins out by 6am",
            "text": "Crews start at 6am. Bins may stay out until 8pm the day before.",
        },
        {
            "title": "Collections around Christmas",
            "text": "Some collections are on other days between 25 December and 2 January.",
            "starts_on": "16/11/2026",
            "ends_on": "02/01/2027",
            "url": "https://waste.example.org/christmas",
        },
        {
            "title": "Roadworks",
            "text": "Garden waste may be collected later in the day than usual.",
            "service": "Garden waste",
            "starts_on": f"{REFERENCE_DATE:%d/%m/%Y}",
            "area": ground.wards[4].polygon.wkt,
        },
    ]
    return write_csv(folder / "collection_notices.csv", _NOTICES, rows)


def _round(number: int, service: _Service) -> dict[str, Any]:
    return {
        "round": _name(number),
        "service": service.name,
        "container": service.container,
        "weekday": _DAYS[number % len(_DAYS)],
        "frequency": "weekly" if service.week is None else "fortnightly",
        "start_date": _day_of(number, service).isoformat(),
        "season_start": service.season[0],
        "season_end": service.season[1],
        "out_by": _OUT_BY,
    }


def _flat_round(number: int) -> dict[str, Any]:
    return {
        "round": f"F{number + 1}",
        "service": "Household waste",
        "container": "communal bins",
        "weekday": _DAYS[number % len(_DAYS)],
        "frequency": "weekly",
        "start_date": "",
        "season_start": "",
        "season_end": "",
        "out_by": _OUT_BY,
    }


def _day_of(number: int, service: _Service) -> date:
    """Return the first collection: every other round has the weeks the other way round."""
    week = 0 if service.week is None else (service.week + number // len(_DAYS)) % 2
    return _MONDAY + timedelta(weeks=week, days=number % len(_DAYS))


def _name(number: int) -> str:
    return f"R{number + 1:02}"


def _flat_round_of(block: int) -> str:
    return f"F{block // 7 % _FLAT_ROUNDS + 1}"


def _weekly(first: date) -> Iterator[date]:
    return (first + timedelta(weeks=week) for week in range(_WEEKS_IN_CALENDARS))
