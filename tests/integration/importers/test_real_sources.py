"""Birmingham's real files through the importers, checked by calculations that share no code."""

import csv
import gzip
import html
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pytest
from convertbng.cutil import convert_lonlat
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker
from shapely import Point

from importers.catalogue.load import load_catalogue
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Feature
from tests.factories import drop_everything
from tests.factories.processes import ROOT
from tests.factories.shared_data import SHARED_DATA, needs_shared_data

pytestmark = [needs_shared_data, pytest.mark.django_db(databases=["default", "read"])]

WARDS = SHARED_DATA / "boundaries/birmingham-wards.geojson"
SCHOOLS = SHARED_DATA / "schools/birmingham_schools.csv"
BROWNFIELD = SHARED_DATA / "planning/brownfield/local-authority-eng-bir.csv"
POSTCODES = SHARED_DATA / "postcodes/codepoint-open-2025/b.csv.gz"
SOURCES = {"wards": WARDS, "schools": SCHOOLS, "brownfield": BROWNFIELD, "postcodes": POSTCODES}

METRES_PER_DEGREE_NORTH = 111_270
NEAREST_SCHOOLS = 5


@pytest.fixture(scope="module")
def reports(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, ImportReport]]:
    """The four files imported once for all tests of this module, and what was reported."""
    catalogue = load_catalogue(ROOT / "catalogue/birmingham")
    folder = tmp_path_factory.mktemp("sources")
    with django_db_blocker.unblock(), override_settings(SOURCES_DIR=folder):
        try:
            yield {
                slug: import_layer(
                    catalogue.layers[slug], catalogue.council, ImportRequest(str(source))
                )
                for slug, source in SOURCES.items()
            }
        finally:
            drop_everything()


@dataclass(frozen=True)
class School:
    """A line of the council's file. EPSG:27700, metres."""

    name: str
    easting: float
    northing: float


def schools_of_the_file() -> list[School]:
    with SCHOOLS.open(encoding="windows-1252", newline="") as file:
        return [
            School(row["school_name"].strip(), float(row["easting"]), float(row["northing"]))
            for row in csv.DictReader(file)
            if row["easting"] and row["northing"]
        ]


def postcode_of_the_file(postcode: str) -> Point:
    """Return a postcode's point in EPSG:27700, straight from Code-Point Open."""
    with gzip.open(POSTCODES, "rt", newline="") as file:
        for row in csv.reader(file):
            if row[0].replace(" ", "") == postcode:
                return Point(float(row[2]), float(row[3]))
    raise AssertionError(f"{postcode} is not in Code-Point Open")


def longitude_latitude(easting: float, northing: float) -> tuple[float, float]:
    """Return EPSG:4326 by OSTN15, asked of convertbng itself."""
    longitudes, latitudes = convert_lonlat(np.array([easting]), np.array([northing]))
    return float(longitudes[0]), float(latitudes[0])


def rows_below_header(path: Path) -> int:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


@pytest.mark.parametrize("slug", SOURCES)
def test_every_row_of_a_real_file_is_published_or_quarantined(
    slug: str, reports: dict[str, ImportReport]
) -> None:
    report = reports[slug]

    assert (report.outcome, report.reason) == ("published", "")
    assert report.rows_read == report.published + report.quarantined
    assert Feature.objects.filter(edition=report.edition).count() == report.published
    run = ImportRun.objects.get(layer__slug=slug)
    assert run.quarantined_rows.count() == report.quarantined


def test_all_69_wards_are_published(reports: dict[str, ImportReport]) -> None:
    assert (reports["wards"].rows_read, reports["wards"].published) == (69, 69)


def test_every_line_of_the_schools_is_read(reports: dict[str, ImportReport]) -> None:
    assert reports["schools"].rows_read == rows_below_header(SCHOOLS) == 447


def test_every_postcode_is_read(reports: dict[str, ImportReport]) -> None:
    with gzip.open(POSTCODES, "rt", newline="") as file:
        lines = sum(1 for _ in csv.reader(file))

    assert reports["postcodes"].rows_read == lines == 41_907


