"""`/api/places`: what it says, to whom, and that nothing upsets it."""

import json
from urllib.parse import quote

import pytest
from django.test import Client

from gazetteer.place import KINDS
from layers import crs

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("neighbourhood"),
]

OURS = {"Sec-Fetch-Site": "same-origin"}


def places(client: Client, text: str, *, headers=OURS, **parameters):
    response = client.get("/api/places", {"q": text, **parameters}, headers=headers)
    assert response.status_code == 200, response.content[:300]
    return json.loads(response.content)


def labels(client: Client, text: str, **options) -> list[str]:
    return [one["properties"]["label"] for one in places(client, text, **options)["features"]]


def test_a_place_is_a_feature_with_a_page(client: Client) -> None:
    answer = places(client, "B13 9AA", limit=1)

    [feature] = answer["features"]
    longitude, latitude = crs.point_4326(407500, 283000)
    assert answer["type"] == "FeatureCollection"
    assert answer["numberReturned"] == 1
    assert feature["id"] == feature["properties"]["slug"] == "B139AA"
    assert feature["geometry"]["coordinates"] == pytest.approx([longitude, latitude], abs=1e-6)
    assert feature["properties"] == {
        "kind": "postcode",
        "label": "B13 9AA",
        "slug": "B139AA",
        "detail": None,
        "ended_on": None,
        "easting": 407500,
        "northing": 283000,
        "is_inside_council": True,
        "is_exact": True,
    }
    assert feature["links"][0]["href"] == "http://testserver/my-area/B139AA"
    assert client.get(feature["links"][0]["href"]).status_code == 200


def test_it_names_the_layers_that_it_answers_from(client: Client) -> None:
    sources = places(client, "B13 9AB")["sources"]

    assert [source["collection"] for source in sources] == ["postcodes", "addresses"]
    assert all(source["attribution"] for source in sources)


def test_our_own_pages_are_told_addresses_that_no_other_site_may_read(client: Client) -> None:
    response = client.get("/api/places", {"q": "12 oak road"}, headers=OURS)

    assert b"12 Oak Road, Moseley" in response.content
    assert "Access-Control-Allow-Origin" not in response
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Sec-Fetch-Site" in response["Vary"]


@pytest.mark.parametrize("site", [None, "cross-site", "same-site", "none", "Same-Origin", ""])
def test_everybody_else_is_told_what_is_open_alone(client: Client, site: str | None) -> None:
    headers = {} if site is None else {"Sec-Fetch-Site": site}
    response = client.get("/api/places", {"q": "12 oak road"}, headers=headers)

    found = json.loads(response.content)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {source["collection"] for source in found["sources"]} <= {"places", "wards"}
    assert b"uprn-" not in response.content
    assert b"12 Oak Road" not in response.content


def test_a_uprn_of_a_licensed_address_is_no_address_to_everybody(client: Client) -> None:
    assert labels(client, "100070000001") == ["12 Oak Road, Moseley, Birmingham, B13 9AA"]
    assert labels(client, "100070000001", headers={}) == []
    assert labels(client, "100070000099", headers={}) == ["UPRN 100070000099 in B6 5AA"]


def test_no_cache_keeps_what_somebody_looked_for(client: Client) -> None:
    response = client.get("/api/places", {"q": "12 oak road"}, headers=OURS)

    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert not response.cookies


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (2, 2), (10, 4), (1000, 4)])
def test_a_limit_is_kept_and_never_more_than_ten(client: Client, limit: int, count: int) -> None:
    assert len(labels(client, "B13 9AB", limit=limit)) == count


def test_nobody_gets_a_whole_street_at_once(client: Client) -> None:
    assert len(labels(client, "B13 9AA", limit=1000)) <= 10


def test_kinds_are_kept(client: Client) -> None:
    found = places(client, "moseley", kinds="ward,place")["features"]

    assert {one["properties"]["kind"] for one in found} == {"ward", "place"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20", "q"),
        ("q=" + "x" * 201, "q"),
        ("q=" + "x" * 10_000, "q"),
        ("q=a&q=b", "q"),
        ("q=a&limit=0", "limit"),
        ("q=a&limit=-1", "limit"),
        ("q=a&limit=1.5", "limit"),
        ("q=a&kinds=", "kinds"),
        ("q=a&kinds=house", "kinds"),
        ("q=a&kinds=ward,,place", "kinds"),
        ("q=a&bbox=1,2,3,4", "bbox"),
        ("q=a&f=gpkg", "f"),
    ],
)
def test_a_wrong_parameter_is_named(client: Client, query: str, parameter: str) -> None:
    response = client.get(f"/api/places?{query}")

    problem = json.loads(response.content)
    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")
    assert problem["parameter"] == parameter


@pytest.mark.parametrize(
    "text",
    ["1", "flat", "%", "_", "😀", "\0", "a\0b", "'", '"', "\\", "x" * 200, "a b " * 50, "( " * 100,
     "%(name)s", "{0}", "1" * 200, "B13 9AA " * 25, "flat 1 " * 28, "-1, -1", "0,0", "99.9,99.9",
     "SP 06", "HP 99 99", "700000,1300000", "٣", "\u202e\u202d", "\x1f", "ß", "ﷺ" * 200,
     "st st st st st st", "12 12 12 12", "0 oak road", "99999 oak road", "1-99999 oak road"],
)  # fmt: skip
def test_odd_texts_are_answered(client: Client, text: str) -> None:
    for headers in (OURS, {}):
        response = client.get(f"/api/places?q={quote(text)}", headers=headers)

        assert response.status_code in (200, 400)
        assert len(json.loads(response.content).get("features", [])) <= 10


def test_it_has_a_page(client: Client) -> None:
    response = client.get("/api/places", {"q": "B13 9AA", "f": "html"})

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert b"B13 9AA" in response.content
    assert response["Cache-Control"] == "private, no-store"


def test_a_browser_may_ask_before_it_asks(client: Client) -> None:
    response = client.options("/api/places", headers={"origin": "https://example.org"})

    assert response.status_code == 204


def test_the_definition_has_it(client: Client) -> None:
    definition = json.loads(client.get("/api/openapi").content)

    operation = definition["paths"]["/places"]["get"]
    parameters = {one["name"]: one for one in operation["parameters"]}
    assert parameters["q"]["required"]
    assert parameters["kinds"]["schema"]["items"]["enum"] == list(KINDS)
