"""From what somebody types to places, on a handful of addresses."""

import pytest

from gazetteer.models import NamedPlace
from gazetteer.query import addresses_of_street, find_place, search_places
from layers import crs
from layers.errors import NotFound
from tests.integration.gazetteer.neighbourhood import ADDRESSES, POSTCODES

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("neighbourhood"),
]


def labels(text: str, limit: int = 20) -> list[str]:
    return [place.label for place in search_places(text, limit)]


def slugs(text: str) -> list[str]:
    return [place.slug for place in search_places(text)]


@pytest.mark.parametrize("text", ["B13 9AA", "b139aa", " b13-9AA ", "Ｂ13 9AA"])
def test_a_postcode_is_found_however_it_is_typed(text):
    [place] = search_places(text)

    easting, northing = POSTCODES["B13 9AA"]
    assert (place.kind, place.label, place.slug) == ("postcode", "B13 9AA", "B139AA")
    assert (place.easting, place.northing) == (easting, northing)
    longitude, latitude = crs.point_4326(easting, northing)
    assert (place.longitude, place.latitude) == pytest.approx((longitude, latitude), abs=1e-7)


def test_a_postcode_that_does_not_exist_is_not_found():
    assert search_places("B99 9ZZ") == []


@pytest.mark.parametrize(
    "text",
    [
        "100070000001",
        " 100070000001 ",
        "UPRN 100070000001",
        "uprn: 100070000001",
        "uprn-100070000001",
    ],
)
def test_a_uprn_is_found(text):
    assert slugs(text) == ["uprn-100070000001"]


@pytest.mark.parametrize(
    "text", ["1", "0", "999999999999", "UPRN 999999999999", "1" * 13, "１０００７０００００１"]
)
def test_a_number_that_is_no_uprn_is_not_found(text):
    assert search_places(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "12 Oak Road",
        "12 oak rd",
        "12, OAK ROAD",
        "12 Oak Raod",
        "12 Oke Road",
        "12 Oak Road, Moseley",
        "12 Oak Road, Birmingham B13 9AA",
        "Flat 3, 12 Oak Road",
    ],
)
def test_a_house_is_found_although_its_street_is_misspelt_or_short(text):
    assert labels(text)[0] == "12 Oak Road, Moseley, Birmingham, B13 9AA"


def test_a_houses_name_before_its_street_does_not_hide_the_street():
    assert "Rose House, Oak Road, Moseley, Birmingham, B13 9AA" in labels("Rose House, Oak Road")


def test_a_number_with_its_letter_finds_that_house_alone():
    assert labels("12a oak road") == ["12A Oak Road, Moseley, Birmingham, B13 9AA"]


def test_a_number_without_a_letter_finds_those_with_one_after_it():
    assert labels("12 oak road") == [
        "12 Oak Road, Moseley, Birmingham, B13 9AA",
        "12A Oak Road, Moseley, Birmingham, B13 9AA",
    ]


def test_a_number_that_the_street_does_not_have_finds_nothing():
    assert labels("99 oak road") == []
    assert [place.label for place in addresses_of_street("99 oak road")] == labels("oak road")


def test_a_street_gives_its_addresses_in_the_order_of_their_numbers():
    assert labels("Oak Road")[:5] == [
        "2 Oak Road, Moseley, Birmingham, B13 9AA",
        "10 Oak Road, Moseley, Birmingham, B13 9AA",
        "12 Oak Road, Moseley, Birmingham, B13 9AA",
        "12A Oak Road, Moseley, Birmingham, B13 9AA",
        "Rose House, Oak Road, Moseley, Birmingham, B13 9AA",
    ]


def test_a_limit_is_kept():
    assert len(search_places("Oak Road", limit=2)) == 2


@pytest.mark.parametrize(
    "text", ["St Mary's Row", "st mary’s row", "Saint Marys Row", "ST MARYS ROW"]
)
def test_quotes_and_saints_make_no_difference(text):
    assert slugs(text) == ["uprn-100070000008"]


def test_the_beginning_of_a_street_is_enough():
    assert slugs("wheel") == ["uprn-100070000007"]


def test_one_street_name_in_two_localities_gives_both():
    found = labels("1 Church Lane")

    assert sorted(found) == [
        "1 Church Lane, Aston, Birmingham, B6 5AA",
        "1 Church Lane, Handsworth, Birmingham, B20 2AA",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a",
        "%",
        "%%%",
        "_",
        "___ ____",
        "'",
        "' OR '1'='1",
        "\\",
        "\0",
        "Oxford Circus Underground",
        "😀",
        "x" * 10_000,
        "a b " * 2_500,
        "{name}",
        "%(name)s",
        "%s",
        "\ud800",
    ],
)
def test_a_text_that_names_nothing_finds_nothing_and_does_not_fail(text):
    assert search_places(text) == []


@pytest.mark.parametrize(
    "text", ["Oak% Road", "Oak_Road", "Oak Road\0", "'Oak Road'", "Oak Road;--"]
)
def test_odd_characters_in_a_street_do_not_hide_it(text):
    assert "2 Oak Road, Moseley, Birmingham, B13 9AA" in labels(text)


def test_a_wildcard_finds_nothing_that_its_letters_do_not():
    assert labels("whee_er") == labels("whee er")
    assert "uprn-100070000001" not in slugs("%k lane close")


def test_places_know_whether_they_are_in_the_council():
    [inside] = search_places("B13 9AA")
    [outside] = search_places("B90 1AA")

    assert inside.is_inside_council
    assert not outside.is_inside_council


@pytest.mark.parametrize("slug", ["B139AA", "b13 9aa", "B13-9AA"])
def test_a_pages_address_names_a_postcode(slug):
    assert find_place(slug).label == "B13 9AA"


def test_a_pages_address_names_a_house():
    place = find_place("uprn-100070000001")

    assert place.kind == "address"
    assert (place.easting, place.northing) == ADDRESSES["100070000001"]


@pytest.mark.parametrize(
    "slug",
    ["", "B99 9ZZ", "uprn-", "uprn-1", "uprn-abc", "uprn-１", "uprn-'", "uprn-1\0", "UPRN-1",
     "uprn-" + "1" * 10_000, "Oak Road", "../admin", "\0", "😀"],
)  # fmt: skip
def test_a_pages_address_that_names_nothing_is_not_found(slug):
    with pytest.raises(NotFound):
        find_place(slug)


def test_streets_are_counted_once_for_each_locality(neighbourhood):
    edition_id = neighbourhood["addresses"].published_edition_id

    streets = NamedPlace.objects.filter(edition_id=edition_id, kind="street")

    counts = {(street.name, street.locality): street.weight for street in streets}
    assert counts == {
        ("OAK ROAD", "MOSELEY"): 5,
        ("ELM GROVE", "MOSELEY"): 3,
        ("WHEELER STREET", "MOSELEY"): 1,
        ("ST MARY'S ROW", "MOSELEY"): 1,
        ("CHURCH LANE", "ASTON"): 1,
        ("CHURCH LANE", "HANDSWORTH"): 1,
    }


def test_only_the_address_layer_has_streets(neighbourhood):
    assert not NamedPlace.objects.filter(
        edition_id=neighbourhood["postcodes"].published_edition_id
    ).exists()
