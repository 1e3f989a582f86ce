"""What Planning Management sends: applications, the brownfield register and Article 4 areas."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import shapely

from layers.crs import point_4326
from sample_city.addresses import Address
from sample_city.dates import REFERENCE_DATE, random_date
from sample_city.files import read_header, write_csv, write_geojson
from sample_city.ground import Ground
from sample_city.names import STEMS
from sample_city.planning_data import entity
from sample_city.shapes import blob

APPLICATION_COUNT = 3000
BROWNFIELD_COUNT = 320
PLANNING_APPLICATIONS = read_header("planning-applications")
BROWNFIELD_LAND = read_header("brownfield-land")

_OLDHAM_LONLAT = (-2.112904, 53.541721)
_PROPOSALS = {
    "Householder": (
        "Erection of a single storey rear extension",
        "Two storey side extension and porch",
        "Loft conversion with rear dormer window",
        "Widened dropped kerb and new front boundary wall",
    ),
    "Full": (
        "Change of use from dwelling house (C3) to a house in multiple occupation (C4)",
        "Demolition of garages and erection of four houses with parking",
        "Installation of a new shop front",
        "Erection of a three storey block of twelve flats",
    ),
    "Advertisement consent": ("Display of one internally illuminated fascia sign",),
    "Works to protected trees": ("Crown reduction of one oak tree by two metres",),
    "Listed building consent": ("Replacement of sash windows to the front elevation",),
}
_SHARES = (52, 30, 7, 7, 4)


def write_planning_applications(ground: Ground, folder: Path) -> Path:
    """Write 3,000 applications of three years, one without a location, and four faulty rows."""
    random = ground.random("planning applications")
    sites = random.sample(ground.addresses, APPLICATION_COUNT)
    received = sorted((random_date(random, years=3) for _ in sites), reverse=True)
    rows = [
        _application(number, site, day, random)
        for number, (site, day) in enumerate(zip(sites, received, strict=True))
    ]
    rows[11]["CaseText"] = f"  {rows[11]['CaseText']} "
    rows += [
        rows[0] | {"CaseText": "The same reference again"},
        rows[1] | {"CaseReference": "2026/90001/PA", "CaseDate": "31/02/2026"},
        rows[2] | {"CaseReference": "2026/90002/PA", "GeoX": "", "GeoY": ""},
        rows[3]
        | {"CaseReference": "2026/90003/PA"}
        | {"GeoX": rows[3]["GeoY"], "GeoY": rows[3]["GeoX"]},
        rows[4] | {"CaseReference": "2026/90004/PA", "GeoX": "n/a", "GeoY": "tbc"},
    ]
    return write_csv(folder / "planning_applications.csv", PLANNING_APPLICATIONS, rows)


def _application(number: int, site: Address, received: date, random: Random) -> dict[str, Any]:
    kind = random.choices(list(_PROPOSALS), _SHARES)[0]
    reference = f"{received.year}/{10_000 - number:05}/PA"
    starts = received + timedelta(days=random.randint(4, 12))
    return {
        "ExtractDate": f"{REFERENCE_DATE:%d/%m/%Y}",
        "PublisherLabel": "Birmingham City Council",
        "OrganisationLabel": "Birmingham City Council",
        "CaseReference": reference,
        "CaseURL": f"https://planning.example.org/applications/{reference}",
        "CaseDate": f"{received:%d/%m/%Y}",
        "ServiceTypeLabel": "Planning applications",
        "ClassificationLabel": kind,
        "CaseText": random.choice(_PROPOSALS[kind]),
        "LocationText": f"{site.line}, {site.street.ward.name}, {site.postcode}",
        "DecisionTargetDate": f"{received + timedelta(days=56):%d/%m/%Y}",
        "CoordinateReferenceSystem": "OSGB36",
        "GeoX": round(site.easting),
        "GeoY": round(site.northing),
        "GeoAreaLabel": site.street.ward.name,
        "GroundArea": f"{random.uniform(0.01, 0.6):.2f}",
        "UPRN": site.uprn,
        "Agent": f"{random.choice(STEMS)} Design Ltd",
        "PublicConsultationStartDate": f"{starts:%d/%m/%Y}",
        "PublicConsultationEndDate": f"{starts + timedelta(days=21):%d/%m/%Y}",
        "ResponsesFor": random.choice((0, 0, 0, 1, 2)),
        "ResponsesAgainst": random.choice((0, 0, 1, 2, 5)),
        **_after_decision(number, _decision(received, random)),
    }


def _after_decision(number: int, decision: dict[str, Any]) -> dict[str, Any]:
    """Return the same with the rarer turns that registers have: appeals, gaps and faulty forms."""
    if decision.get("Decision") == "Refused" and number % 4 == 0:
        return decision | {"Status": "appeal"}
    if decision["Status"] == "live" and number % 20 == 7:
        return {"Status": "invalid"}
    if decision["Status"] == "decided" and number % 60 == 11:
        return {"Status": "decided"}
    return decision


def _decision(received: date, random: Random) -> dict[str, Any]:
    """Return how far an application has come by the reference date."""
    decided = received + timedelta(days=random.randint(35, 110))
    if decided >= REFERENCE_DATE:
        return {"Status": "live"}
    if random.random() < 0.05:
        return {"Status": "withdrawn"}
    return {
        "Status": "decided",
        "Decision": random.choices(("Approved", "Refused"), (86, 14))[0],
        "DecisionDate": f"{decided:%d/%m/%Y}",
        "DecisionNoticeDate": f"{decided:%d/%m/%Y}",
        "DecisionType": random.choices(("Delegated", "Committee"), (93, 7))[0],
    }


def write_brownfield(ground: Ground, folder: Path) -> Path:
    """Write 320 sites and four rows that cannot be published, one of them in Oldham."""
    random = ground.random("brownfield")
    sites = ground.pick_sites(random, BROWNFIELD_COUNT)
    rows = [_brownfield_site(number, site, random) for number, site in enumerate(sites)]
    rows[9]["SiteNameAddress"] += "  "
    longitude, latitude = _OLDHAM_LONLAT
    rows += [
        rows[0] | {"SiteReference": "S9001", "GeoX": longitude, "GeoY": latitude},
        rows[1] | {"SiteReference": "S9002", "GeoX": rows[1]["GeoY"], "GeoY": rows[1]["GeoX"]},
        rows[2] | {"SiteReference": "S9003", "LastUpdatedDate": "2026-13-45"},
        rows[3] | {"SiteNameAddress": "The same reference again"},
    ]
    return write_csv(
        folder / "brownfield_register.csv", BROWNFIELD_LAND, rows, encoding="utf-8-sig"
    )


def _brownfield_site(number: int, site: Address, random: Random) -> dict[str, Any]:
    longitude, latitude = point_4326(site.easting, site.northing)
    homes = random.choice((5, 6, 8, 12, 20, 35, 80, 150))
    added = random_date(random, years=8)
    permitted = random.random() < 0.6
    return {
        "OrganisationURI": "http://opendatacommunities.org/id/metropolitan-district-council/birmingham",
        "SiteReference": f"S{number + 1:04}",
        "SiteNameAddress": f"Land at {site.line}, {site.street.ward.name}",
        "GeoX": f"{longitude:.6f}",
        "GeoY": f"{latitude:.6f}",
        "SiteplanURL": "https://planning.example.org/brownfield",
        "Hectares": f"{homes / random.uniform(35, 90):.2f}",
        "OwnershipStatus": random.choice(
            ("owned by a public authority", "not owned by a public authority", "mixed ownership")
        ),
        "PlanningStatus": "permissioned" if permitted else "not permissioned",
        "PermissionType": "full planning permission" if permitted else "",
        "PermissionDate": added.isoformat() if permitted else "",
        "Deliverable": "yes" if random.random() < 0.7 else "",
        "NetDwellingsRangeFrom": homes,
        "NetDwellingsRangeTo": homes + random.choice((0, 0, 5, 10)),
        "FirstAddedDate": added.isoformat(),
        "LastUpdatedDate": max(added, date(2026, 1, 15)).isoformat(),
    }


def write_article_4_areas(ground: Ground, folder: Path) -> Path:
    """Write twelve estates and the whole city, where shared houses need permission."""
    random = ground.random("article 4")
    rows, shapes = [], []
    for number, area in enumerate(random.sample(ground.wards, 12)):
        middle = area.polygon.representative_point()
        name = f"{random.choice(STEMS)} Estate, {area.ward.name}"
        rows.append(_article_4(number, name, "Part 1, Classes A, D and F", random))
        shapes.append(blob(middle.x, middle.y, random.uniform(120, 320), random))
    rows.append(
        _article_4(12, "Houses in multiple occupation, city-wide", "Part 3, Class L", random)
    )
    shapes.append(shapely.simplify(ground.outline, 20))
    return write_geojson(folder / "article-4-direction-area.geojson", rows, shapes)


def _article_4(number: int, name: str, rights: str, random: Random) -> dict[str, Any]:
    return entity(
        "article-4-direction-area",
        400_000 + number,
        f"A4D{number + 1:02}A1",
        name,
        start_date=random_date(random, years=40).isoformat(),
        article_4_direction=f"A4D{number + 1:02}",
        permitted_development_rights=rights,
        description="Planning permission is needed here for what elsewhere needs none.",
        documentation_url="https://planning.example.org/article-4",
        notes="",
    )
