"""The page of a place over installations that publish everything, something and nothing."""

import pytest
from django.test import Client
from shapely import Point, box

from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

WARD = "E05011151"


@pytest.fixture(autouse=True)
def postcode() -> None:
    layer = make_layer(
        "postcodes", role="postcode", title_field="postcode", fields=[make_field("postcode")]
    )
    publish_features(layer, [MadeFeature("B11BB", Point(406000, 286000), {"postcode": "B1 1BB"})])


def _publish_ward() -> None:
    # One ward: a square of two kilometres, EPSG:27700.
    layer = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    square = box(405000, 285000, 407000, 287000)
    publish_features(layer, [MadeFeature(WARD, square, {"name": "Ladywood"})])


def _publish_councillors(*rows: dict[str, str]) -> None:
    names = ("ward_code", "name", "party", "email", "phone")
    fields = [*map(make_field, names), make_field("website", "url")]
    layer = make_layer("councillors", "None", role="councillor", fields=fields)
    publish_features(layer, [MadeFeature(str(n), None, row) for n, row in enumerate(rows)])


def _publish_schools(*schools: tuple[str, int, str, str]) -> None:
    """Publish schools of a name, metres east of the postcode, phase and type."""
    fields = [make_field(name) for name in ("urn", "name", "phase", "type")]
    layer = make_layer("schools", role="school", is_service=True, fields=fields)
    publish_features(
        layer,
        [
            MadeFeature(
                name,
                Point(406000 + metres, 286000),
                {"urn": f"9{metres}", "name": name, "phase": phase, "type": type_},
            )
            for name, metres, phase, type_ in schools
        ],
    )


def test_with_nothing_published_but_the_postcode_it_says_what_it_does_not_know(
    client: Client,
) -> None:
    answer = client.get("/my-area/B11BB")

    assert answer.status_code == 200
    assert "B1 1BB" in answer.text
    assert "We do not hold planning applications" in answer.text


def test_a_postcode_speaks_of_its_middle(client: Client) -> None:
    _publish_ward()

    text = client.get("/my-area/B11BB").text

    assert "The middle of B1 1BB is in Ladywood ward." in text
    assert "The answers are for its middle" in text


def test_an_address_speaks_of_itself(client: Client) -> None:
    _publish_ward()
    names = ("uprn", "house_number", "street", "postcode")
    layer = make_layer(
        "addresses", role="address", is_public=False, fields=[*map(make_field, names)]
    )
    row = {"uprn": "17", "house_number": "12", "street": "Oak Road", "postcode": "B1 1BB"}
    publish_features(layer, [MadeFeature("17", Point(406000, 286000), row)])

    text = client.get("/my-area/uprn-17").text

    assert "This address is in Ladywood ward." in text
    assert "The answers are for its middle" not in text


def test_a_place_on_a_border_names_both_wards(client: Client) -> None:
    layer = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    west, east = box(405000, 285000, 406000, 287000), box(406000, 285000, 407000, 287000)
    wards = [MadeFeature("1", west, {"name": "Aston"}), MadeFeature("2", east, {"name": "Lozells"})]
    publish_features(layer, wards)

    text = client.get("/my-area/B11BB").text

    assert "The middle of B1 1BB is on the border of Aston and Lozells wards." in text


def test_councillors_come_by_the_code_of_the_ward(client: Client) -> None:
    _publish_ward()
    _publish_councillors(
        {
            "ward_code": WARD,
            "name": "Cllr Ada Vale",
            "party": "Sample Party",
            "email": "ada@council.example.org",
            "phone": "0121 496 0001",
            "website": "https://councillors.example.org/1",
        },
        {"ward_code": "E05011152", "name": "Cllr Of Elsewhere"},
    )

    text = client.get("/my-area/B11BB").text

    assert "Cllr Ada Vale" in text
    assert "Sample Party" in text
    assert 'href="mailto:ada@council.example.org"' in text
    assert "0121 496 0001" in text
    assert 'href="https://councillors.example.org/1"' in text
    assert "Elsewhere" not in text


def test_a_web_page_of_an_unsafe_scheme_is_no_link(client: Client) -> None:
    _publish_ward()
    _publish_councillors({"ward_code": WARD, "name": "Cllr Vale", "website": "javascript:alert(1)"})

    assert "javascript:alert" not in client.get("/my-area/B11BB").text


