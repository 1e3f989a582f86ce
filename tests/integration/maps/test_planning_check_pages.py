"""The pages of the constraint check: every way to give a site, the answers, and kept checks."""

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import geopandas
import pypdf
import pytest
import shapely
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone
from shapely import Point

from accounts.models import User
from layers import crs
from layers.models import Edition, Layer, Organisation
from layers.publish import hide_fields, withdraw_layer
from layers.query.turns import SEARCHES, Turns
from maps.planning_check import upload
from planning.receipts.models import Aside, Receipt
from tests.factories.checks import FIELD, NEXT_FIELD, make_constraint, publish_shapes
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
CORNERS = "405000 285000\n405100 285000\n405100 285100\n405000 285100"
BOUNDARY = {"way": "boundary", "boundary": CORNERS, "label": "Plot 7"}
# Each is kept from a network of its own: one keeps no more than a few a minute.
_HOSTS = count(1)
KEPT = {"site": FIELD.wkt, "given_as": "typed", "label": "Plot 7"}


@pytest.fixture
def client(settings: Any, tmp_path: Any) -> Iterator[Client]:
    settings.INBOX_DIR = tmp_path / "inbox"
    with override_settings(STORAGES={**django_settings.STORAGES, **PLAIN_STATIC_FILES}):
        yield Client()


@pytest.fixture(autouse=True)
def zones() -> Layer:
    layer = make_constraint("zones", style={"colour": "#7a2048"})
    publish_shapes(layer, meadow=FIELD.buffer(20), next=NEXT_FIELD)
    publish_shapes(make_constraint("floods"), far=shapely.box(405150, 285000, 405160, 285100))
    elsewhere = shapely.box(401000, 281000, 401100, 281100)
    publish_shapes(make_constraint("unsaid", coverage={}), elsewhere=elsewhere)
    return layer


