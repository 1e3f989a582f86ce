"""From a department's eastings and northings to the API's degrees, through the real importer."""

import csv
import json

import pytest
from django.core.management import call_command

from layers import crs
from tests.factories.shared_data import SHARED_DATA, needs_shared_data

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    needs_shared_data,
]

SCHOOLS = SHARED_DATA / "schools" / "birmingham_schools.csv"
METRES_PER_DEGREE = 111_320


def test_every_school_is_within_two_centimetres_of_where_ostn15_puts_it(client):
    call_command("import_layer", "schools", source=str(SCHOOLS))
    with SCHOOLS.open(encoding="cp1252", newline="") as lines:
        rows = {f"{row['lea_no']}-{row['dcfs_no']}": row for row in csv.DictReader(lines)}

    answer = json.loads(client.get("/api/collections/schools/items?limit=1000").content)

    assert len(answer["features"]) > 400
    for feature in answer["features"]:
        row = rows[feature["id"]]
        longitude, latitude = crs.point_4326(float(row["easting"]), float(row["northing"]))
        shown_longitude, shown_latitude = feature["geometry"]["coordinates"]
        off_m = METRES_PER_DEGREE * max(
            abs(shown_longitude - longitude), abs(shown_latitude - latitude)
        )
        assert off_m <= 0.02, f"{row['school_name']} is {off_m:.3f} m off"


def test_the_nearest_schools_are_the_nearest_rows_of_the_file(client):
    call_command("import_layer", "schools", source=str(SCHOOLS))
    easting, northing = 406900.0, 286900.0  # Victoria Square, EPSG:27700
    with SCHOOLS.open(encoding="cp1252", newline="") as lines:
        measured_m = sorted(
            ((float(row["easting"]) - easting) ** 2 + (float(row["northing"]) - northing) ** 2)
            ** 0.5
            for row in csv.DictReader(lines)
            if row["easting"]
        )
    longitude, latitude = crs.point_4326(easting, northing)

    answer = json.loads(
        client.get(
            "/api/nearest",
            {"lon": longitude, "lat": latitude, "collections": "schools", "limit": 5},
        ).content
    )

    found_m = [feature["properties"]["distance_m"] for feature in answer["features"]]
    assert found_m == pytest.approx(measured_m[:5], abs=0.06)