def test_a_site_in_oldham_is_kept_out_of_birminghams_register(
    reports: dict[str, ImportReport],
) -> None:
    assert reports["brownfield"].rows_read == rows_below_header(BROWNFIELD) == 992

    run = ImportRun.objects.get(layer__slug="brownfield")
    kept_out = run.quarantined_rows.get(values__site="SHA0167")
    assert kept_out.kind == "OUTSIDE-AREA"
    issue = run.issues.get(kind="OUTSIDE-AREA", row=kept_out.row)
    assert "km outside the extent of Birmingham City Council" in issue.message


def test_the_area_of_the_wards_is_that_of_the_raw_file(reports: dict[str, ImportReport]) -> None:
    # pyproj's shift, without OSTN15, moves a ward by metres but keeps its area to 1 in 10,000.
    raw = geopandas.read_file(WARDS).to_crs(27700).geometry.area.sum()

    wards = Feature.objects.filter(edition=reports["wards"].edition)
    stored = sum(feature.geom_27700.area for feature in wards)

    assert stored == pytest.approx(raw, rel=1e-4)


def test_my_area_names_the_right_ward(reports: dict[str, ImportReport], client: Client) -> None:
    middle = postcode_of_the_file("B11BB")
    wards = geopandas.read_file(WARDS)
    here = wards[wards.contains(Point(longitude_latitude(middle.x, middle.y)))]
    (ward,) = here["WD22NM"]

    page = page_text(client, "/my-area/B11BB")

    assert ward in page, f"{ward} is not named"
    others = [name for name in wards["WD22NM"] if name != ward and name not in ward]
    facts = page[page.rindex("Ward and councillors") : page.rindex("Schools near here")]
    assert not [name for name in others if name in facts]


def test_the_true_nearest_schools_are_listed_in_their_order(
    reports: dict[str, ImportReport], client: Client
) -> None:
    middle = postcode_of_the_file("B11BB")
    nearest = sorted(
        schools_of_the_file(),
        key=lambda school: math.hypot(school.easting - middle.x, school.northing - middle.y),
    )[:NEAREST_SCHOOLS]

    response = client.get("/nearest/schools/B11BB")

    listed = re.findall(
        r'href="/layers/schools/[^"]*"[^>]*data-map-name[^>]*>([^<]*)<', response.content.decode()
    )
    names = [html.unescape(name).strip() for name in listed]
    assert names[:NEAREST_SCHOOLS] == [school.name for school in nearest]


def test_the_api_finds_the_nearest_schools_at_their_true_distances(
    reports: dict[str, ImportReport], client: Client
) -> None:
    middle = postcode_of_the_file("B11BB")
    longitude, latitude = longitude_latitude(middle.x, middle.y)
    distances_m = sorted(
        math.hypot(school.easting - middle.x, school.northing - middle.y)
        for school in schools_of_the_file()
    )[:NEAREST_SCHOOLS]

    answer = client.get(
        f"/api/nearest?lon={longitude}&lat={latitude}&collections=schools&limit={NEAREST_SCHOOLS}"
    ).json()

    found_m = [feature["properties"]["distance_m"] for feature in answer["features"]]
    assert found_m == pytest.approx(distances_m, abs=0.1)


def test_every_school_is_within_2_cm_of_where_ostn15_puts_it(
    reports: dict[str, ImportReport], client: Client
) -> None:
    expected = {
        (school.name, *longitude_latitude(school.easting, school.northing))
        for school in schools_of_the_file()
    }

    page = client.get("/api/collections/schools/items?limit=1000").json()

    assert len(page["features"]) == reports["schools"].published
    for feature in page["features"]:
        name, place = feature["properties"]["name"], feature["geometry"]["coordinates"]
        off_m = min(
            distance_m(place, (longitude, latitude))
            for other, longitude, latitude in expected
            if other == name
        )
        assert off_m < 0.02, f"{name} is {off_m:.3f} m off"


def distance_m(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the distance of two near places in EPSG:4326, on a sphere."""
    east_m = (one[0] - other[0]) * METRES_PER_DEGREE_NORTH * math.cos(math.radians(one[1]))
    return math.hypot(east_m, (one[1] - other[1]) * METRES_PER_DEGREE_NORTH)


def page_text(client: Client, path: str) -> str:
    """Return a page's text, without its tags."""
    response = client.get(path)
    assert response.status_code == 200
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
