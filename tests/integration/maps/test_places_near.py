"""The addresses near a position that was posted, and plain words where it is of no use."""

import re

import pytest
from django.test import Client
from shapely import box

from layers.crs import point_4326
from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.integration.gazetteer.divided_postcode import (
    publish_addresses,
    publish_postcodes,
    publish_wards,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.fixture
def client(client: Client) -> Client:
    return Client(enforce_csrf_checks=True)


def ask(client: Client, easting: float, northing: float, accuracy: str = "20") -> str:
    longitude, latitude = point_4326(easting, northing)
    position = {"lon": str(longitude), "lat": str(latitude), "accuracy": accuracy}
    answer = client.post("/my-area/near", position)
    assert answer.status_code == 200
    assert str(longitude) not in answer.text, "the position is in the page"
    return answer.text


def slugs(page: str) -> list[str]:
    return re.findall(r'href="/my-area/([^"/]+)">', page)


def test_the_addresses_near_come_nearest_first(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    page = ask(client, 405502, 281501)

    assert "about 20 m" in page
    assert "You seem to be in Moseley ward." in page
    assert slugs(page) == ["uprn-1020", "uprn-1021"]


def test_all_within_the_accuracy_are_listed(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    assert len(slugs(ask(client, 405980, 281000, "20"))) == 15
    assert len(slugs(ask(client, 405980, 281000, "700"))) == 17


def test_near_a_border_no_ward_is_guessed(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    page = ask(client, 405990, 281000, "20")

    assert "You seem to be in or near these wards: Moseley, King&#x27;s Heath." in page
    assert "Your address decides." in page


def test_without_addresses_postcodes_are_listed(client: Client) -> None:
    publish_postcodes()

    assert slugs(ask(client, 405960, 280500)) == ["B138JK"]


def test_where_there_is_no_address_people_are_asked_to_type(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()
    councils = make_layer("councils", "Polygon", role="council", fields=[make_field("name")])
    solihull = MadeFeature("1", box(409000, 280000, 410000, 282000), {"name": "Solihull"})
    publish_features(councils, [solihull])

    nowhere, next_door = ask(client, 405000, 285000), ask(client, 409500, 281000)

    assert "We know no address near you. Enter a postcode, street or address instead" in nowhere
    assert "You seem to be in Solihull, where we know no addresses." in next_door


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ({"lon": "-1.9", "lat": "52.48", "accuracy": "5000"}, "only to about 5.0 km"),
        ({"lon": "2.35", "lat": "48.86", "accuracy": "10"}, "it is outside Great Britain"),
        ({"lon": "x", "lat": "52.48", "accuracy": "10"}, "did not say where it is"),
        ({}, "did not say where it is"),
    ],
)
def test_a_useless_position_is_answered_in_plain_words(
    client: Client, position: dict[str, str], words: str
) -> None:
    publish_postcodes(), publish_addresses()

    answer = client.post("/my-area/near", position)

    assert words in answer.text
    assert "Enter a postcode, street or address instead" in answer.text
    assert 'id="place-error"' in answer.text
    assert "uprn-" not in answer.text


def test_a_position_in_the_address_is_not_read(client: Client) -> None:
    publish_postcodes(), publish_addresses()

    answer = client.get("/my-area/near?lon=-1.9&lat=52.48&accuracy=10")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/my-area/")


def test_nothing_is_kept(client: Client) -> None:
    publish_postcodes(), publish_addresses()

    answer = client.post("/my-area/near", {"lon": "-1.9", "lat": "52.45", "accuracy": "10"})

    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert not answer.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"
