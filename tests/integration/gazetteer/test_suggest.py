"""What is suggested to people who are still typing, and that every suggestion has a page."""

import pytest

from gazetteer.query import find_place, search_places, suggest_places
from layers.errors import NotFound

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("neighbourhood"),
]


def first(text: str, **options) -> str:
    places = suggest_places(text, **options)
    return places[0].label if places else ""


def kinds(text: str) -> list[str]:
    return [place.kind for place in suggest_places(text)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("wheel", "Wheeler Street, Moseley, Birmingham"),
        ("wheler st", "Wheeler Street, Moseley, Birmingham"),
        ("whelere street", "Wheeler Street, Moseley, Birmingham"),
        ("moseley oak rd", "Oak Road, Moseley, Birmingham"),
        ("oak road moseley", "Oak Road, Moseley, Birmingham"),
        ("church la handsworth", "Church Lane, Handsworth, Birmingham"),
        ("aston church lane", "Church Lane, Aston, Birmingham"),
        ("church lane b20", "Church Lane, Handsworth, Birmingham"),
        ("4 wheel", "4 Wheeler Street, Moseley, Birmingham, B13 9AA"),
        ("1 church lane astn", "1 Church Lane, Aston, Birmingham, B6 5AA"),
        ("22 elm gr", "O'brien & Sons, 20-24 Elm Grove, Moseley, Birmingham, B13 9AB"),
        ("12 s mary's row", "St Mary's Row, Moseley, Birmingham"),
        ("9 s mary's row", "9 St Mary's Row, Moseley, Birmingham, B13 9AA"),
        ("4 wheeler ts birmingham", "4 Wheeler Street, Moseley, Birmingham, B13 9AA"),
        ("4 weelr st", "4 Wheeler Street, Moseley, Birmingham, B13 9AA"),
        ("12 ok rd", "12 Oak Road, Moseley, Birmingham, B13 9AA"),
        ("12 oak r moseley", "12 Oak Road, Moseley, Birmingham, B13 9AA"),
    ],
)
def test_a_street_or_house_is_first_however_it_is_typed(text, label):
    assert first(text) == label


@pytest.mark.parametrize(
    "text", ["O'Brien & Sons", "o’brien and sons", "OBrien sons", "o`brien", "obrein & sons"]
)
def test_an_organisation_is_found_by_its_name(text):
    assert first(text).startswith("O'brien & Sons, 20-24 Elm Grove")


@pytest.mark.parametrize(
    "text", ["Oak Court", "oak ct", "Oak Court, Elm Grove", "elm grove oak court"]
)
def test_a_building_is_found_with_its_flats(text):
    found = [place.label for place in suggest_places(text) if place.kind == "address"]

    assert [label.split(",")[0] for label in found] == ["Flat 1", "Flat 2"]


@pytest.mark.parametrize(
    "text", ["Flat 2, 14 Elm Grove", "flat 2 oak court elm grove", "Flat 2, Oak Court"]
)
def test_a_flat_is_found_alone_where_there_is_one_of_that_number(text):
    found = [place.slug for place in search_places(text) if place.kind == "address"]

    assert found == ["uprn-100070000011"]


@pytest.mark.parametrize("text", ["12 B13 9AA", "b139aa 12", "12 oak rd b13 9aa", "12, B13-9AA"])
def test_a_number_and_a_postcode_find_a_house(text):
    assert first(text) == "12 Oak Road, Moseley, Birmingham, B13 9AA"


def test_a_postcode_comes_before_its_addresses():
    assert kinds("B13 9AB") == ["postcode", "address", "address", "address"]


@pytest.mark.parametrize(
    ("text", "kind", "label", "slug"),
    [
        ("B13", "postcode-district", "B13", "B13"),
        ("b13", "postcode-district", "B13", "B13"),
        ("B13 9", "postcode-sector", "B13 9", "B13-9"),
        ("b139", "postcode-sector", "B13 9", "B13-9"),
        ("B13 9A", "postcode", "B13 9AA", "B139AA"),
    ],
)
def test_the_beginning_of_a_postcode_is_a_place_with_its_postcodes(text, kind, label, slug):
    place, *others = suggest_places(text)

    assert (place.kind, place.label, place.slug) == (kind, label, slug)
    assert {other.label for other in others} <= {"B13 9AA", "B13 9AB"}


def test_a_district_lies_in_the_middle_of_its_postcodes():
    [district, *_] = suggest_places("B13")

    assert (district.easting, district.northing) == (407550, 283050)