def keep(client: Client, **changes: str) -> str:
    response = client.post(
        "/planning/checks/",
        {**KEPT, **changes},
        REMOTE_ADDR=f"198.51.100.{next(_HOSTS)}",
    )
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def plain(text: str) -> str:
    """Return a page's words as they are read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def sent(document: Any, name: str = "site.geojson") -> dict[str, Any]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return {"way": "file", "file": SimpleUploadedFile(name, content)}


def polygon(shape: shapely.Geometry, **properties: Any) -> dict[str, Any]:
    corners = [crs.point_4326(x, y) for x, y in shapely.get_coordinates(shape)]
    geometry = {"type": "Polygon", "coordinates": [corners]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_a_typed_boundary_is_answered_in_three_groups_and_not_kept(client: Client) -> None:
    response = client.post("/planning/check", BOUNDARY)

    text = plain(response.text)
    assert "Of 3 kinds of constraint, 1 applies to this site, 1 does not and 1 is not known" in text
    assert "A boundary given by its corners: 1.00 hectares (10,000 m²)." in text
    assert "Probably a neighbour’s" in text
    assert "The nearest is “far”, 50 m away." in text
    assert "It is not known which area this layer covers" in text
    assert "not a local land charges search" in text
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "one on each line"),
        ("405000 285000\nhere", "Line 2: “here” is not a corner."),
        ("505000 285000\n505100 285000\n505100 285100", "outside the area of this council"),
    ],
)
def test_what_is_wrong_with_a_boundary_is_said_and_what_was_typed_is_there_again(
    client: Client, text: str, fault: str
) -> None:
    response = client.post("/planning/check", {**BOUNDARY, "boundary": text})

    assert response.status_code == 400
    assert response.text.count(fault) == 2  # above the page, and at the field
    assert 'href="#boundary"' in response.text
    assert f">{text}</textarea>" in response.text
    assert 'value="Plot 7"' in response.text


def test_a_boundary_of_a_megabyte_is_refused_with_a_way_out(client: Client) -> None:
    response = client.post("/planning/check", {**BOUNDARY, "boundary": "1" * 1_200_000})

    assert response.status_code in (400, 413)
    assert "Send the boundary as a file" in response.text


def test_a_file_with_one_shape_is_answered_at_once(client: Client) -> None:
    response = client.post("/planning/check", sent(collection(polygon(FIELD, name="Plot 9"))))

    assert "Plot 9" in response.text
    assert "A boundary from a file: 1.00 hectares" in plain(response.text)


def test_of_two_files_the_first_is_read(client: Client) -> None:
    first, second = (
        sent(collection(polygon(shape, name=name)))["file"]
        for shape, name in ((FIELD, "Plot 1"), (NEXT_FIELD, "Plot 2"))
    )

    response = client.post("/planning/check", {"way": "file", "file": [first, second]})

    assert response.status_code == 200
    assert "Plot 1" in response.text
    assert "Plot 2" not in response.text


def test_whoever_sends_files_while_others_are_read_is_told_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(lambda: 1, lambda: 0)
    monkeypatch.setattr(upload, "_TURNS", turns)

    with turns.taken():
        response = client.post("/planning/check", sent(collection(polygon(FIELD))))

    assert response.status_code == 400
    assert "Another file is being read just now." in response.text
    assert client.post("/planning/check", sent(collection(polygon(FIELD)))).status_code == 200


# What may be pasted may be sent as a file, and means the same.
@pytest.mark.parametrize(
    "document",
    [
        polygon(FIELD)["geometry"],
        polygon(FIELD),
        {"type": "GeometryCollection", "geometries": [polygon(FIELD)["geometry"]]},
        shapely.geometry.mapping(FIELD),
        collection(
            {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(FIELD)}
        ),
    ],
    ids=["geometry", "feature", "geometries", "geometry in metres", "collection in metres"],
)
def test_geojson_is_a_site_pasted_or_sent(client: Client, document: dict[str, Any]) -> None:
    pasted = client.post("/planning/check", {**BOUNDARY, "boundary": json.dumps(document)})
    from_file = client.post("/planning/check", sent(document))

    assert "1.00 hectares (10,000 m²)" in plain(pasted.text)
    assert "A boundary from a file: 1.00 hectares (10,000 m²)" in plain(from_file.text)


def test_a_file_in_numbers_of_another_system_is_told_so(client: Client) -> None:
    far = {"type": "Point", "coordinates": [-211_000.0, 6_880_000.0]}

    response = client.post("/planning/check", sent(far))

    assert response.status_code == 400
    assert "look like web map coordinates (EPSG:3857)" in response.text


def test_of_a_file_with_several_shapes_one_is_chosen(client: Client) -> None:
    elsewhere = shapely.transform(FIELD, lambda each: each + [60_000, 0])
    document = collection(
        polygon(FIELD, name="<b>Plot</b> 1"), polygon(NEXT_FIELD), polygon(elsewhere)
    )

    page = client.post("/planning/check", sent(document)).text
    forms = re.findall(r'name="label" value="([^"]*)".*?name="site" value="([^"]*)"', page, re.S)

    assert "The file has 2 shapes that can be checked. 1 other cannot" in plain(page)
    assert [label for label, _site in forms] == ["&lt;b&gt;Plot&lt;/b&gt; 1", "Shape 2"]
    assert shapely.from_wkt(forms[1][1]).symmetric_difference(NEXT_FIELD).area < 0.01  # m²
    chosen = client.post("/planning/check", {"way": "site", "site": forms[1][1], "label": "Two"})
    assert "Of 3 kinds of constraint" in chosen.text


def test_a_shape_of_a_file_that_is_not_in_great_britain_is_not_left_out_in_silence(
    client: Client,
) -> None:
    away = polygon(FIELD, name="Lost")
    away["geometry"]["coordinates"] = [[[2.3, 48.8], [2.31, 48.8], [2.31, 48.81], [2.3, 48.8]]]

    text = plain(client.post("/planning/check", sent(collection(away, polygon(FIELD)))).text)

    assert "The file has 1 shape that can be checked. 1 other cannot" in text


def test_a_line_of_a_file_that_ends_where_it_begins_is_an_area(client: Client) -> None:
    outline = polygon(FIELD)
    outline["geometry"] = {
        "type": "LineString",
        "coordinates": outline["geometry"]["coordinates"][0],
    }

    text = plain(client.post("/planning/check", sent(collection(outline))).text)

    assert "A boundary from a file: 1.00 hectares" in text


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("site.geojson", b"", "Choose a file that is not empty"),
        ("site.geojson", b"{", "GeoJSON"),
        ("site.kml", b"<OGRVRTDataSource/>", "VRT"),
        ("site.csv", b"a,b\n1,2\n", "Send the site as GeoJSON, KML"),
        ("site.csv", b"a,b\n1,2\n", "A list of corners is pasted"),
        ("site.shp", b"\x00\x00\x27\x0a", ".prj"),
        ("../../etc/passwd.geojson", b"PK\x03\x04", "zip"),
    ],
)
def test_files_that_are_no_site_are_refused_with_what_to_do(
    client: Client, name: str, content: bytes, fault: str
) -> None:
    response = client.post("/planning/check", sent(content, name))

    assert response.status_code == 400
    assert fault in response.text
    assert 'id="file-error"' in response.text


UNCLOSED = [[[-1.92, 52.47], [-1.91, 52.47], [-1.91, 52.48]]]


@pytest.mark.parametrize("broken", [UNCLOSED, []])
def test_a_shape_that_cannot_be_read_is_told_beside_one_that_can(
    client: Client, broken: Any
) -> None:
    whole_site = polygon(FIELD, name="Whole site")
    whole_site["geometry"]["coordinates"] = broken

    page = client.post("/planning/check", sent(collection(whole_site, polygon(NEXT_FIELD)))).text
    alone = client.post("/planning/check", sent(collection(whole_site)))

    assert "The file has 1 shape that can be checked. 1 other cannot" in plain(page)
    assert alone.status_code == 400
    assert "The file has no shapes" not in alone.text


def test_whoever_sends_a_file_with_two_layers_is_told_nothing_of_the_catalogue(
    client: Client, tmp_path: Any
) -> None:
    file = tmp_path / "site.gpkg"
    for layer in ("plot", "trees"):
        geopandas.GeoDataFrame(geometry=[FIELD], crs=27700).to_file(file, layer=layer)

    page = client.post("/planning/check", sent(file.read_bytes(), "site.gpkg")).text

    assert "holds 2 layers: plot, trees. Send a file with the layer of the site alone." in page
    assert "catalogue" not in page.partition('id="file-error"')[2].partition("</div>")[0]


def test_a_file_whose_numbers_are_no_degrees_here_is_told_so(client: Client) -> None:
    feature = polygon(FIELD)
    corners = feature["geometry"]["coordinates"][0]
    feature["geometry"]["coordinates"] = [[corner[::-1] for corner in corners]]

    response = client.post("/planning/check", sent(collection(feature)))

    assert response.status_code == 400
    assert "nothing in the file is in Great Britain. Longitude comes first" in response.text


def test_a_shape_is_called_by_its_name_and_not_by_a_programs_number(client: Client) -> None:
    document = collection(
        polygon(FIELD, fid=7, ref="26/00123", name="Plot 9"), polygon(NEXT_FIELD, fid=8)
    )

    page = client.post("/planning/check", sent(document)).text

    assert re.findall(r'name="label" value="([^"]*)"', page) == ["26/00123 · Plot 9", "8"]


def test_a_file_that_is_too_large_is_thrown_away_as_it_comes(client: Client, settings: Any) -> None:
    settings.SITE_FILE_MAX_BYTES = 1_000_000

    response = client.post("/planning/check", sent(b" " * 1_500_000))

    assert "larger than 1 MB" in response.text
    assert list(settings.INBOX_DIR.iterdir()) == []


def test_nothing_of_a_file_stays(client: Client, settings: Any) -> None:
    client.post("/planning/check", sent(collection(polygon(FIELD))))

    assert list(settings.INBOX_DIR.iterdir()) == []


def test_an_address_leads_to_answers_about_its_point(client: Client) -> None:
    postcodes = make_layer(
        "postcodes", role="postcode", title_field="postcode", fields=[make_field("postcode")]
    )
    publish_features(
        postcodes, [MadeFeature("B11BB", Point(405050, 285050), {"postcode": "B1 1BB"})]
    )

    response = client.post("/planning/check", {"place": "b1 1bb"})

    assert response.status_code == 303
    assert response.headers["Location"] == "/planning/check/at/B11BB"
    text = plain(client.get("/planning/check/at/B11BB").text)
    assert "One point in the middle of the postcode. Grid reference SP 05050 85050" in text
    assert "not a house. What applies to a house of it may be more" in text
    assert "This point lies in it" in text
    assert client.get("/planning/check/at/ZZ11ZZ").status_code == 404
    assert client.get("/planning/check/at/B11BB?x=1").status_code == 400


@pytest.mark.parametrize(
    "text", ["2A Oak Road", "2-4 Oak Road", "Flat 4, 2 Oak Road", "2/4 oak rd"]
)
def test_nobody_is_told_what_applies_to_another_house(client: Client, text: str) -> None:
    publish_addresses(is_public=True)

    response = client.post("/planning/check", {"place": text})

    assert response.status_code == 200
    assert "We found nothing written just like that." in response.text
    assert 'href="/planning/check/at/uprn-2"' in response.text
    assert client.post("/planning/check", {"place": "2 Oak Road"}).status_code == 303


def test_a_reference_is_looked_for_in_the_applications(client: Client) -> None:
    fields = [make_field("reference", is_queryable=True)]
    cases = make_layer("cases", role="planning-application", title_field="reference", fields=fields)
    publish_features(cases, [MadeFeature("a", Point(405050, 285050), {"reference": "2026/1/PA"})])

    page = client.post("/planning/check", {"place": "2026/1/PA"}).text

    assert 'href="/planning/applications?reference=2026%2F1%2FPA"' in page


def change(client: Client, answered: str) -> str:
    """Press the button that brings the form back, and return that page."""
    form = answered.partition('class="check-change"')[2].partition("</form>")[0]
    assert 'method="post" action="/planning/check' in answered.partition(form)[0][-200:] + form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    response = client.post("/planning/check", {n: html.unescape(v) for n, v in fields.items()})
    assert response.status_code == 200, response.text
    assert "no-store" in response.headers["Cache-Control"]
    return response.text


def held(page: str) -> dict[str, str]:
    """Return what the form's fields hold: its corners, what it is called, and how it was given."""
    corners = re.search(r'<textarea[^>]*id="boundary"[^>]*>([^<]*)<', page)
    given_as = re.search(r'name="given_as" value="([^"]*)"', page)
    label = re.search(r'id="label"[^>]* value="([^"]*)"', page)
    assert corners and given_as and label
    return {
        "way": "boundary",
        "boundary": html.unescape(corners[1]),
        "given_as": given_as[1],
        "label": html.unescape(label[1]),
    }


