"""What the API says when it is not the question that is wrong, or not the part one can see."""

import json

import pytest
from django.db import OperationalError, connections
from django.test import Client, RequestFactory

from layers.api.problems import answer_exception
from layers.query import cache
from layers.query.run import fetch_row
from tests.factories import MadeFeature, make_layer, publish_features
from tests.factories.other_connections import connect_as_owner

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def problem_of(response, status: int) -> dict[str, object]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    return json.loads(response.content)


@pytest.mark.parametrize("path", ["/api/collections/%00", "/api/collections/schools%00/items"])
def test_a_layer_whose_name_has_a_nul_is_not_found(path):
    response = Client().get(path)

    problem_of(response, 404)


def test_a_host_that_is_not_ours_is_a_problem_too():
    response = Client().get("/api/collections", headers={"host": "evil.example"})

    problem = problem_of(response, 400)
    assert "evil.example" not in json.dumps(problem)


def test_a_database_that_does_not_answer_in_time_is_said_to_be_busy():
    layer = make_layer()
    publish_features(layer, [MadeFeature("one", None, {"name": "One"})])
    cache.forget_layers()
    with connect_as_owner() as other, other.transaction():
        other.execute("LOCK TABLE layers_layer IN ACCESS EXCLUSIVE MODE")
        with connections["default"].cursor() as cursor:
            cursor.execute("SET statement_timeout = 200")
        try:
            response = Client().get("/api/collections/schools/items")
        finally:
            with connections["default"].cursor() as cursor:
                cursor.execute("RESET statement_timeout")

    assert "Try again" in str(problem_of(response, 503)["detail"])
    assert response["Retry-After"]


@pytest.mark.parametrize(
    ("parameters", "status", "advice"),
    [({"filter": "x"}, 400, "The filter takes too long"), ({"limit": "1"}, 503, "Try again")],
)
def test_only_a_filter_that_takes_all_the_time_there_is_is_not_to_be_asked_again(
    parameters, status, advice
):
    connections["read"].ensure_connection()
    connections["read"].connection.execute("SET statement_timeout = 20")
    try:
        with pytest.raises(OperationalError) as slow:
            fetch_row("SELECT pg_sleep(5)", {})
    finally:
        connections["read"].close()
    request = RequestFactory().get("/api/collections/schools/items", parameters)

    response = answer_exception(slow.value, {"request": request})

    assert advice in str(problem_of(response, status)["detail"])
    assert ("Retry-After" in response) == (status == 503)


def test_a_fault_of_ours_tells_nothing_of_its_cause(monkeypatch):
    def break_down() -> None:
        raise ZeroDivisionError("with a postcode in it")

    monkeypatch.setattr("layers.api.landing.published_layers", break_down)

    response = Client(raise_request_exception=False).get("/api/openapi")

    assert "postcode" not in json.dumps(problem_of(response, 500))
