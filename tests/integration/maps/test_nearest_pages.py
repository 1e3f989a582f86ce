"""The nearest of one service: what the page says, and what it says it does not know."""

from collections.abc import Iterator
from datetime import datetime
from unittest.mock import patch

import pytest
from django.test import Client
from shapely import Point, box

from layers.models import Layer
from maps.opening_hours.state import LONDON
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

FRIDAY_NOON = datetime(2026, 11, 27, 12, tzinfo=LONDON)


@pytest.fixture
def client(client: Client) -> Iterator[Client]:
    with patch("maps.views.nearest.timezone.localtime", return_value=FRIDAY_NOON):
        yield client


@pytest.fixture(autouse=True)
def _publish_places() -> None:
    # B1 1BB in the ward, B9 9ZZ outside it; EPSG:27700, metres.
    wards = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    ladywood = MadeFeature("E05011118", box(405000, 285000, 407000, 287000), {"name": "Ladywood"})
    publish_features(wards, [ladywood])
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


def publish_libraries(features: list[MadeFeature], **changes: object) -> Layer:
    layer = make_layer(
        "libraries",
        is_service=True,
        theme="leisure",
        fields=[
            make_field("code"),
            make_field("name"),
            make_field("step_free", "boolean", title="Step-free"),
            make_field("hours"),
            make_field("website", "url"),
        ],
        **changes,
    )
    publish_features(layer, features)
    return layer


def library(metres_east: float, hours: str = "", **properties: object) -> MadeFeature:
    key = f"L{metres_east:.0f}"
    return MadeFeature(
        key,
        Point(406000 + metres_east, 286000),
        {"name": f"Library {metres_east:.0f}", "hours": hours, **properties},
    )


def test_ten_come_nearest_first_and_a_link_leads_to_more(client: Client) -> None:
    publish_libraries([library(metres) for metres in range(2500, 0, -100)])

    first = client.get("/nearest/libraries/B11BB").text
    more = client.get("/nearest/libraries/B11BB?show=30").text

    names = [f">Library {metres}<" for metres in range(100, 1100, 100)]
    assert [first.index(name) for name in names] == sorted(first.index(name) for name in names)
    assert ">Library 1100<" not in first
    assert '"?show=20#nearest-title"' in first
    assert more.count("data-map-item") == 25
    assert "Show 10 more" not in more


def test_no_more_than_a_hundred_are_asked_for(client: Client) -> None:
    publish_libraries([library(metres) for metres in range(1, 121)])

    text = client.get("/nearest/libraries/B11BB?show=100").text

    assert text.count("data-map-item") == 100
    assert "Show 10 more" not in text


def test_it_says_how_far_once_how_measured_and_what_is_known(client: Client) -> None:
    publish_libraries([library(640, step_free=True, website="https://example.org/")])

    text = client.get("/nearest/libraries/B11BB").text

    assert "0.4 miles (640 m)" in text
    assert text.count("in a straight line") == 1
    assert "<dt>Step-free</dt><dd>Yes</dd>" in text
    assert 'href="/layers/libraries/L640"' in text
    assert 'href="/my-area/B11BB"' in text
    assert "Contains libraries of Birmingham City Council." in text
    assert "middle" in text


def test_it_is_kept_by_nobody_and_in_no_index(client: Client) -> None:
    publish_libraries([library(640)])

    answer = client.get("/nearest/libraries/B11BB")

    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.text


def test_every_item_has_one_number_and_one_place_on_the_map(client: Client) -> None:
    publish_libraries([library(100), library(200)])

    text = client.get("/nearest/libraries/B11BB").text

    for number in (1, 2):
        assert text.count(f'<span class="symbol symbol--1">{number}</span>') == 1
    assert text.count("data-longitude") == 2


def publish_with_hours() -> None:
    publish_libraries(
        [
            library(100, "Mon-Fri 1pm-5pm"),
            library(200, "Mon-Fri 9am-5pm"),
            library(300, "ask at the desk"),
            library(400, "24 hours"),
        ],
        opening_hours={"field": "hours"},
    )


def test_opening_hours_stand_beside_what_the_source_says(client: Client) -> None:
    publish_with_hours()

    text = client.get("/nearest/libraries/B11BB").text

    assert "Closed now, opens at 1pm" in text
    assert "Open now until 5pm" in text
    assert "Mon-Fri 9am-5pm" in text
    assert "We cannot tell from this whether it is open now" in text
    assert "ask at the desk" in text
    assert "12:00, Friday 27 November 2026" in text


def test_those_that_are_open_can_be_asked_for_and_others_are_accounted_for(client: Client) -> None:
    publish_with_hours()

    text = client.get("/nearest/libraries/B11BB?open=now").text

    assert text.count("data-map-item") == 2
    assert ">Library 200<" in text
    assert ">Library 400<" in text
    assert "1 of the 4 nearest is left out" in text
    assert " checked>" in text