HOLED = FIELD.difference(shapely.box(405040, 285040, 405060, 285060))


@pytest.mark.parametrize(
    ("shape", "given_as", "looks"),
    [
        (FIELD, "typed", r"405000 285000\n"),
        (FIELD, "drawn", r"52\.\d{7}, -1\.\d{7}\n"),
        (FIELD, "feature", r"52\.\d{8}, -1\.\d{8}\n"),
        (shapely.union(FIELD, shapely.affinity.translate(FIELD, 200)), "file", r".*\n\n40"),
        (HOLED, "file", r"POLYGON"),
        (Point(405050.25, 285050.5), "typed", r"405050.25 285050.5$"),
        (Point(405050.25, 285050.5), "drawn", r"52\.\d{7}, -1\.\d{7}$"),
    ],
    ids=["typed", "drawn", "of a layer", "of parts", "with a hole", "point", "point drawn"],
)
def test_the_boundary_of_an_answer_can_be_changed(
    client: Client, shape: shapely.Geometry, given_as: str, looks: str
) -> None:
    shown = {"way": "site", "site": shape.wkt, "given_as": given_as, "label": "Plot “7” & 8"}
    answered = client.post("/planning/check", shown).text

    fields = held(change(client, answered))
    again = client.post("/planning/check", fields).text

    assert "Change the boundary" in answered
    assert re.match(looks, fields["boundary"], re.S), fields
    assert fields["given_as"] == ("drawn" if given_as == "drawn" else "typed")
    assert fields["label"] == "Plot “7” & 8"
    site = re.search(r'name="site" value="([^"]*)"', again)
    assert site is not None
    # A centimetre, of what was drawn to a centimetre.
    assert shapely.hausdorff_distance(shapely.from_wkt(site[1]), shape) < 0.01


