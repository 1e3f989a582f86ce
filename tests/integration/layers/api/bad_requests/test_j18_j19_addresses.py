"""Features and collections that are not there, or not to be seen."""

import json

import pytest

from tests.factories.problems import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


@pytest.mark.parametrize(
    "fid",
    ["nobody", "1 or 1=1", "s1'", "😀", "s1 ", "%ff", "..%2f..", "%00", "s1%00", "%E2%80%AEs1",
     "a" * 10_000],
)  # fmt: skip
def test_j18_a_feature_that_is_not_there_is_not_found(city, client, fid):
    response = client.get(f"/api{ITEMS}/{fid}")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert len(response.content) < 1000


@pytest.mark.parametrize("tail", ["", "/items", "/items/s1"])
def test_j19_every_collection_that_is_not_there_gets_one_and_the_same_answer(city, client, tail):
    bodies = {}
    for slug in ("missing-1", "addresses", "pg_authid"):
        response = client.get(f"/api/collections/{slug}{tail}")
        assert response.status_code == 404
        bodies[slug] = response.content.decode().replace(slug, "…")

    assert len(set(bodies.values())) == 1, bodies


def test_j19_collections_that_are_not_public_are_in_no_answer(city, read, client):
    for path in ("/", "/collections", "/openapi"):
        assert "addresses" not in json.dumps(read(path))
    at_point = {"lon": "-1.9", "lat": "52.45"}
    for path in ("/nearest", "/at"):
        secret = client.get(f"/api{path}", {**at_point, "collections": "addresses"})
        missing = client.get(f"/api{path}", {**at_point, "collections": "missing-1"})
        assert secret.status_code == missing.status_code == 404
        assert secret.content.replace(b"addresses", b"") == missing.content.replace(
            b"missing-1", b""
        )


@pytest.mark.parametrize(
    "area",
    ["nothing/1", "addresses/s1", "areas/north", "pg_authid/1", "areas/%00", "areas/\0",
     "areas/" + LONG, "licences/0"],
)  # fmt: skip
def test_j19_an_area_that_is_not_there_is_not_found(city, ask, area):
    refused(ask, ITEMS, status=404, area=area)


@pytest.mark.parametrize("area", ["", "areas", "/", "areas/", "/west", "../admin"])
def test_an_area_that_is_no_address(city, ask, area):
    if area == "../admin":
        refused(ask, ITEMS, status=404, area=area)
        return
    problem = refused(ask, ITEMS, area=area)

    assert problem["parameter"] == "area"
    assert "such as wards/E05011118" in problem["detail"]
