"""Where residents go: recycling centres, bring banks, libraries and public toilets."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from shapely import Point

from layers.crs import point_4326
from sample_city.addresses import Address
from sample_city.dates import REFERENCE_DATE, random_date
from sample_city.files import read_header, write_csv, write_geopackage
from sample_city.ground import Ground
from sample_city.names import STEMS, distinct_names

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RECYCLING_CENTRES = read_header("recycling-centres")
PUBLIC_LIBRARIES = read_header("public-libraries")
PUBLIC_TOILETS = read_header("public-toilets")

_MATERIALS = ("Glass", "Paper and card", "Textiles", "Cans", "Small electricals", "Shoes")
_OLDHAM = (392_500, 405_000)


def write_recycling_centres(ground: Ground, folder: Path) -> Path:
    """Write five centres and a sixth whose grid reference lies in Oldham."""
    random = ground.random("recycling centres")
    sites = ground.pick_sites(random, 6)
    rows = [_recycling_centre(number, site) for number, site in enumerate(sites)]
    rows[2]["Site Name"] += "  "
    rows[5] |= {"Easting": _OLDHAM[0], "Northing": _OLDHAM[1]}
    return write_csv(folder / "household_recycling_centres.csv", RECYCLING_CENTRES, rows)


def _recycling_centre(number: int, site: Address) -> dict[str, Any]:
    return {
        "Site Code": f"HRC{number + 1:02}",
        "Site Name": f"{site.street.name} Household Recycling Centre",
        "Address": f"{site.street.name}, {site.street.ward.name}",
        "Postcode": site.postcode,
        "Summer Opening Hours": "Monday to Sunday, 8am to 8pm",
        "Winter Opening Hours": "Monday to Sunday, 8am to 4pm",
        "Booking Required": "Yes",
        "Van Permit Required": "Yes" if number % 2 else "No",
        "Height Limit (m)": "2.0",
        "Materials Accepted": "Garden waste, wood, metal, electricals, glass, textiles, rubble",
        "Web Page": "https://waste.example.org/centres",
        "Easting": round(site.easting),
        "Northing": round(site.northing),
    }


def write_bring_banks(ground: Ground, folder: Path) -> Path:
    """Write 250 sites and three that cannot be published."""
    random = ground.random("bring banks")
    sites = ground.pick_sites(random, 250)
    rows = [_bring_bank(number, site, random) for number, site in enumerate(sites)]
    rows[3]["site_name"] = f" {rows[3]['site_name']} "
    places: list[Point | None] = [Point(site.easting, site.northing) for site in sites]
    rows += [
        rows[0] | {"site_name": "Same reference again"},
        rows[1] | {"site_ref": "BB901", "site_name": "Never surveyed"},
        rows[2] | {"site_ref": "BB902", "site_name": None},
    ]
    places += [places[0], None, places[2]]
    return write_geopackage(
        folder / "recycling_points.gpkg", "recycling_points", rows, places, "Point"
    )


def _bring_bank(number: int, site: Address, random: Random) -> dict[str, Any]:
    materials = random.sample(_MATERIALS, random.randint(1, 4))
    inspected: date = random_date(random, years=1)
    return {
        "site_ref": f"BB{number + 1:03}",
        "site_name": f"{random.choice(STEMS)} Car Park, {site.street.name}",
        "location": random.choice(("By the entrance", "At the far end", "Next to the shops")),
        "materials": ", ".join(sorted(materials)),
        "bank_count": len(materials) + random.randint(0, 3),
        "empty_freq": random.choice(("Weekly", "Every two weeks", "Monthly")),
        "last_inspected": inspected,
    }


def write_libraries(ground: Ground, folder: Path) -> Path:
    """Write 35 libraries and three rows that cannot be published."""
    random = ground.random("libraries")
    sites = ground.pick_sites(random, 35)
    names = distinct_names(35, ("Library",), random)
    rows = [_library(*pair, random) for pair in zip(sites, names, strict=True)]
    longitude, latitude = PUBLIC_LIBRARIES[8:10]
    swapped = {longitude: rows[1][latitude], latitude: rows[1][longitude]}
    number = "Unique property reference number"
    rows += [
        rows[0] | {"Library name": "Same building again"},
        rows[1] | {number: "990999999981", "Library name": "Swapped Library"} | swapped,
        rows[2]
        | {number: "990999999982", "Library name": "Lost Library"}
        | {longitude: "", latitude: ""},
    ]
    return write_csv(folder / "libraries.csv", PUBLIC_LIBRARIES, rows, encoding="utf-8-sig")


def _library(site: Address, name: str, random: Random) -> dict[str, Any]:
    longitude, latitude = point_4326(site.easting, site.northing)
    closed = random.choice(DAYS[:3])
    hours = {
        f"{day} staffed hours": "" if day in (closed, "Sunday") else "09:30-17:00" for day in DAYS
    }
    return {
        "Local authority": "Birmingham",
        "Local authority code": "E08000025",
        "Library name": name,
        "Address 1": f"{site.number} {site.street.name}",
        "Address 2": site.street.ward.name,
        "Address 3": "Birmingham",
        "Postcode": site.postcode,
        "Unique property reference number": site.uprn,
        "Unique property reference number longitude": f"{longitude:.6f}",
        "Unique property reference number latitude": f"{latitude:.6f}",
        "Statutory": "Yes",
        "Type of library": random.choices(("LAL", "CRL"), (9, 1))[0],
        "Year opened": random.randint(1890, 2015),
        "Co-located": "No",
        "URL": "https://libraries.example.org/",
        "Email address": "library@example.org",
        **hours,
    }


def write_public_toilets(ground: Ground, folder: Path) -> Path:
    """Write 30 toilets and two rows that cannot be published."""
    random = ground.random("public toilets")
    rows = [_toilet(site, random) for site in ground.pick_sites(random, 30)]
    rows[1]["LocationText"] += " "
    rows += [
        rows[0] | {"UPRN": 990_999_999_971, "GeoX": "", "GeoY": ""},
        rows[2] | {"UPRN": 990_999_999_972, "BabyChange": "perhaps"},
    ]
    return write_csv(folder / "public_toilets.csv", PUBLIC_TOILETS, rows)


def _toilet(site: Address, random: Random) -> dict[str, Any]:
    has_place = random.random() < 0.15
    return {
        "ExtractDate": f"{REFERENCE_DATE:%d/%m/%Y}",
        "OrganisationLabel": "Birmingham City Council",
        "ServiceTypeURI": "http://id.esd.org.uk/service/579",
        "ServiceTypeLabel": "Public toilets",
        "LocationText": f"{random.choice(STEMS)} {random.choice(('Park', 'Market', 'Station'))}",
        "CoordinateReferenceSystem": "OSGB36",
        "GeoX": round(site.easting),
        "GeoY": round(site.northing),
        "Category": random.choice(("Female and Male", "Unisex")),
        "AccessibleCategory": random.choice(("Unisex", "Female and Male", "None")),
        "RADARKeyNeeded": random.choice(("Yes", "No")),
        "BabyChange": random.choice(("Yes", "No")),
        "ChangingPlace": "Yes" if has_place else "No",
        "ChargeAmount": random.choice(("0.00", "0.20", "0.50")),
        "OpeningHours": random.choice(("24 hours", "08:00-18:00", "Dawn to dusk")),
        "ManagedBy": "Birmingham City Council",
        "UPRN": site.uprn,
        "Postcode": site.postcode,
        "StreetAddress": site.street.name,
        "GeoAreaLabel": site.street.ward.name,
    }