def test_a_boundary_that_is_changed_keeps_the_day_until_it_is_emptied(client: Client) -> None:
    shown = {"way": "site", "site": FIELD.wkt, "given_as": "typed", "as_at": "2026-03-31"}

    page = change(client, client.post("/planning/check", shown).text)
    [day] = re.findall(r'name="as_at"[^>]* value="([^"]*)"', page)

    assert day == "2026-03-31"
    again = client.post("/planning/check", {**held(page), "as_at": day}).text
    assert "Answered from the editions of 31 March 2026" in again
    assert "Answered from" not in client.post("/planning/check", {**held(page), "as_at": ""}).text
    wrong = client.post("/planning/check", {**held(page), "as_at": "2999-01-01"})
    assert (wrong.status_code, "Enter a day that has been" in wrong.text) == (400, True)
    assert 'name="as_at"' in wrong.text and "405000 285000" in wrong.text


def test_the_map_begins_at_a_boundary_that_is_changed(client: Client) -> None:
    page = change(client, client.post("/planning/check", BOUNDARY).text)

    settings = re.search(r'<script id="map-settings"[^>]*>(.*?)</script>', page, re.S)
    assert settings is not None
    west, south, east, north = json.loads(settings[1])["box"]
    corners = shapely.box(*crs.point_27700(west, south), *crs.point_27700(east, north))
    assert corners.contains(FIELD)
    assert corners.area < 20 * FIELD.area


def test_of_a_place_that_was_found_the_form_holds_what_was_searched_for(client: Client) -> None:
    postcodes = make_layer(
        "postcodes", role="postcode", title_field="postcode", fields=[make_field("postcode")]
    )
    publish_features(
        postcodes, [MadeFeature("B11BB", Point(405050, 285050), {"postcode": "B1 1BB"})]
    )
    reference = client.post("/planning/check", {"place": "SP 05050 85050"}).headers["Location"]

    for address, words in (("at/B11BB", "B1 1BB"), (reference, "405050.5 285050.5")):
        address = address.removeprefix("/planning/check/")
        answered = client.get(f"/planning/check/{address}").text
        page = change(client, answered)
        place = re.search(r'id="place"[^>]* value="([^"]*)"', page)

        assert "Change the place, or draw a boundary" in answered
        assert place is not None and place[1] == words
        assert held(page)["boundary"] == ""
        again = client.post("/planning/check", {"place": words})
        assert again.headers["Location"] == f"/planning/check/{address}"


def test_a_site_to_change_that_is_none_is_refused_with_what_was_sent(client: Client) -> None:
    response = client.post("/planning/check", {"way": "change", "site": "POINT (1 2"})

    assert response.status_code == 400
    assert held(response.text)["boundary"] == "POINT (1 2"


def test_a_search_from_the_form_stays_with_the_check(client: Client) -> None:
    faulty = client.post("/planning/check", {**BOUNDARY, "boundary": "nowhere"})
    for page in (client.get("/planning/check"), faulty):
        form = page.text.partition('<form class="search-form"')[2].partition(">")[0]

        assert 'action="/planning/check"' in form
        # Where a suggestion leads.
        assert 'data-area="/planning/check/at/SLUG"' in form


def test_nobody_is_led_from_a_choice_of_sites_to_what_is_near_them(client: Client) -> None:
    fields = [make_field("postcode"), make_field("terminated")]
    postcodes = make_layer("postcodes", role="postcode", title_field="postcode", fields=fields)
    ended = {"postcode": "B1 1BB", "terminated": "2020-01-01"}
    publish_features(postcodes, [MadeFeature("B11BB", Point(405050, 285050), ended)])

    page = client.post("/planning/check", {"place": "b1 1bb"}).text

    assert "Places matching" in page
    assert "data-use-location" not in page
    assert "data-use-location" not in client.get("/planning/check").text


def test_a_grid_reference_and_coordinates_are_places_too(client: Client) -> None:
    for text in ("SP 05050 85050", "405050 285050"):
        found = client.post("/planning/check", {"place": text}).headers["Location"]
        assert "A point." in plain(client.get(found).text)


def test_the_grid_reference_that_was_given_is_the_one_that_is_told(client: Client) -> None:
    text = plain(client.get("/planning/check/at/grid-SP0505185051").text)

    assert "Grid reference SP 05051 85051 (easting 405051, northing 285051)" in text


@pytest.mark.parametrize("slug", ["grid-SP050850", "ward-E1"])
def test_the_middle_of_something_wide_is_said_to_be_that_and_no_more(
    client: Client, slug: str
) -> None:
    wards = make_layer("wards", "Polygon", role="ward")
    publish_features(wards, [MadeFeature("E1", FIELD, {"name": "Fields"})])

    text = plain(client.get(f"/planning/check/at/{slug}").text)

    assert "one point in the middle of a larger place" in text


def test_the_example_of_a_corner_lies_in_the_council_whose_page_it_is(client: Client) -> None:
    Organisation.objects.update(extent_27700=[351_000, 152_500, 381_000, 171_500])

    assert 'placeholder="366000 162000"' in client.get("/planning/check").text


def test_a_place_that_is_not_found_is_said_on_the_same_page(client: Client) -> None:
    response = client.post("/planning/check", {"place": "nowhere at all"})

    assert "We found no place called" in response.text
    assert 'data-map="drawing"' in response.text


def test_a_feature_of_a_layer_is_a_site(client: Client) -> None:
    sites = make_layer("brownfield", "Polygon")
    publish_shapes(sites, works=FIELD)

    assert "/planning/check/of/brownfield/works" in client.get("/layers/brownfield/works").text
    text = plain(client.get("/planning/check/of/brownfield/works").text)
    assert "A feature of one of our layers: 1.00 hectares" in text
    assert client.get("/planning/check/of/brownfield/none").status_code == 404
    assert client.get("/planning/check/of/none/works").status_code == 404


