"""The API's answers as pages for people."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "read"])

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def browser():
    return Client(headers={"accept": BROWSER})


def text_of(response) -> str:
    assert response.status_code == 200, response.content[:500]
    assert response["Content-Type"] == "text/html; charset=utf-8"
    return response.content.decode()


def test_a_page_has_the_policy_of_pages_and_data_that_of_data(city, browser, client):
    page = browser.get("/api/collections/areas/items")
    data = client.get("/api/collections/areas/items")

    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert data["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert page["X-Frame-Options"] == data["X-Frame-Options"] == "DENY"
    assert not page.cookies


def test_a_page_and_its_data_are_told_apart_by_caches(city, browser, client):
    page, data = (each.get("/api/collections/areas") for each in (browser, client))

    assert "Accept" in page["Vary"]
    assert "Accept" in data["Vary"]
    assert page.get("ETag") is None or page["ETag"] != data["ETag"]


def test_a_form_that_was_left_empty_leads_to_an_address_without_empty_parameters(city, browser):
    response = browser.get("/api/collections/areas/items?bbox=&limit=10&f=html")

    assert response.status_code == 303
    assert response["Location"] == "/api/collections/areas/items?limit=10&f=html"


def test_a_program_is_told_that_an_empty_parameter_is_wrong(city, client):
    assert client.get("/api/collections/areas/items?bbox=").status_code == 400


def test_the_form_is_filled_in_as_the_address_has_it(city, browser):
    page = text_of(browser.get("/api/collections/schools/items?bbox=-2,52,-1,53&limit=50"))

    assert 'value="-2,52,-1,53"' in page
    assert '<option value="50" selected>' in page
    assert "In the box -2,52,-1,53." in page


def test_a_feature_without_a_location_says_so_and_has_no_map(city, browser):
    page = text_of(browser.get("/api/collections/licences/items/1"))

    assert "Has no location" in page
    assert "map-block" not in page


def test_the_documentation_is_a_page_whoever_asks(city, client):
    page = text_of(client.get("/api/docs"))

    for words in ("/api/collections/areas/items", "bbox", "304", "Sunset"):
        assert words in page
    assert client.get("/api/docs?f=json").status_code == 400


def test_the_addresses_that_the_documentation_gives_as_examples_answer(city, client):
    page = text_of(client.get("/api/docs"))

    examples = re.findall(r'For example: <a[^>]+href="([^"]+)"', page)
    assert len(examples) >= 10
    for address in examples:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_fault_of_ours_is_a_page_that_tells_nothing_of_its_cause(monkeypatch):
    def break_down() -> None:
        raise ZeroDivisionError("with a postcode in it")

    monkeypatch.setattr("layers.api.landing.published_layers", break_down)

    client = Client(raise_request_exception=False, headers={"accept": BROWSER})
    response = client.get("/api/openapi")

    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")
    assert b"postcode" not in response.content
    assert b"A fault of ours" in response.content


def test_a_file_that_cannot_be_had_is_a_page_in_a_browser_and_a_problem_for_a_program(
    city, browser, client
):
    address = "/api/collections/schools/download?f=nope"

    page, data = browser.get(address), client.get(address)

    assert page.status_code == data.status_code == 400
    assert page["Content-Type"].startswith("text/html")
    assert "geojsonseq" in page.text
    assert data["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/api/collections/schools/downloads", "Schools: files"),
        ("/api/collections/schools/queryables", "Schools: What to filter by"),
        ("/api/collections/schools/schema", "Schools: What its features have"),
        ("/api/collections/schools/tiles", "Schools: Vector tiles"),
        (
            "/api/collections/schools/tiles/WebMercatorQuad",
            "Schools: What is in its tiles, and where they are",
        ),
        ("/api/collections/schools/items?changed-since=1970-01-01", "Schools: What changed"),
        ("/api/tileMatrixSets", "How tiles are cut"),
        ("/api/dcat", "The catalogue for data portals"),
        ("/api/status", "Status of the service"),
    ],
)
def test_no_page_has_an_address_for_its_title(city, browser, address, title):
    page = text_of(browser.get(address))

    assert f"<title>{title} - " in page


def test_the_files_of_a_layer_are_a_table(city, browser):
    page = text_of(browser.get("/api/collections/schools/downloads"))

    assert 'href="http://testserver/api/collections/schools/download?f=gpkg" download' in page
    assert "Made when it is asked for" in page


def test_a_template_of_addresses_is_no_link(city, browser):
    page = text_of(browser.get("/api/collections/schools/tiles/WebMercatorQuad"))

    assert "{tileMatrix}" in page
    assert not [link for link in re.findall(r'href="([^"]*)"', page) if "{" in link]


def test_a_page_of_an_error_leads_to_the_same_without_what_is_wrong(city, browser):
    response = browser.get("/api/collections/schools/items?limit=5&limt=%22%3E&f=html")

    assert response.status_code == 400
    [again] = re.findall(r'href="([^"]*)" rel="nofollow">Ask again without it', response.text)
    assert again == "/api/collections/schools/items?limit=5&amp;f=html"
    assert browser.get(again.replace("&amp;", "&")).status_code == 200


def test_a_page_of_an_error_has_no_such_way_where_something_is_missing(city, browser):
    response = browser.get("/api/nearest?lat=52.48")

    assert response.status_code == 400
    assert "Ask again without it" not in response.text
