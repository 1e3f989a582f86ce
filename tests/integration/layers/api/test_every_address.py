"""What is true of every address of the API."""

import json

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "read"])

PLACE = "lon=-1.9&lat=52.45"
WITHOUT_DATA = ["/", "/conformance", "/openapi", "/problems"]
WITH_DATA = [
    "/collections/areas/items",
    "/collections/areas/items/west",
    "/collections/areas",
]
AROUND = [f"/nearest?{PLACE}", f"/at?{PLACE}"]
EVERY = [*WITHOUT_DATA, "/collections", *WITH_DATA, *AROUND]
PROVENANCE = {
    "collection",
    "edition",
    "published",
    "licence",
    "licenceUrl",
    "attribution",
    "madeUp",
}


@pytest.mark.parametrize("path", EVERY)
def test_it_answers_with_json_for_every_site_and_without_a_cookie(city, client, path):
    response = client.get(f"/api{path}")

    assert response.status_code == 200
    json.loads(response.content)
    assert "json" in response["Content-Type"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", EVERY)
def test_its_head_is_that_of_the_answer(city, client, path):
    head, answer = client.head(f"/api{path}"), client.get(f"/api{path}")

    assert head.status_code == 200
    assert head.content == b""
    for name in ("Content-Type", "Content-Length", "Cache-Control", "Vary", "ETag"):
        assert head.get(name) == answer.get(name)


@pytest.mark.parametrize("path", EVERY)
def test_it_tells_a_browser_that_other_sites_may_read_it(city, client, path):
    response = client.options(
        f"/api{path}",
        headers={"origin": "https://example.org", "access-control-request-method": "GET"},
    )

    assert response.status_code == 204
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Origin"] == "*"
    allowed = response["Access-Control-Allow-Headers"].lower().split(", ")
    assert {"x-api-key", "authorization", "range", "if-none-match", "accept"} <= set(allowed)


def test_a_browser_may_ask_what_is_then_refused_with_words(city, client):
    asked = client.options(
        "/api/collections/areas/items?foo=1",
        headers={"origin": "https://example.org", "access-control-request-method": "GET"},
    )

    assert asked.status_code == 204


@pytest.mark.parametrize("path", EVERY)
def test_a_script_of_another_site_may_read_what_the_headers_say(city, client, path):
    exposed = client.get(f"/api{path}")["Access-Control-Expose-Headers"].split(", ")

    wanted = {"ETag", "Link", "Content-Crs", "Content-Range", "RateLimit", "Retry-After"}
    assert wanted <= set(exposed)


@pytest.mark.parametrize("path", EVERY)
def test_what_cannot_be_done_is_said_with_what_can(city, client, path):
    response = client.delete(f"/api{path}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", WITH_DATA)
def test_data_comes_with_its_licence_attribution_edition_and_date(city, read, path):
    answer = read(path)

    layer = city.layers["areas"]
    assert answer.keys() >= PROVENANCE
    assert answer["collection"] == "areas"
    assert answer["edition"] == layer.published_edition_id
    assert answer["published"] == layer.published_edition.published_at.isoformat(timespec="seconds")
    assert answer["licence"] == layer.licence
    assert answer["licenceUrl"] == layer.licence_url
    assert answer["attribution"] == layer.attribution
    assert answer["madeUp"] is False


@pytest.mark.parametrize("path", AROUND)
def test_data_of_several_layers_comes_with_the_same_for_each(city, client, path):
    answer = json.loads(client.get(f"/api{path}").content)

    assert answer["sources"]
    for source in answer["sources"]:
        assert source.keys() == PROVENANCE
        assert source["edition"] == city.layers[source["collection"]].published_edition_id


def test_made_up_data_says_so(city, read):
    assert read("/collections/lakes/items")["madeUp"] is True
    assert read("/collections/lakes")["madeUp"] is True


def test_every_link_leads_somewhere(city, client, read):
    pages = ["/", "/collections", "/collections/areas", "/collections/areas/items",
             "/collections/areas/items/west"]  # fmt: skip
    ours = {
        link["href"]
        for path in pages
        for link in read(path)["links"]
        if link["href"].startswith("http://testserver/api")
    }

    for href in ours:
        assert client.get(href).status_code == 200, href


@pytest.mark.parametrize(
    ("path", "rels"),
    [
        ("/", {"self", "service-desc", "conformance", "data"}),
        ("/collections", {"self"}),
        ("/collections/areas", {"self", "items", "license"}),
        ("/collections/areas/items", {"self", "collection", "alternate"}),
        ("/collections/areas/items/west", {"self", "collection", "alternate"}),
    ],
)
def test_its_links_are_those_that_clients_look_for(city, read, path, rels):
    links = read(path)["links"]

    assert rels <= {link["rel"] for link in links}
    assert all(link["href"].startswith("http") for link in links)


def test_a_collection_describes_its_fields_extent_and_size(city, read):
    described = read("/collections/schools")

    assert described["featureCount"] == 400
    assert [field["name"] for field in described["fields"]] == ["name", "opened_on", "pupils"]
    assert described["fields"][2]["unit"] == "pupils"
    [[west, south, east, north]] = described["extent"]["spatial"]["bbox"]
    assert -1.98 < west < east < -1.82
    assert 52.41 < south < north < 52.52


def test_the_collections_are_the_public_layers(city, read):
    listed = [collection["id"] for collection in read("/collections")["collections"]]

    assert sorted(listed) == ["areas", "bring-banks", "lakes", "licences", "schools"]


def test_a_problem_has_an_address_that_explains_it(city, ask, read):
    slug = json.loads(ask("/collections/none").content)["type"].partition("#")[2]

    assert read("/problems")[slug] == {"title": "Not found", "status": 404}