def publish_listed(*, at: Point) -> None:
    titles = {"list_entry": "List entry", "name": "Name", "grade": "Grade"}
    fields = [make_field(name, title=title) for name, title in titles.items()]
    listed = make_constraint("listed", "Point", fields=fields, title_field="name")
    said = {"list_entry": "1394736", "name": "1-30 ROYAL CRESCENT", "grade": "I"}
    publish_features(listed, [MadeFeature("1394736", at, said)])


def test_a_decision_file_has_a_features_number_and_grade(client: Client) -> None:
    publish_listed(at=Point(405050, 285050))

    address = keep(client)

    facts = "List entry: 1394736 · Grade: I"
    text = plain(client.get(address).text)
    assert f"Its point lies in the site. {facts}" in text
    table = b"".join(client.get(f"{address}.csv")).decode("utf-8-sig")
    [row] = [row for row in csv.DictReader(io.StringIO(table)) if row["layer"] == "listed"]
    assert row["facts"] == "List entry: 1394736; Grade: I"
    document = json.loads(client.get(f"{address}.geojson").content)
    found = {each["properties"].get("title"): each["properties"] for each in document["features"]}
    assert found["1-30 ROYAL CRESCENT"]["facts"] == {"List entry": "1394736", "Grade": "I"}


def publish_zone(slug: str, zone: str, shape: shapely.Geometry) -> None:
    fields = [make_field("zone", title="Flood zone")]
    layer = make_constraint(slug, fields=fields, title_field="zone")
    publish_features(layer, [MadeFeature("z", shape, {"zone": zone})])


def test_a_feature_whose_title_is_a_number_is_named_by_what_it_is(client: Client) -> None:
    publish_zone("rivers", "3", FIELD.buffer(9))
    publish_zone("sea", "2", FIELD.buffer(1, join_style="mitre"))

    text = plain(client.post("/planning/check", BOUNDARY).text)
    beyond = BOUNDARY | {"boundary": "405020 285110\n405040 285110\n405040 285130"}
    nearest = plain(client.post("/planning/check", beyond).text)

    assert "Flood zone 3 The whole site lies in it" in text
    assert "The nearest is “Flood zone 2”, 9 m away." in nearest
    of_zone = plain(client.get("/planning/check/of/rivers/z").text)
    assert "Constraint check Flood zone 3 Of" in of_zone
    desk = f"/manage/checks/{keep(client).rpartition('/')[2]}"
    assert "Set it aside : Flood zone 3" in plain(officer("set_aside_finding").get(desk).text)
    assert ">Flood zone 3</a>" in client.get("/map?layer=rivers").text


def test_a_layer_of_points_says_that_it_marks_a_terrace_by_one(client: Client) -> None:
    publish_listed(at=Point(405300, 285050))

    text = plain(client.post("/planning/check", BOUNDARY).text)

    assert "There is none within 100 m. This layer has one point for each, even for a whole" in text


def test_a_layer_without_some_rows_of_its_source_says_so_where_it_does_not_apply(
    client: Client,
) -> None:
    floods = Layer.objects.get(slug="floods")
    Edition.objects.filter(layer=floods).update(unplaced_count=2)
    address = keep(client)
    publish_shapes(floods, far=shapely.box(405150, 285000, 405160, 285100))

    words = "2 rows of its source had faults, were kept out and do not say where they lie"
    for part in ("", ".csv"):
        answer = client.get(f"{address}{part}")
        text = b"".join(answer).decode() if answer.streaming else plain(answer.text)
        assert text.count(words) == 1
    assert "were kept out" not in client.get(f"{address}/again").text


def test_the_page_says_where_the_site_is_by_grid_reference(client: Client) -> None:
    text = plain(client.post("/planning/check", BOUNDARY).text)

    where = "grid reference SP 05050 85050 (easting 405050, northing 285050)"
    assert f"Its middle is at {where}." in text


def test_a_layer_that_is_withdrawn_is_not_known_and_never_does_not_apply(
    client: Client, zones: Layer
) -> None:
    withdraw_layer(zones)

    text = plain(client.post("/planning/check", BOUNDARY).text)

    assert "0 apply to this site, 1 does not and 2 are not known here" in text
    assert "The layer was withdrawn" in text


def test_the_form_of_another_day_answers_from_that_day(client: Client) -> None:
    shown = {"way": "site", "site": FIELD.wkt, "given_as": "drawn", "as_at": "2001-01-01"}

    text = plain(client.post("/planning/check", shown).text)

    assert "Answered from the editions of 1 January 2001." in text
    assert "3 are not known here" in text
    for day in ("tomorrow", "2999-01-01", "2001-02-30"):
        assert client.post("/planning/check", {**shown, "as_at": day}).status_code == 400


@pytest.mark.parametrize("address", ["/planning/check", "/planning/checks/"])
def test_a_site_is_not_lost_for_a_day_that_is_none(client: Client, address: str) -> None:
    response = client.post(address, {**KEPT, "way": "site", "as_at": "2999-01-01"})

    assert response.status_code == 400
    assert "Enter a day that has been" in response.text
    assert f">{FIELD.wkt}</textarea>" in response.text
    assert '<a href="#as_at">Enter a day that has been' in response.text
    assert re.search(
        r'<input[^>]*id="as_at"[^>]*aria-describedby="as_at-hint as_at-error"', response.text
    )
    assert "boundary-error" not in response.text
    assert 'value="Plot 7"' in response.text


