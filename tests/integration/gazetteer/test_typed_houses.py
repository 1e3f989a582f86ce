"""Nobody is sent to a house, a flat or a range of numbers that is not the one they typed."""

from collections.abc import Iterator
from typing import Any

import pytest
import shapely
from django.test import Client

from gazetteer.query import search_places, suggest_places
from tests.factories import MadeFeature, drop_everything, make_field, make_layer, publish_features

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("addresses"),
]

# UPRN, street, postcode, and the parts of the house; as an LLPG gives them.
_HOUSES: list[tuple[str, str, str, dict[str, str]]] = [
    ("1", "ROBIN ROAD", "B5 1EG", {"pao_start_number": "1"}),
    ("2", "ROBIN ROAD", "B5 1EG", {"pao_start_number": "2"}),
    ("3", "ROBIN ROAD", "B5 1EG", {"pao_start_number": "4"}),
    ("11", "WREN ROAD", "B5 2EG", {"pao_start_number": "2"}),
    ("12", "WREN ROAD", "B5 2EG", {"pao_start_number": "2", "pao_start_suffix": "A"}),
    ("13", "WREN ROAD", "B5 2EG", {"pao_start_number": "2", "pao_end_number": "4"}),
    ("14", "WREN ROAD", "B5 2EG", {"pao_start_number": "2", "sao_start_number": "1"}),
    ("15", "WREN ROAD", "B5 2EG", {"pao_start_number": "2", "sao_text": "FLAT 0/2"}),
    ("16", "WREN ROAD", "B5 2EG", {"pao_text": "UNIT 7", "pao_start_number": "9"}),
    ("17", "WREN ROAD", "B5 4EG", {"pao_text": "ROSE HOUSE"}),
    ("21", "LARK ROAD", "B5 3EG", {"pao_start_number": "2", "pao_start_suffix": "A"}),
    ("22", "LARK ROAD", "B5 3EG", {"pao_start_number": "10", "pao_end_number": "14"}),
    ("23", "LARK ROAD", "B5 3EG", {"building_number": "20-24"}),
    ("24", "LARK ROAD", "B5 3EG", {"pao_start_number": "30", "sao_text": "FLAT 1"}),
    ("31", "PARK ROAD", "B5 5EG", {"pao_start_number": "1"}),
]


@pytest.fixture(scope="module")
def addresses(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        try:
            layer = make_layer(
                "addresses",
                role="address",
                fields=[
                    make_field("street", is_queryable=True),
                    make_field("postcode", is_queryable=True),
                ],
                title_field="street",
            )
            publish_features(layer, list(_features()))
            yield
        finally:
            drop_everything()


def _features() -> Iterator[MadeFeature]:
    for place, (uprn, street, postcode, house) in enumerate(_HOUSES):
        around = {"street": street, "locality": "DIGBETH", "town": "BIRMINGHAM"}
        point = shapely.Point(407000 + place, 286000)
        yield MadeFeature(uprn, point, {**around, **house, "postcode": postcode})


def leads_to(text: str) -> str:
    """Return the UPRN of the one place that somebody is sent to, or nothing."""
    response = Client().post("/my-area/", {"place": text})
    return response.get("Location", "").removeprefix("/my-area/uprn-")


@pytest.mark.parametrize(
    "text",
    [
        "2A Robin Road",
        "2 a robin road",
        "2B, Robin Road, B5 1EG",
        "2-4 Robin Road",
        "2 – 4 Robin Road",
        "2-4 Robin Road, B5 1EG",
        "1-3 Robin Road",
        "2/4 Robin Road",
        "2/4 Robin Road, B5 1EG",
        "Unit 4, 2 Robin Road",
        "Unit 4, 2 Robin Road, B5 1EG",
        "Unit 2-4 Robin Road",
        "2 to 4 Robin Road",
        "rear of 2 Robin Road",
        "rear of 2 Robin Road, B5 1EG",
        "land rear of 2-4 Robin Road, B5 1EG",
        "2 Robin Road, Plot, B5 1EG",
        # Another postcode is another house.
        "2 Robin Road, B5 2EG",
        # These stand in for what was asked for: nobody knows whether they are it.
        "2 Lark Road",
        "12 Lark Road",
        "10 Lark Road, B5 3EG",
        "Flat 2, 2 Wren Road",
        "Flat 2, 30 Lark Road",
        "Ross House, Wren Road, B5 4EG",
    ],
)
def test_a_house_that_is_not_in_the_list_gives_some_to_choose_from(text: str) -> None:
    response = Client().post("/my-area/", {"place": text})

    assert response.status_code == 200
    assert "We found nothing written just like that." in response.text


@pytest.mark.parametrize("text", ["3A Robin Road", "99 Robin Road", "0 Robin Road", "5/7 Robin Rd"])
def test_where_not_even_the_number_is_known_the_street_is_listed(text: str) -> None:
    response = Client().post("/my-area/", {"place": text})

    assert "We know no such number there" in response.text
    assert response.text.count("result-list__item") == 3


@pytest.mark.parametrize(
    ("text", "uprn"),
    [
        ("2 Robin Road", "2"),
        ("2, Robin Road, B5 1EG", "2"),
        ("2 Robin Rd, Digbeth, Birmingham, B5 1EG", "2"),
        ("2 Robbin Road, B5 1EG", "2"),
        ("2, B5 1EG", "2"),
        ("2A Wren Road", "12"),
        ("2a wren road", "12"),
        ("2 a, Wren Road, B5 2EG", "12"),
        ("2-4 Wren Road", "13"),
        ("2 - 4 Wren Road", "13"),
        ("2–4 Wren Road, Digbeth", "13"),
        ("2/4 Wren Road", "13"),
        ("2-4 Wren Road, B5 2EG", "13"),
        ("20-24 Lark Road", "23"),
        ("Flat 1, 2 Wren Road", "14"),
        ("flat 1 2 wren rd b5 2eg", "14"),
        ("Flat 1 - 2 Wren Road", "14"),
        # As in Edinburgh, and as in Glasgow.
        ("2/1 Wren Road", "14"),
        ("2/1 Wren Road, B5 2EG", "14"),
        ("Flat 0/2, 2 Wren Road", "15"),
        ("Unit 7, 9 Wren Road", "16"),
        ("Rose House, Wren Road, B5 4EG", "17"),
        ("2a Lark Road", "21"),
        ("30 Lark Road", "24"),
    ],
)
def test_a_house_that_is_in_the_list_is_found_however_it_is_written(text: str, uprn: str) -> None:
    assert leads_to(text) == uprn


@pytest.mark.parametrize("text", ["2026/01234/PA", "2026/09991/pa", "PA/2026/01234"])
def test_the_reference_of_an_application_is_no_house_of_park_road(text: str) -> None:
    response = Client().post("/my-area/", {"place": text})

    assert f"We found no place called “{text}”" in response.text
    assert "planning applications</a>" not in response.text
    assert suggest_places(text) == search_places(text) == []


def test_what_is_near_comes_with_the_number_that_was_typed() -> None:
    places = search_places("2A Robin Road")

    assert [(one.slug, one.is_exact) for one in places] == [("uprn-2", False)]


def test_a_range_is_suggested_although_many_have_its_first_number() -> None:
    [place] = suggest_places("2-4 Wren Road", limit=1)

    assert (place.slug, place.is_exact) == ("uprn-13", True)


def test_a_house_in_a_range_of_numbers_is_suggested_as_near() -> None:
    place = suggest_places("12 Lark Road")[0]

    assert (place.slug, place.is_exact) == ("uprn-22", False)