def test_a_district_that_is_the_beginning_of_another_is_not_mixed_with_it():
    # B9 0AA is in B9, whose sector 0 is written "B9 0".
    assert [place.label for place in suggest_places("B9")] == ["B9", "B9 0AA"]
    assert [place.label for place in suggest_places("B9 0")] == ["B9 0", "B9 0AA"]
    assert [place.label for place in suggest_places("B90")] == ["B90", "B90 1AA"]


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("Moseley", "place", "Moseley, Birmingham"),
        ("mosely", "place", "Moseley, Birmingham"),
        ("mosel", "place", "Moseley, Birmingham"),
        ("Ŵyddfa Green", "place", "Ŵyddfa Green, Birmingham"),
        ("wyddfa green", "place", "Ŵyddfa Green, Birmingham"),
    ],
)
def test_a_place_is_found_by_its_name(text, kind, label):
    place = suggest_places(text)[0]

    assert (place.kind, place.label) == (kind, label)


def test_a_ward_is_found_after_the_place_of_its_name():
    assert kinds("moseley")[:2] == ["place", "ward"]


def test_streets_come_from_the_addresses_and_not_twice():
    assert [place.label for place in suggest_places("oak road")] == [
        "Oak Road, Moseley, Birmingham"
    ]
    assert suggest_places("sand lane") == []


def test_kinds_can_be_chosen():
    assert {place.kind for place in suggest_places("moseley", kinds=["ward"])} == {"ward"}
    assert {place.kind for place in suggest_places("B13 9AB", kinds=["address"])} == {"address"}


def test_what_is_not_public_is_left_out_for_everybody():
    for text in ("12 oak road", "B13 9AA", "12 B13 9AA", "oak court", "100070000001"):
        found = suggest_places(text, for_everybody=True)

        assert {place.kind for place in found} <= {"postcode", "street", "place"}, text
    assert [one.slug for one in suggest_places("sand lane", for_everybody=True)] == [
        "place-osgb4000000000000004"
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [("100070000099", "UPRN 100070000099 in B6 5AA"), ("77", "UPRN 77"), ("000077", "UPRN 77")],
)
def test_a_uprn_without_an_address_is_a_property(text, label):
    [place] = suggest_places(text)

    assert (place.kind, place.label) == ("property", label)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("SP 066 868", "grid-SP066868"),
        ("SP0668", "grid-SP0668"),
        ("406600,286800", "grid-SP0660086800"),
        ("52.48, -1.89", "grid-SP0756789999"),
    ],
)
def test_a_position_is_a_square(text, slug):
    [place] = suggest_places(text)

    assert place.kind == "grid-reference"
    assert place.slug[:9] == slug[:9]


@pytest.mark.parametrize(
    "text",
    [
        "moseley",
        "B13",
        "B13 9",
        "B13 9A",
        "B13 9AA",
        "oak road",
        "12 oak",
        "church lane",
        "oak court",
        "SP 066 868",
        "406600,286800",
        "77",
        "wyddfa",
        "st mary's row",
    ],
)
def test_every_place_is_found_again_by_its_slug(text):
    places = suggest_places(text)

    assert places
    for place in places:
        again = find_place(place.slug)
        assert (again.kind, again.label, again.slug) == (place.kind, place.label, place.slug)
        assert (again.easting, again.northing) == pytest.approx((place.easting, place.northing))


def test_streets_of_one_name_have_slugs_of_their_own():
    slugs = [place.slug for place in suggest_places("church lane")]

    assert sorted(slugs) == [
        "street-church-lane_aston-birmingham",
        "street-church-lane_handsworth-birmingham",
    ]


@pytest.mark.parametrize(
    "slug",
    [
        "street-",
        "street-oak-road",
        "street-oak-road_nowhere",
        "street-Oak-Road_moseley-birmingham",
        "place-",
        "place-nothing",
        "place-osgb4000000000000001\0",
        "ward-",
        "ward-nobody",
        "grid-",
        "grid-SP066",
        "grid-sp066868",
        "grid-XX066868",
        "grid-406600,286800",
        "B99",
        "B13-8",
        "B13-9A",
        "postcode-B13",
        "street-" + "a" * 10_000,
        "place-" + "a" * 10_000,
        "grid-" + "1" * 10_000,
        "street-%_%",
        "place-\ud800",
    ],
)
def test_a_slug_that_names_nothing_is_not_found(slug):
    with pytest.raises(NotFound):
        find_place(slug)