def test_a_kept_check_has_an_address_files_and_no_cache(client: Client) -> None:
    address = keep(client)

    page = client.get(address)
    assert "Plot 7" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "private" in page.headers["Cache-Control"]
    assert 'name="robots" content="noindex' in page.text
    receipt = Receipt.objects.get()
    assert receipt.sha256 in page.text
    assert client.get(f"{address}.json").content == bytes(receipt.record)
    assert "agree with the record to the byte" in client.get(f"{address}/verify").text


def test_the_csv_has_a_row_for_each_finding_and_runs_no_formula(client: Client) -> None:
    publish_shapes(make_constraint("evil"), **{"=1+1": FIELD})
    address = keep(client, label="@SUM(A1)")

    text = b"".join(client.get(f"{address}.csv")).decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["layer"], row["feature"], row["verdict"]) for row in rows} == {
        ("evil", "'=1+1", "applies"),
        ("zones", "meadow", "applies"),
        ("zones", "next", "applies"),
        ("unsaid", "", "not-known"),
        ("floods", "", "does-not-apply"),
    }
    meadow = next(row for row in rows if row["feature"] == "meadow")
    assert meadow["site"] == "'@SUM(A1)"
    assert (meadow["overlap_m2"], meadow["overlap_percent"]) == ("10000.00", "100.00")
    assert next(row for row in rows if row["feature"] == "next")["probably_neighbours"] == "yes"


def test_the_geojson_has_the_site_and_what_was_found(client: Client) -> None:
    answer = client.get(f"{keep(client)}.geojson")

    document = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/geo+json"
    site, *found = document["features"]
    corners = shapely.get_coordinates(shapely.from_geojson(json.dumps(site["geometry"])))
    assert [crs.point_27700(x, y)[0] for x, y in corners][0] == pytest.approx(405000, abs=100.1)
    assert {feature["properties"]["title"] for feature in found} >= {"meadow", "next"}
    assert all(feature["geometry"] for feature in found)


def test_run_again_says_what_has_changed(client: Client, zones: Layer) -> None:
    address = keep(client)
    assert "Nothing is different" in client.get(f"{address}/again").text

    publish_shapes(zones, pond=FIELD.buffer(-10))

    text = plain(client.get(f"{address}/again").text)
    assert "1 kind of constraint is answered differently." in text
    assert "Added: pond" in text
    assert "No longer there: meadow" in text
    assert "to the byte" in client.get(f"{address}/verify").text
    assert "1 January 2001" in client.get(f"{address}/again?as_at=2001-01-01").text
    assert client.get(f"{address}/again?as_at=x").status_code == 400
    assert client.get(f"{address}/again?x=1").status_code == 400


def test_a_link_of_a_kept_check_to_what_was_taken_out_since_says_so(
    client: Client, zones: Layer
) -> None:
    page = client.get(keep(client)).text
    [address] = re.findall(r'href="(/layers/zones/meadow)"', page)
    publish_shapes(zones, pond=FIELD.buffer(-10))

    gone = client.get(address)

    assert gone.status_code == 404
    assert "taken out since" in plain(gone.text)
    assert 'href="/layers/zones"' in gone.text


def test_what_is_not_known_of_a_day_is_not_said_to_have_gone(client: Client, zones: Layer) -> None:
    address = keep(client)

    before = plain(client.get(f"{address}/again?as_at=2001-01-01").text)
    withdraw_layer(zones)
    after = plain(client.get(f"{address}/again").text)

    assert "Not known here. No edition of this layer was published." in before
    for text in (before, after):
        assert "is answered differently" in text or "are answered differently" in text
        assert "No longer there" not in text and "Without: meadow" not in text


def test_two_sites_stand_side_by_side(client: Client) -> None:
    first, second = keep(client), keep(client, label="Plot 8", site=NEXT_FIELD.wkt)

    sent_on = client.get(f"{first}/beside", {"other": f"https://maps.example.org{second}"})

    assert sent_on.status_code == 302
    text = plain(client.get(sent_on.headers["Location"]).text)
    assert "Plot 7" in text and "Plot 8" in text
    assert "Also: far" in text and "No longer there" not in text
    assert "Differently: meadow (" in text and "Changed: " not in text
    for pasted in ("elsewhere", first):
        assert client.get(f"{first}/beside", {"other": pasted}).status_code == 400
    assert client.get(f"{first}/beside/{'A' * 22}").status_code == 404


@pytest.mark.parametrize("name", ["A" * 22, "short", "x.csv", "A" * 22 + "/again", "a.b.json"])
def test_addresses_under_which_nothing_is_kept_say_what_to_do(client: Client, name: str) -> None:
    response = client.get(f"/planning/checks/{name}")

    assert response.status_code == 404
    assert "No check is kept here" in response.text


