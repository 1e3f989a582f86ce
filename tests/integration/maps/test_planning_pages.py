"""The page of planning applications near a place."""

from collections.abc import Iterator
from datetime import date
from unittest.mock import patch

import pytest
from django.test import Client
from shapely import Point, box

from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer
from tests.factories.planning import application, make_planning_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.fixture
def client(client: Client) -> Iterator[Client]:
    with patch("maps.planning_nearby.timezone.localdate", return_value=date(2026, 3, 31)):
        yield client


@pytest.fixture(autouse=True)
def _publish_places() -> None:
    wards = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    publish_features(wards, [MadeFeature("w", box(405000, 285000, 407000, 287000), {"name": "W"})])
    postcodes = make_layer(
        "postcodes", role="postcode", title_field="postcode", fields=[make_field("postcode")]
    )
    publish_features(
        postcodes,
        [
            MadeFeature("B11BB", Point(406000, 286000), {"postcode": "B1 1BB"}),
            MadeFeature("B99ZZ", Point(409000, 286000), {"postcode": "B9 9ZZ"}),
        ],
    )


def test_it_says_how_many_where_what_was_decided_and_leads_to_the_case(client: Client) -> None:
    publish_features(
        make_planning_layer(),
        [
            application(
                "2026/1",
                120,
                "2026-03-01",
                status="decided",
                decision="Refused",
                decided_on="2026-03-20",
                address="1 High Street",
                web_page="https://planning.example.org/2026-1",
                agent="A Person Design Ltd",
            )
        ],
    )

    text = client.get("/my-area/B11BB/planning").text

    assert "1 application was received within 0.3 miles (500 m) of here since 31 March 2025" in text
    assert "Refused on 20 March 2026" in text
    assert "Received 1 March 2026" in text
    assert "1 High Street" in text
    assert 'href="https://planning.example.org/2026-1"' in text
    assert "0.1 miles (120 m) away" in text
    assert "A Person" not in text
    assert text.count("data-map-item") == 1


def test_distance_and_time_are_chosen_by_form(client: Client) -> None:
    publish_features(make_planning_layer(), [application("2024/1", 1500, "2024-05-01")])

    usual = client.get("/my-area/B11BB/planning").text
    wide = client.get("/my-area/B11BB/planning?within=2000&months=36").text

    assert "Our data has no application received within 0.3 miles (500 m)" in usual
    assert "data-map-item" not in usual
    assert wide.count("data-map-item") == 1
    assert '<option value="2000" selected>' in wide
    assert '<option value="36" selected>3 years</option>' in wide


@pytest.mark.parametrize("query", ["?within=501", "?months=0", "?months=x", "?radius=500"])
def test_other_steps_are_refused(client: Client, query: str) -> None:
    assert client.get(f"/my-area/B11BB/planning{query}").status_code == 400


def test_what_is_not_listed_is_counted(client: Client) -> None:
    publish_features(
        make_planning_layer(), [application(f"n{n}", n, "2026-01-01") for n in range(103)]
    )

    text = client.get("/my-area/B11BB/planning").text

    assert text.count("data-map-item") == 100
    assert "103 applications were received" in text
    assert "3 older ones are not listed" in text


def test_a_council_that_publishes_none_is_not_one_without_any(client: Client) -> None:
    text = client.get("/my-area/B11BB/planning").text

    assert "That does not mean that there are none near here." in text
    assert "<form" not in text.split('id="planning-title"')[0].split("place__lists")[1]


def test_a_layer_that_stopped_says_its_date(client: Client) -> None:
    publish_features(make_planning_layer(), [application("n", 1, "2026-01-15")])

    text = client.get("/my-area/B11BB/planning").text

    assert "The last application in our data was received on 15 January 2026." in text


def test_a_place_outside_is_told_whose_applications_these_are(client: Client) -> None:
    publish_features(make_planning_layer(), [application("n", 1, "2026-01-15")])

    text = client.get("/my-area/B99ZZ/planning").text

    assert "Applications to another council are not here." in text


def test_an_unknown_place_is_not_found(client: Client) -> None:
    assert client.get("/my-area/ZZ11ZZ/planning").status_code == 404


def test_a_postcode_has_one_address(client: Client) -> None:
    answer = client.get("/my-area/b1 1bb/planning?within=1000")

    assert answer["Location"] == "/my-area/B11BB/planning?within=1000"
