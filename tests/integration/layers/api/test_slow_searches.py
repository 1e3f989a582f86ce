"""Searches that take as long as they may keep nobody else waiting."""

import json
from contextlib import ExitStack

import pytest

from layers.query.turns import SEARCHES

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SCHOOLS = "/api/collections/schools"


@pytest.fixture
def all_turns_taken(settings):
    settings.SEARCHES_WAITING = 0
    with ExitStack() as stack:
        for _ in range(settings.SEARCHES_AT_ONCE):
            stack.enter_context(SEARCHES.taken())
        yield


@pytest.mark.parametrize(
    "path",
    [
        f"{SCHOOLS}/items?filter=pupils>5",
        f"{SCHOOLS}/items?sortby=pupils",
        f"{SCHOOLS}/items?count=true",
        f"{SCHOOLS}/items?datetime=2020-01-01",
        f"{SCHOOLS}/items?area=areas/west",
        f"{SCHOOLS}/items?f=html&filter=pupils>5",
        f"{SCHOOLS}/download?f=csv&filter=pupils>5",
    ],
)
def test_one_more_search_is_told_to_come_again(city, client, all_turns_taken, path):
    response = client.get(path)

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        f"{SCHOOLS}/items",
        f"{SCHOOLS}/items/s1",
        f"{SCHOOLS}/items?bbox=-2,52,-1,53",
        f"{SCHOOLS}/items?pupils=5",
        f"{SCHOOLS}/items?within=-1.9,52.45,500",
        "/api/nearest?lon=-1.9&lat=52.45",
        "/healthz",
    ],
)
def test_what_an_index_answers_is_answered_meanwhile(city, client, all_turns_taken, path):
    assert client.get(path).status_code == 200


def test_the_refusal_says_what_to_do(city, client, all_turns_taken):
    problem = json.loads(client.get(f"{SCHOOLS}/items?filter=pupils>5").content)

    assert problem["type"] == "/api/problems#searches-busy"
    assert "Try again" in problem["detail"]


def test_a_search_that_failed_gives_its_turn_back(city, client, settings):
    settings.SEARCHES_WAITING = 0
    for _ in range(settings.SEARCHES_AT_ONCE + 1):
        assert client.get(f"{SCHOOLS}/items?sortby=pupils&cursor=1-1").status_code == 410

    assert client.get(f"{SCHOOLS}/items?sortby=pupils").status_code == 200
