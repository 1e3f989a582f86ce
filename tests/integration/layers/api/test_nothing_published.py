"""The API of a council that has published nothing yet."""

import json

import pytest
import shapely

from tests.factories import MadeFeature, make_layer, publish_features, stage_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

PLACE = {"lon": "-1.9", "lat": "52.45"}


@pytest.mark.parametrize("path", ["/", "/conformance", "/openapi", "/collections"])
def test_it_answers_without_a_council_and_without_layers(client, path):
    response = client.get(f"/api{path}")

    assert response.status_code == 200
    json.loads(response.content)


@pytest.mark.parametrize("path", ["/nearest", "/at"])
def test_with_nothing_to_look_in_nothing_is_found(client, path):
    response = client.get(f"/api{path}", PLACE)

    assert response.status_code == 200
    answer = json.loads(response.content)
    assert (answer["features"], answer["sources"], answer["numberReturned"]) == ([], [], 0)


@pytest.mark.parametrize("tail", ["", "/items", "/items/1"])
def test_a_layer_that_is_only_staged_is_not_there(client, tail):
    stage_features(make_layer("schools"), [])

    staged = client.get(f"/api/collections/schools{tail}")
    missing = client.get(f"/api/collections/nothing{tail}")

    assert staged.status_code == 404
    assert staged.content.replace(b"schools", b"") == missing.content.replace(b"nothing", b"")


def test_an_empty_layer_is_there_and_has_no_features(client):
    publish_features(make_layer("schools"), [])

    answer = json.loads(client.get("/api/collections/schools/items?bbox=-2,52,-1,53").content)
    described = json.loads(client.get("/api/collections/schools").content)

    assert (answer["features"], answer["numberMatched"]) == ([], 0)
    assert described["featureCount"] == 0


def test_fields_that_are_not_public_are_in_no_answer(client):
    layer = make_layer("schools", is_service=True)
    secret = {"head_teacher": "Ms Secret"}
    publish_features(layer, [MadeFeature("1", point(), {"name": "A"}, restricted=secret)])

    for path in ("/collections/schools/items", "/collections/schools/items/1", "/nearest"):
        response = client.get(f"/api{path}", PLACE if path == "/nearest" else {})
        assert response.status_code == 200
        assert b"Secret" not in response.content


def point() -> shapely.Point:

    return shapely.Point(407300, 286600)
