"""Pages of a postcode on a border: they name every answer and ask which address is meant."""

import re
from html import unescape

import pytest
from django.test import Client
from shapely import box

from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.integration.gazetteer.divided_postcode import (
    publish_addresses,
    publish_postcodes,
    publish_wards,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def words(client: Client, path: str) -> str:
    """Return the words of a page, one space between them."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def test_a_postcode_in_two_wards_is_never_answered_for_one(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    page = client.get("/my-area/B138AB").text
    said = words(client, "/my-area/B138AB")

    assert "B13 8AB is in 2 wards" in said
    assert "Of the 15 addresses of B13 8AB, 9 are in Moseley and 6 are in King's Heath." in said
    assert "is in Moseley ward" not in said
    assert "9 of 15 addresses" in said
    assert 'href="/my-area/B138AB/addresses"' in page
    assert page.index("is in 2 wards") < page.index('id="ward"')


def test_a_postcode_in_one_ward_is_answered_and_still_offers_its_addresses(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    said = words(client, "/my-area/B138EF")

    assert "B13 8EF is in Moseley ward." in said
    assert "Your address decides" not in said
    assert "Choose your address: this postcode has 2" in said


def test_a_postcode_partly_outside_the_council_says_how_many_addresses_are(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    said = words(client, "/my-area/B138CD")

    assert "Part of B13 8CD is outside the council’s area" in said
    assert "3 are in King's Heath and 2 are outside the council’s area." in said
    assert "Outside our area" not in said
    assert "Outside our area" in words(client, "/my-area/B138GH")


def test_a_constraint_of_some_addresses_is_none_for_the_others(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()
    layer = make_layer("conservation-areas", "Polygon", is_constraint=True)
    publish_features(
        layer, [MadeFeature("1", box(405495, 281490, 405505, 281510), {"name": "The Green"})]
    )

    said = words(client, "/my-area/B138EF")

    assert "The answers differ within B13 8EF" in said
    assert "Conservation areas: of 2 addresses, 1 is in The Green and 1 is in none." in said
    assert "The Green 1 of 2 addresses None 1 of 2 addresses" in said
    assert "Planning limits here" not in said
    assert "Planning limits for some of the addresses: Conservation areas." in said


def test_a_constraint_at_the_middle_of_no_address_is_not_said_to_be_there(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()
    layer = make_layer("conservation-areas", "Polygon", is_constraint=True)
    # Between the postcode's two addresses.
    publish_features(layer, [MadeFeature("1", box(405503, 281490, 405507, 281510))])

    said = words(client, "/my-area/B138EF")

    assert "None of the planning limits that we hold is here." in said


def test_without_addresses_the_page_says_that_it_answers_for_the_middle(client: Client) -> None:
    publish_wards(), publish_postcodes()

    near, far = words(client, "/my-area/B138JK"), words(client, "/my-area/B138LM")

    assert "B13 8JK may lie in several of our wards" in near
    assert "The middle of B13 8JK is in Moseley ward." in near
    assert (
        "the middle of the postcode is in Moseley; King's Heath begins about 40 m from it" in near
    )
    assert "Your address decides" not in far
    for said in (near, far):
        assert "The answers are for its middle, and may differ for yours near a boundary." in said
        assert "Choose your address" not in said


def test_without_addresses_people_choose_a_side_and_are_answered_for_it(client: Client) -> None:
    publish_wards(), publish_postcodes()
    page = client.get("/my-area/B138JK").text
    sides = re.findall(r'href="(/my-area/B138JK/in/[^"]+)"', page)

    said = words(client, sides[1])

    assert sides == ["/my-area/B138JK/in/wards/moseley", "/my-area/B138JK/in/wards/kings-heath"]
    assert "B13 8JK, King's Heath is in King's Heath ward." in said
    assert "Your address decides" not in said


def test_a_lookup_of_properties_has_sides_with_their_answers(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses("property")

    page = client.get("/my-area/B138AB").text
    said = words(client, "/my-area/B138AB/in/wards/kings-heath")

    assert "B13 8AB is in 2 wards" in page
    assert 'href="/my-area/B138AB/in/wards/kings-heath"' in page
    assert "/my-area/B138AB/addresses" not in page
    assert "B13 8AB, King's Heath is in King's Heath ward." in said


@pytest.mark.parametrize("side", ["wards/nothing", "nothing/moseley", "wards/moseley%00"])
def test_a_side_that_is_no_more_leads_back_to_the_postcode(client: Client, side: str) -> None:
    publish_wards(), publish_postcodes()

    answer = client.get(f"/my-area/B138JK/in/{side}")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/my-area/B138JK")


def test_the_addresses_of_a_postcode_are_listed_by_street_and_number(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    text = client.get("/my-area/B138AB/addresses").text

    links = re.findall(r'href="/my-area/(uprn-\d+)">([^<]+)<', text)
    assert links == [(f"uprn-{1000 + n}", f"{n + 1} Oak Road") for n in range(15)]
    assert "Outside this council" not in text


def test_addresses_outside_the_council_are_marked(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    text = client.get("/my-area/B138CD/addresses").text

    assert text.count("Outside this council") == 2


def test_the_list_is_kept_by_no_cache_and_no_index(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    answer = client.get("/my-area/B138AB/addresses")

    assert "no-store" in answer.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.text


def test_another_spelling_leads_to_the_one_address_of_the_list(client: Client) -> None:
    publish_postcodes(), publish_addresses()

    answer = client.get("/my-area/b13%208ab/addresses")

    assert answer.headers["Location"] == "/my-area/B138AB/addresses"


@pytest.mark.parametrize("slug", ["B139ZZ", "uprn-1000", "nothing"])
@pytest.mark.parametrize("rest", ["addresses", "in/wards/moseley"])
def test_only_a_known_postcode_has_addresses_and_sides(
    client: Client, slug: str, rest: str
) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()

    assert client.get(f"/my-area/{slug}/{rest}").status_code == 404


def test_a_postcode_without_a_list_says_so(client: Client) -> None:
    publish_wards(), publish_postcodes()

    assert "We have no list of the addresses in B13 8AB." in words(
        client, "/my-area/B138AB/addresses"
    )


def test_a_place_next_door_is_told_whose_it_is(client: Client) -> None:
    publish_wards(), publish_postcodes(), publish_addresses()
    layer = make_layer("councils", "Polygon", role="council", fields=[make_field("name")])
    solihull = {"name": "Solihull District (B)", "council": "Solihull Council"}
    publish_features(
        layer,
        [
            MadeFeature(
                "1",
                box(407000, 280000, 408000, 282000),
                {**solihull, "website": "https://www.solihull.gov.uk/"},
            )
        ],
    )

    page = client.get("/my-area/B138GH").text
    said = words(client, "/my-area/B138GH")

    assert "B13 8GH is in Solihull. Solihull Council looks after it." in said
    assert 'href="https://www.solihull.gov.uk/"' in page
    assert "Contains councils of Birmingham City Council." in said
    assert "find-local-council" not in page


def test_a_title_of_a_side_is_escaped(client: Client) -> None:
    wards = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    publish_features(
        wards,
        [
            MadeFeature("1", box(405000, 280000, 405970, 282000), {"name": "<b>West</b>"}),
            MadeFeature("2", box(405970, 280000, 407000, 282000), {"name": "East"}),
        ],
    )
    publish_postcodes()

    page = client.get("/my-area/B138JK").text

    assert "<b>West" not in page
    assert "&lt;b&gt;West&lt;/b&gt; (wards)" in page