def test_a_ward_whose_councillors_are_not_known_says_so(client: Client) -> None:
    _publish_ward()
    without_list = client.get("/my-area/B11BB").text
    _publish_councillors({"ward_code": "E05011152", "name": "Cllr Of Elsewhere"})

    without_name = client.get("/my-area/B11BB").text

    assert "We do not have a list of councillors." in without_list
    assert "names nobody for this ward" in without_name


def test_schools_come_by_sort_and_not_the_nearest_of_any(client: Client) -> None:
    primaries = [(f"Primary {n}", 100 * n, "Primary", "Community school") for n in range(1, 6)]
    _publish_schools(
        *primaries,
        ("Hill Secondary", 2000, "Secondary", "Academy converter"),
        ("Dale Special", 5000, "Not applicable", "Community special school"),
    )

    text = client.get("/my-area/B11BB").text

    assert text.index("Primary schools") < text.index("Hill Secondary") < text.index("Dale Special")
    assert "Primary 3" in text
    assert "Primary 4" not in text
    assert "We do not hold the catchment areas of schools" in text


def test_a_school_in_whose_catchment_a_place_is_says_so(client: Client) -> None:
    _publish_schools(
        ("Near Primary", 100, "Primary", "Community school"),
        ("Own Primary", 400, "Primary", "Community school"),
    )
    areas = make_layer("catchments", "Polygon", role="school-catchment")
    square = box(405000, 285000, 407000, 287000)
    publish_features(areas, [MadeFeature("1", square, {"name": "OWN PRIMARY"})])

    text = client.get("/my-area/B11BB").text

    assert "is in the catchment area of OWN PRIMARY." in text
    assert text.count("This place is in its catchment area.") == 1
    assert text.index(">Own Primary<") < text.index("This place is in its catchment area.")


def test_services_come_by_subject(client: Client) -> None:
    for slug, theme in (("tips", "waste"), ("parks", "leisure"), ("banks", "waste")):
        layer = make_layer(slug, is_service=True, theme=theme)
        publish_features(
            layer, [MadeFeature("1", Point(406100, 286000), {"name": f"One of {slug}"})]
        )

    text = client.get("/my-area/B11BB").text

    # In page order, the subject of the first layer comes first, with all its layers.
    order = ("near-waste", "One of banks", "One of tips", "near-leisure", "One of parks")
    assert sorted(order, key=lambda words: text.rindex(words)) == list(order)
    assert text.count("Distances are in a straight line") == 2
    # The one layer of a subject needs no heading of its own below “Parks near here”.
    assert text.count('<h3 class="nearest__title"') == 2
    assert 'id="near-leisure">Parks near here</h2>' in text
    assert '<ol class="nearest__list" aria-labelledby="near-leisure">' in text


def test_the_easy_read_version_has_the_same_facts_in_short_lines(client: Client) -> None:
    _publish_ward()
    _publish_councillors({"ward_code": WARD, "name": "Cllr Ada Vale", "phone": "0121 496 0001"})
    _publish_schools(("Near Primary", 640, "Primary", "Community school"))

    text = client.get("/my-area/B11BB?words=easy").text

    assert '<meta name="robots" content="noindex">' in text
    for line in (
        "The middle of B1 1BB is in Ladywood ward.",
        "Cllr Ada Vale is a councillor for Ladywood.",
        "Phone: 0121 496 0001",
        "Near Primary",
        "It is 0.4 miles (640 m) from here.",
    ):
        assert f">{line}</p>" in text, line
    assert "data-map" not in text


def test_easy_words_are_kept_on_the_way_to_the_right_address(client: Client) -> None:
    answer = client.get("/my-area/b1%201bb?words=easy")

    assert answer.headers["Location"] == "/my-area/B11BB?words=easy"


@pytest.mark.parametrize("words", ["", "?words=easy"])
def test_no_cache_keeps_where_somebody_lives(client: Client, words: str) -> None:
    answer = client.get(f"/my-area/B11BB{words}")

    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("slug", ["ZZ11ZZ", "uprn-1", "nothing"])
@pytest.mark.parametrize("words", ["", "?words=easy"])
def test_a_place_that_is_not_known_is_not_found(client: Client, slug: str, words: str) -> None:
    assert client.get(f"/my-area/{slug}{words}").status_code == 404
