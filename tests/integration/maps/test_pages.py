"""Pages of installations that the sample city is not: nothing loaded yet, or not everything."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from shapely import Point, box

from layers.models import Edition, Layer
from tests.factories.council import make_council
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def _publish_postcode(easting: float, northing: float) -> None:
    layer = make_layer(
        "postcodes", role="postcode", title_field="postcode", fields=[make_field("postcode")]
    )
    place = MadeFeature("B11BB", Point(easting, northing), {"postcode": "B1 1BB"})
    publish_features(layer, [place])


def _publish_wards() -> None:
    # One ward: a square of two kilometres, EPSG:27700.
    layer = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    ladywood = MadeFeature("E05011118", box(405000, 285000, 407000, 287000), {"name": "Ladywood"})
    publish_features(layer, [ladywood])


@pytest.mark.parametrize("path", ["/", "/layers/", "/data"])
def test_an_empty_installation_says_what_to_do(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert "manage.py load_sample_city" in answer.text


def test_only_a_made_up_edition_makes_the_notice(client: Client) -> None:
    real = make_layer("schools")
    publish_features(real, [MadeFeature("1", Point(406000, 286000), {"name": "Real"})])
    before = client.get("/").text
    made_up = make_layer("parks")
    publish_features(
        made_up, [MadeFeature("1", Point(406000, 286000), {"name": "Not"})], is_sample=True
    )

    after = client.get("/").text

    assert "This is a demonstration" not in before
    assert "This is a demonstration" in after


@pytest.mark.parametrize(
    ("real", "made_up", "words"),
    [
        (2, 1, "These layers are made up: Made up 0. The others are real."),
        (1, 2, "Everything on it is made up but these layers: Real 0."),
        (0, 2, "Everything on it is made up: no address"),
    ],
)
def test_the_notice_names_the_fewer_layers(
    client: Client, real: int, made_up: int, words: str
) -> None:
    feature = MadeFeature("1", Point(406000, 286000), {"name": "One"})
    for place in range(real):
        publish_features(make_layer(f"real-{place}", title=f"Real {place}"), [feature])
    for place in range(made_up):
        layer = make_layer(f"made-up-{place}", title=f"Made up {place}")
        publish_features(layer, [feature], is_sample=True)

    assert words in client.get("/").text


def test_a_service_without_an_edition_is_not_passed_over(client: Client) -> None:
    _publish_wards()
    _publish_postcode(406000, 286000)
    make_layer("libraries", is_service=True)

    answer = client.get("/my-area/B11BB")

    assert "<li>Libraries</li>" in answer.text
    assert "does not mean that there is none near you" in answer.text


def test_a_place_outside_the_council_says_so(client: Client) -> None:
    _publish_wards()
    _publish_postcode(408000, 286000)
    areas = make_layer("conservation-areas", "Polygon", is_constraint=True)
    elsewhere = MadeFeature("1", box(405000, 285000, 405100, 285100), {"name": "Green"})
    publish_features(areas, [elsewhere])

    answer = client.get("/my-area/B11BB")

    assert "is not in the area of Birmingham City Council" in answer.text
    assert "None here" not in answer.text
    assert answer.text.count("Not known here") == 1
    assert "Our map of wards does not cover this place." in answer.text


def test_a_place_inside_is_told_that_a_constraint_is_not_there(client: Client) -> None:
    _publish_wards()
    _publish_postcode(406000, 286000)
    areas = make_layer("conservation-areas", "Polygon", is_constraint=True)
    elsewhere = MadeFeature("1", box(405000, 285000, 405100, 285100), {"name": "Green"})
    publish_features(areas, [elsewhere])

    answer = client.get("/my-area/B11BB")

    assert "None here" in answer.text


def test_the_nearest_come_nearest_first_with_their_distance(client: Client) -> None:
    _publish_wards()
    _publish_postcode(406000, 286000)
    libraries = make_layer("libraries", is_service=True, theme="leisure")
    publish_features(
        libraries,
        [
            MadeFeature(name, Point(406000 + metres, 286000), {"name": name})
            for name, metres in (("Far", 3000), ("Near", 640), ("Middle", 1000), ("Farthest", 4000))
        ],
    )

    text = client.get("/my-area/B11BB").text

    assert "0.4 miles (640 m)" in text
    assert text.count("Distances are in a straight line") == 1
    assert text.index(">Near<") < text.index(">Middle<") < text.index(">Far<")
    assert "Farthest" not in text


def test_a_place_names_every_layer_that_it_used(client: Client) -> None:
    _publish_wards()
    _publish_postcode(406000, 286000)
    libraries = make_layer("libraries", is_service=True, theme="leisure")
    publish_features(libraries, [MadeFeature("1", Point(406000, 286000), {"name": "Central"})])

    _, sources = client.get("/my-area/B11BB").text.split('id="sources-title"')

    for slug in ("wards", "postcodes", "libraries"):
        assert sources.count(f"Contains {slug} of Birmingham City Council.") == 1, slug
    assert "Open Government Licence v3.0" in sources


@pytest.mark.parametrize("path", ["/layers/libraries", "/layers/libraries/1", "/embed/libraries"])
def test_a_map_names_the_source_of_its_backdrop(client: Client, path: str) -> None:
    _publish_wards()
    libraries = make_layer("libraries", is_service=True, theme="leisure")
    publish_features(libraries, [MadeFeature("1", Point(406000, 286000), {"name": "Central"})])

    text = client.get(path).text

    assert "Contains libraries of Birmingham City Council." in text
    assert "Wards: Contains wards of Birmingham City Council." in text


def test_a_title_of_the_data_is_escaped(client: Client) -> None:
    layer = make_layer("schools", title="<b>Schools</b>")
    publish_features(layer, [MadeFeature("1", Point(406000, 286000), {"name": "<i>One</i>"})])

    text = client.get("/layers/schools").text

    assert "<b>Schools" not in text
    assert "<i>One" not in text
    assert "&lt;i&gt;One&lt;/i&gt;" in text


def test_who_finds_nothing_is_shown_what_the_council_says_can_be_found(client: Client) -> None:
    council = make_council()
    council.brand = {"example_postcode": "BA1 5AW", "example_street": "High Street, Twerton"}
    council.save()

    page = client.post("/my-area/", {"place": "nowhere"}).text

    assert "Enter a full UK postcode, like BA1 5AW, or a street name." in page
    assert "like High Street, Twerton." in page


def test_the_brand_is_a_style_sheet_of_nothing_but_its_colours(client: Client) -> None:
    council = make_council()
    council.brand = {"colour": "#3b1f5b", "text_colour": "#fff} body{display:none"}
    council.save()

    answer = client.get("/brand.css")

    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.text == ":root {\n  --brand-colour: #3b1f5b;\n}\n"


@pytest.mark.parametrize("path", ["/layers/nothing", "/layers/schools/nothing", "/embed/nothing"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["after=x", "after=-1", "before=1e3", "after=" + "9" * 30])
def test_a_bad_place_in_a_list_is_a_bad_request(client: Client, query: str) -> None:
    publish_features(
        make_layer("schools"), [MadeFeature("1", Point(406000, 286000), {"name": "One"})]
    )

    assert client.get(f"/layers/schools?{query}").status_code == 400


def test_a_layer_says_when_it_was_checked_and_since_when_it_cannot_be_refreshed(
    client: Client,
) -> None:
    layer = make_layer("schools", refresh_days=30)
    publish_features(layer, [MadeFeature("1", Point(406000, 286000), {"name": "Hill"})])
    Edition.objects.update(published_at=datetime(2026, 9, 1, 12, tzinfo=UTC))
    before = client.get("/layers/schools").text
    # As an import does that finds nothing new: `changed_at` stays.
    Layer.objects.update(checked_at=datetime(2026, 10, 2, 12, tzinfo=UTC))
    checked = client.get("/layers/schools").text
    Layer.objects.update(failing_since=datetime(2026, 11, 3, 12, tzinfo=UTC))

    failing = client.get("/layers/schools").text

    assert "Last changed</dt><dd>1 September 2026" in before
    assert "Last checked</dt><dd>1 September 2026" in before
    assert "Last changed</dt><dd>1 September 2026" in checked
    assert "Last checked</dt><dd>2 October 2026" in checked
    assert "Refresh was due</dt><dd>1 November 2026" in checked
    assert "not been able" not in checked
    assert (
        "We have not been able to refresh this since 3 November 2026; what you see is from "
        "2 October 2026." in failing
    )
    assert client.get("/api/collections/schools").json()["failingSince"].startswith("2026-11-03")


def test_checking_a_source_makes_no_hot_answer_look_its_layer_up_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = make_layer("schools")
    publish_features(layer, [MadeFeature("1", Point(406000, 286000), {"name": "Hill"})])
    client.get("/api/collections/schools/items")

    Layer.objects.update(checked_at=datetime(2026, 10, 2, 12, tzinfo=UTC))

    monkeypatch.setattr("layers.query.cache.find_layer", None)
    assert client.get("/api/collections/schools/items").status_code == 200