def test_another_sites_form_is_shown_and_not_kept(client: Client) -> None:
    response = client.post("/planning/checks/", KEPT, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert "Another website sent this" in response.text
    assert not Receipt.objects.exists()


def test_a_label_is_one_line_of_plain_text(client: Client) -> None:
    address = keep(client, label="<script>\x07\n alert(1)</script> " + "x" * 200)

    page = client.get(address).text

    assert "&lt;script&gt; alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page
    assert "x" * 81 not in page


def officer(*rights: str) -> Client:
    user = User.objects.create_user(
        username=f"officer-{len(rights)}", first_name="Ada", last_name="L"
    )
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    return client


def test_an_officer_sets_a_finding_aside_and_everybody_sees_why(client: Client) -> None:
    address = keep(client)
    desk = f"/manage/checks/{address.rpartition('/')[2]}"
    finding = {"set_aside": "zones:next", "reason:zones:next": "Only the wall touches."}
    planner = officer("set_aside_finding")

    assert planner.post(desk, {**finding, "reason:zones:next": " "}).status_code == 400
    unknown = {"set_aside": "zones:none", "reason:zones:none": "x"}
    assert planner.post(desk, unknown).status_code == 404
    assert planner.post(desk, {"set_aside": "zones"}).status_code == 400
    assert planner.post(desk, finding).status_code == 302

    page = plain(client.get(address).text)
    assert "Set aside by an officer on" in page
    assert "An officer has set 1 finding aside. It is listed" in page
    assert "Only the wall touches." in page
    assert "Ada" not in page
    assert "Ada L" in planner.get(desk).text
    assert "Only the wall touches." in b"".join(client.get(f"{address}.csv")).decode()
    planner.post(desk, {"take_back": "zones:next", "reason:zones:next": "It does not."})
    page = plain(client.get(address).text)
    assert "Taken back by an officer" in page
    assert "An officer has set" not in page


def test_reasons_typed_beside_other_findings_are_kept_when_one_is_sent(client: Client) -> None:
    check_id = keep(client).rpartition("/")[2]
    desk = f"/manage/checks/{check_id}"
    planner = officer("set_aside_finding")
    typed = {
        "reason:zones:next": "Only the wall touches.",
        "reason:zones:meadow": "Half typed & not",
        "set_aside": "zones:next",
    }

    first = planner.post(desk, typed)
    again = planner.post(desk, typed)
    refused = planner.post(desk, {**typed, "reason:zones:next": "", "set_aside": "zones:next"})

    assert (first.status_code, again.status_code, refused.status_code) == (200, 200, 400)
    for page in (first.text, again.text, refused.text):
        fields = dict(re.findall(r'name="reason:zones:(\w+)"[^>]*>([^<]*)</textarea>', page))
        assert fields == {"meadow": "Half typed &amp; not", "next": ""}
    assert "still here, and not sent" in first.text
    assert "still here, and not sent" not in refused.text
    [word] = Aside.objects.all()
    assert (word.fid, word.reason) == ("next", "Only the wall touches.")


def test_more_findings_than_a_request_has_fields_are_in_several_forms(
    client: Client, zones: Layer
) -> None:
    many = {f"z{n}": FIELD.buffer(n + 1) for n in range(220)}
    publish_shapes(zones, **many)
    desk = f"/manage/checks/{keep(client).rpartition('/')[2]}"

    forms = officer("set_aside_finding").get(desk).text.split("<form")[1:]

    counts = [form.count("<textarea") for form in forms]
    assert sum(counts) == 220
    assert max(counts) < django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - 2


def test_the_desk_writes_a_time_as_the_page_of_a_check_does(client: Client) -> None:
    address = keep(client)
    desk = f"/manage/checks/{address.rpartition('/')[2]}"
    planner = officer("set_aside_finding")
    planner.post(desk, {"set_aside": "zones:next", "reason:zones:next": "The wall."})
    at = timezone.localtime(Aside.objects.get().at)
    written = f"{at.day} {at:%B %Y, %H:%M}: The wall."

    assert f"Set aside by Ada L, {written}" in plain(planner.get(desk).text)
    assert f"Set aside by an officer on {written}" in plain(client.get(address).text)


def test_without_the_right_nothing_is_set_aside(client: Client) -> None:
    desk = f"/manage/checks/{keep(client).rpartition('/')[2]}"
    finding = {"set_aside": "zones:next", "reason:zones:next": "x"}

    assert officer().post(desk, finding).status_code == 403
    assert client.post(desk, finding).status_code == 302  # to the sign-in
    assert "needs the group" in officer("import_source").get(desk).text


def publish_addresses(*, is_public: bool) -> None:
    names = ("uprn", "pao_start_number", "street", "town", "postcode")
    layer = make_layer(
        "addresses",
        role="address",
        is_public=is_public,
        title_field="uprn",
        fields=[make_field(name) for name in names],
    )
    houses = {1: 405050, 2: 405110, 3: 405200}
    publish_features(
        layer,
        [
            MadeFeature(str(number), Point(easting, 285050), {"uprn": str(number),
                "pao_start_number": str(number), "street": "=Oak Road", "town": "Birmingham",
                "postcode": "B1 1BB"})
            for number, easting in houses.items()
        ],
    )  # fmt: skip


def test_where_there_is_no_list_of_addresses_nobody_is_sent_to_the_desk_for_it(
    client: Client,
) -> None:
    text = plain(client.get(f"{keep(client)}/neighbours?within=20").text)

    assert "We hold no list of addresses" in text
    assert "Sign in at the desk" not in text
    assert "for letters (CSV)" not in text


def test_open_addresses_around_a_site_are_listed_for_letters(client: Client) -> None:
    publish_addresses(is_public=True)
    address = keep(client)

    text = plain(client.get(f"{address}/neighbours?within=20").text)
    table = b"".join(client.get(f"{address}/neighbours.csv?within=20")).decode("utf-8-sig")

    assert "2 addresses" in text
    assert "on it or touching" in text
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["uprn"], row["distance_m"], row["postcode"]) for row in rows] == [
        ("1", "0.00", "B1 1BB"),
        ("2", "10.00", "B1 1BB"),
    ]
    for within in ("-1", "501", "far", "1.5"):
        assert client.get(f"{address}/neighbours", {"within": within}).status_code == 400