def test_none_open_is_said_as_far_as_it_is_known(client: Client) -> None:
    publish_libraries([library(100, "Mon 9am-5pm")], opening_hours={"field": "hours"})

    text = client.get("/nearest/libraries/B11BB?open=now").text

    assert "As far as we can tell, none of them is open now." in text
    assert "data-map-item" not in text


def test_on_a_bank_holiday_nothing_is_claimed(client: Client) -> None:
    publish_with_hours()

    christmas = datetime(2026, 12, 25, 12, tzinfo=LONDON)
    with patch("maps.views.nearest.timezone.localtime", return_value=christmas):
        text = client.get("/nearest/libraries/B11BB").text

    assert "Hours may differ: today is a bank holiday (Christmas Day)" in text
    assert "Open now until" not in text


def test_a_layer_without_hours_is_not_filtered_by_them(client: Client) -> None:
    publish_libraries([library(100, "Mon 9am-5pm")])

    text = client.get("/nearest/libraries/B11BB?open=now").text

    assert text.count("data-map-item") == 1
    assert "open now" not in text


@pytest.mark.parametrize(
    "query", ["?show=11", "?show=0", "?show=110", "?show=x", "?open=later", "?shown=10"]
)
def test_a_parameter_that_is_not_known_is_refused(client: Client, query: str) -> None:
    publish_libraries([library(100)])

    assert client.get(f"/nearest/libraries/B11BB{query}").status_code == 400


def test_a_postcode_has_one_address_and_keeps_its_question(client: Client) -> None:
    publish_libraries([library(100)])

    answer = client.get("/nearest/libraries/b1 1bb?show=20")

    assert (answer.status_code, answer["Location"]) == (302, "/nearest/libraries/B11BB?show=20")


def test_a_place_outside_is_told_so(client: Client) -> None:
    publish_libraries([library(100)])

    text = client.get("/nearest/libraries/B99ZZ").text

    assert "B9 9ZZ is not in the area of Birmingham City Council" in text
    assert "Library 100" in text


def test_an_unknown_place_may_be_looked_up_again_for_the_same_layer(client: Client) -> None:
    publish_libraries([library(100)])

    answer = client.get("/nearest/libraries/ZZ11ZZ")

    assert answer.status_code == 404
    assert 'action="/nearest/libraries/"' in answer.text


def test_an_unknown_layer_is_not_found(client: Client) -> None:
    assert client.get("/nearest/nothing/B11BB").status_code == 404
    assert client.get("/nearest/nothing/").status_code == 404


def test_a_layer_that_is_no_service_leads_to_its_page(client: Client) -> None:
    answer = client.get("/nearest/wards/B11BB")

    assert answer.status_code == 404
    assert "they are not a service" in answer.text
    assert 'href="/layers/wards"' in answer.text


def test_a_layer_without_an_edition_says_that_it_knows_nothing(client: Client) -> None:
    make_layer("libraries", is_service=True)

    answer = client.get("/nearest/libraries/B11BB")

    assert answer.status_code == 404
    assert "Nothing is published yet for this layer" in answer.text


def test_a_hidden_layer_is_not_even_named(client: Client) -> None:
    publish_libraries([library(100)], is_public=False, title="Secret libraries")

    answer = client.get("/nearest/libraries/B11BB")

    assert answer.status_code == 404
    assert "Secret" not in answer.text


def test_an_empty_layer_says_that_it_is_empty(client: Client) -> None:
    publish_libraries([])

    text = client.get("/nearest/libraries/B11BB").text

    assert "Our layer “Libraries” is empty." in text
    assert 'data-map="place"' not in text


def test_a_place_in_a_feature_is_told_so(client: Client) -> None:
    parks = make_layer("parks", "Polygon", is_service=True)
    publish_features(parks, [MadeFeature("p", box(405900, 285900, 406100, 286100), {"name": "P"})])

    assert "This place is in it" in client.get("/nearest/parks/B11BB").text


def test_a_lookup_is_posted_and_sent_on(client: Client) -> None:
    publish_libraries([library(100)])

    form = client.get("/nearest/libraries/")
    answer = client.post("/nearest/libraries/", {"place": "b1 1bb"})
    wrong = client.post("/nearest/libraries/", {"place": "nowhere at all"})

    assert "Libraries: find your nearest" in form.text
    assert (answer.status_code, answer["Location"]) == (303, "/nearest/libraries/B11BB")
    assert "We found no place called “nowhere at all”" in wrong.text
    assert 'action="/nearest/libraries/"' in wrong.text


def test_a_layers_page_leads_to_the_lookup_of_a_service_only(client: Client) -> None:
    publish_libraries([library(100)])

    assert 'href="/nearest/libraries/"' in client.get("/layers/libraries").text
    assert "/nearest/" not in client.get("/layers/wards").text
