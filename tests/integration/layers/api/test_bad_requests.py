"""Requests that cannot be answered: each says what is wrong with which parameter."""

import pytest

from tests.factories.problems import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


@pytest.mark.parametrize(
    "path",
    ["/", "/conformance", "/openapi", "/collections", "/collections/schools", f"{ITEMS}/s1",
     "/problems", "/nearest", "/at"],
)  # fmt: skip
def test_every_address_refuses_a_parameter_that_it_does_not_know(city, ask, path):
    assert "not a parameter" in refused(ask, path, foo="1")["detail"]


@pytest.mark.parametrize("form", ["exe", "../../etc/passwd", "HTML", "", "JSON", LONG])
def test_it_refuses_a_format_that_it_does_not_have(city, ask, form):
    problem = refused(ask, ITEMS, f=form)

    assert problem["parameter"] == "f"
    assert "json or geojson" in problem["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", "/collections", ITEMS, f"{ITEMS}/s1", "/nearest"])
def test_it_can_only_be_read(city, client, method, path):
    response = getattr(client, method)(f"/api{path}")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/nothing", "/collections/schools/nothing", "/collections/"])
def test_an_address_that_is_not_there_is_a_problem_too(city, client, path):
    response = client.get(f"/api{path}")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "accept", ["*/*;q=x", "text/html," * 5000, "image/png", "../../etc/passwd"]
)
def test_an_odd_accept_header_is_no_fault_of_ours(city, client, accept):
    response = client.get(f"/api{ITEMS}", headers={"accept": accept})

    assert response.status_code in (200, 406)