def test_licensed_addresses_are_told_to_officers_with_the_right_alone(client: Client) -> None:
    publish_addresses(is_public=False)
    address = keep(client)
    desk = f"/manage/checks/{address.rpartition('/')[2]}/neighbours"

    for path in (f"{address}/neighbours", f"{address}/neighbours.csv"):
        response = client.get(path)
        assert "may not be given to everybody" in response.text
        assert "Oak Road" not in response.text
    assert "Oak Road" not in officer().get(desk).text
    assert officer("import_source").get(f"{desk}.csv").status_code == 403
    planner = officer("list_neighbours", "set_aside_finding")
    assert "2 addresses" in plain(planner.get(desk).text)
    assert "Oak Road" in b"".join(planner.get(f"{desk}.csv")).decode()


def test_a_kept_check_is_a_pdf_with_its_answers(client: Client) -> None:
    address = keep(client)

    response = client.get(f"{address}.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Plot 7" in words
    assert "Of 3 kinds of constraint, 1 applies to this site" in words
    assert "1. meadow" in words
    assert Receipt.objects.get().sha256 in words.replace(" ", "")
    assert "Page 1 / " in words


def test_long_words_stay_on_the_paper_of_a_kept_check(client: Client) -> None:
    label = "Redline_boundary_plan_2026_" * 2 + "FINAL_rev_C.dwg"
    reason = "C:\\Planning\\" + "x" * 200
    address = keep(client, label=label)
    desk = f"/manage/checks/{address.rpartition('/')[2]}"
    finding = {"set_aside": "zones:next", "reason:zones:next": reason}
    officer("set_aside_finding").post(desk, finding)

    pages = pypdf.PdfReader(io.BytesIO(client.get(f"{address}.pdf").content)).pages

    lines = "\n".join(page.extract_text() for page in pages).splitlines()
    # The heading, the legend and the reason: each is whole, on more lines than one.
    assert "".join("".join(lines).split()).count(label) == 2
    assert reason in "".join("".join(lines).split())
    assert [line for line in lines if label in line or reason in line] == []


PARTS_OF_A_KEPT_CHECK = ("", ".csv", ".json", ".geojson", "/again", "/verify")


def test_of_a_layer_that_is_no_longer_public_a_kept_check_shows_no_feature(
    client: Client, zones: Layer
) -> None:
    address, other = keep(client), keep(client, site=NEXT_FIELD.wkt)
    assert "meadow" in client.get(address).text
    Layer.objects.filter(pk=zones.pk).update(is_public=False, changed_at=timezone.now())

    beside = f"{address}/beside/{other.rsplit('/', 1)[-1]}"
    parts = {part: content_of(client.get(address + part)) for part in PARTS_OF_A_KEPT_CHECK}
    parts["/beside"] = content_of(client.get(beside))

    assert [part for part, text in parts.items() if "meadow" in text] == []
    text = plain(parts[""])
    assert "1 applies to this site" in text
    assert "This layer is no longer public, so what it has here is not shown." in text
    assert "the SHA-256 is that of the whole record" in text
    assert json.loads(parts[".json"])["withheld"] == ["zones"]
    assert [each["id"] for each in json.loads(parts[".geojson"])["features"]] == ["site"]


def test_a_field_that_is_no_longer_public_is_in_no_part_of_a_kept_check(client: Client) -> None:
    fields = [make_field("name"), make_field("officer")]
    layer = make_constraint("orders", fields=fields)
    named = {"name": "Order 1", "officer": "Jane Roe"}
    publish_features(layer, [MadeFeature("1", FIELD, named)])
    address = keep(client)
    assert "Jane Roe" in client.get(f"{address}.json").text
    layer.fields.filter(name="officer").update(is_public=False)
    hide_fields(layer, ["officer"])

    parts = {part: content_of(client.get(address + part)) for part in PARTS_OF_A_KEPT_CHECK}

    assert [part for part, text in parts.items() if "Jane Roe" in text] == []
    assert "Order 1" in parts[".json"]
    assert json.loads(parts[".json"])["withheld"] == ["orders"]


def test_the_shapes_of_a_withdrawn_edition_are_in_no_kept_check(
    client: Client, zones: Layer
) -> None:
    address = keep(client)
    withdraw_layer(zones)

    [meadow] = [
        each
        for each in client.get(f"{address}.geojson").json()["features"]
        if each["id"] == "zones/meadow"
    ]

    assert meadow["geometry"] is None
    assert "are no longer kept, or were withdrawn: Zones" in client.get(f"{address}/verify").text


def content_of(response: Any) -> str:
    assert response.status_code == 200
    return b"".join(response).decode()


@pytest.fixture
def no_turn_left(settings: Any) -> Iterator[None]:
    settings.SEARCHES_WAITING = 0
    with ExitStack() as stack:
        for _ in range(settings.SEARCHES_AT_ONCE):
            stack.enter_context(SEARCHES.taken())
        yield


@pytest.mark.usefixtures("no_turn_left")
def test_a_site_of_many_corners_waits_for_its_turn_and_a_field_does_not(client: Client) -> None:
    outline = Point(405050, 285050).buffer(50, quad_segs=200)

    busy = client.post("/planning/check", {**BOUNDARY, "boundary": outline.wkt})

    assert busy.status_code == 503
    assert busy.headers["Retry-After"]
    assert "load this page again" in busy.text
    assert client.post("/planning/check", BOUNDARY).status_code == 200


def test_a_kept_check_of_many_corners_is_proved_in_its_turn(
    client: Client, request: pytest.FixtureRequest
) -> None:
    address = keep(client, site=Point(405050, 285050).buffer(50, quad_segs=200).wkt)
    request.getfixturevalue("no_turn_left")

    assert client.get(f"{address}/verify").status_code == 503
    assert client.get(f"{address}/again").status_code == 503
    assert client.get(address).status_code == 200
