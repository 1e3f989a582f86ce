"""The search page: where it leads at once, and what it shows to choose from."""

from html import unescape

import pytest
from django.test import Client

from gazetteer.query import find_place

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("neighbourhood"),
]


def search(client: Client, text: str):
    return client.post("/my-area/", {"place": text})


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("B13 9AA", "B139AA"),
        ("12a oak rd", "uprn-100070000004"),
        ("Flat 2, Oak Court, 14 Elm Grove", "uprn-100070000011"),
        ("9 saint marys row moseley", "uprn-100070000008"),
        ("100070000001", "uprn-100070000001"),
        ("77", "uprn-77"),
        ("SP 066 868", "grid-SP066868"),
        ("Wyddfa Green", "place-osgb4000000000000002"),
    ],
)
def test_what_can_only_be_one_place_is_shown_at_once(client: Client, text: str, slug: str) -> None:
    response = search(client, text)

    assert (response.status_code, response["Location"]) == (303, f"/my-area/{slug}")


@pytest.mark.parametrize(
    "slug",
    [
        "B139AA",
        "B13",
        "B13-9",
        "uprn-100070000001",
        "uprn-77",
        "grid-SP075830",
        "street-oak-road_moseley-birmingham",
        "place-osgb4000000000000001",
        "ward-moseley",
    ],
)
def test_every_kind_of_place_has_a_page(client: Client, slug: str) -> None:
    response = client.get(f"/my-area/{slug}")

    assert response.status_code == 200
    assert find_place(slug).label in unescape(response.content.decode())


@pytest.mark.parametrize(
    ("slug", "layer"),
    [
        ("B139AA", "postcodes"),
        ("B13", "postcodes"),
        ("B13-9", "postcodes"),
        ("uprn-100070000001", "addresses"),
        ("uprn-77", "properties"),
        ("street-oak-road_moseley-birmingham", "addresses"),
        ("place-osgb4000000000000001", "places"),
        ("place-osgb4000000000000003", "places"),
        ("ward-moseley", "wards"),
    ],
)
@pytest.mark.parametrize("page", ["/my-area/{}", "/my-area/{}/planning", "/embed/my-area/{}"])
def test_a_page_names_the_layer_that_knows_its_place(
    client: Client, page: str, slug: str, layer: str
) -> None:
    _, sources = client.get(page.format(slug)).text.split('id="sources-title"')

    assert sources.count(f"Contains {layer} of Birmingham City Council.") == 1


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("B13", "Postcode district"),
        ("street-oak-road_moseley-birmingham", "Street"),
        ("place-osgb4000000000000001", "Suburban Area"),
        ("ward-moseley", "Ward"),
        ("B65ZZ", "B6 5ZZ is not in use any more: it ended 1 May 2019."),
    ],
)
@pytest.mark.parametrize("page", ["/my-area/{}", "/my-area/{}?words=easy", "/embed/my-area/{}"])
def test_a_page_says_what_its_source_does_of_the_place(
    client: Client, page: str, slug: str, words: str
) -> None:
    assert f">{words}</" in client.get(page.format(slug)).text


@pytest.mark.parametrize("slug", ["B13", "B13-9", "ward-moseley", "place-osgb4000000000000001"])
def test_a_wide_place_is_answered_for_its_middle(client: Client, slug: str) -> None:
    for page in ("/my-area/{}", "/embed/my-area/{}"):
        body = client.get(page.format(slug)).text

        assert "These answers are for one point in the middle of" in body


def test_nobody_is_sent_to_a_place_that_is_only_like_what_they_typed(client: Client) -> None:
    response = search(client, "4 wheler street")

    body = response.content.decode()
    assert response.status_code == 200
    assert "Did you mean one of these?" in body
    assert "/my-area/uprn-100070000007" in body


def test_places_of_several_kinds_are_in_groups(client: Client) -> None:
    body = search(client, "moseley").content.decode()

    assert body.index(">Places<") < body.index(">Wards<")
    assert "Suburban Area" in body


def test_a_number_that_a_street_has_not_gives_those_that_it_has(client: Client) -> None:
    body = search(client, "99 oak road").content.decode()

    assert "We know no such number there" in body
    assert body.count("result-list__item") == 5


def test_a_part_of_a_postcode_that_we_know_gives_its_postcodes(client: Client) -> None:
    body = search(client, "B13 9").content.decode()

    assert "/my-area/B13-9" in body
    assert "/my-area/B139AA" in body


def test_a_part_of_a_postcode_that_we_do_not_know_is_said_to_be_one(client: Client) -> None:
    body = search(client, "NG1 5").content.decode()

    assert "“NG1 5” is a part of one" in body


def test_a_list_that_ends_in_the_middle_says_so(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("maps.place_search.MOST_PLACES", 2)

    body = search(client, "B13 9").content.decode()

    assert "These are the first" in body
    assert "These are the first" not in search(client, "Ŵyddfa").content.decode()


def test_what_was_looked_for_is_in_no_address(client: Client) -> None:
    response = search(client, "12 oak road")

    assert "oak" not in response.get("Location", "")
    assert "private" in response["Cache-Control"]
