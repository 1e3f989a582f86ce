"""Asked again, an answer that has not changed is a 304 from one row, and no more than that."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.http import http_date

from layers.api import build, validators
from layers.query import run
from tests.integration.layers.api.test_every_address import AROUND, EVERY

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/api/collections/areas/items"
MADE_FROM_LAYERS = [
    "/",
    "/openapi",
    "/collections",
    "/collections/areas",
    "/collections/areas/items",
    "/collections/areas/items?limit=1&bbox=-2,52,-1,53",
    "/collections/areas/items/west",
    "/collections/areas/items?changed-since=2020-01-01",
    "/collections/areas/queryables",
    "/collections/areas/schema",
    "/collections/areas/tiles",
    "/collections/areas/tiles/WebMercatorQuad",
]
KEPT = [path for path in EVERY if path not in AROUND]


@pytest.fixture
def statements(monkeypatch):
    """Return the list to which every statement of the API's own queries is added."""
    asked = []
    fetch = run._fetch

    def noted(statement, *arguments):
        asked.append(statement if isinstance(statement, str) else statement.as_string())
        return fetch(statement, *arguments)

    monkeypatch.setattr(run, "_fetch", noted)
    return asked


@pytest.mark.parametrize("path", KEPT)
def test_an_answer_brought_back_is_not_sent_again(city, client, path):
    first = client.get(f"/api{path}")
    again = client.get(f"/api{path}", headers={"if-none-match": first["ETag"]})

    assert first["ETag"].startswith('W/"')
    assert again.status_code == 304
    assert again.content == b""
    assert "Content-Type" not in again
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert again[name] == first[name]


@pytest.mark.parametrize("path", MADE_FROM_LAYERS)
def test_a_304_asks_for_one_row_and_no_feature(city, client, statements, path):
    tag = client.get(f"/api{path}")["ETag"]
    statements.clear()

    again = client.get(f"/api{path}", headers={"if-none-match": tag})

    assert again.status_code == 304
    [statement] = statements
    assert "layers_feature" not in statement


@pytest.mark.parametrize("path", MADE_FROM_LAYERS)
def test_an_answer_says_when_it_was_last_another(city, client, path, monkeypatch):
    in_a_second = time.time() + 1
    monkeypatch.setattr(time, "time", lambda: in_a_second)
    modified = client.get(f"/api{path}")["Last-Modified"]

    again = client.get(f"/api{path}", headers={"if-modified-since": modified})

    assert again.status_code == 304
    assert again["Last-Modified"] == modified


@pytest.mark.parametrize(
    "brought",
    ['"other", {}', '{}, "other"', '"a" , {} , W/"b"', "*", " * "],
)
def test_a_tag_is_found_among_others(city, client, brought):
    tag = client.get(ITEMS)["ETag"]

    assert client.get(ITEMS, headers={"if-none-match": brought.format(tag)}).status_code == 304


def test_a_tag_is_compared_weakly(city, client):
    strong = client.get(ITEMS)["ETag"].removeprefix("W/")

    assert client.get(ITEMS, headers={"if-none-match": strong}).status_code == 304


@pytest.mark.parametrize(
    "brought",
    [
        '""',
        "garbage",
        '"other"',
        "W/",
        "W/W/",
        "**",
        '"*"',
        '"\0"',
        "‮",
        ",,,",
        '"' + "a" * 20_000 + '"',
        '"x",' * 20_000,
    ],
)
def test_j21_what_is_no_tag_of_ours_is_answered_whole(city, client, brought):
    assert client.get(ITEMS, headers={"if-none-match": brought}).status_code == 200


@pytest.mark.parametrize(
    "state",
    ["", "l", "l1", "l-", "lx-1", "l99999999999999999999-1", "l1-1", "f1-1--", "a", "z1-1", "l²-1"],
)
def test_a_tag_with_a_made_up_state_is_answered_whole(city, client, state):
    ours = client.get(ITEMS)["ETag"].partition(".")[0]

    assert client.get(ITEMS, headers={"if-none-match": f'{ours}.{state}"'}).status_code == 200


@pytest.mark.parametrize(
    "since",
    [
        "31 Feb",
        "Wed, 31 Feb 2026 10:00:00 GMT",
        "yesterday",
        "",
        "0",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "2026-03-31T00:00:00Z",
        "‮",
        "a" * 20_000,
    ],
)
def test_j21_a_date_that_is_none_is_answered_whole(city, client, since):
    assert client.get(ITEMS, headers={"if-modified-since": since}).status_code == 200


def test_a_date_to_come_is_none_of_ours(city, client):
    tomorrow = http_date((datetime.now(UTC) + timedelta(days=1)).timestamp())

    assert client.get(ITEMS, headers={"if-modified-since": tomorrow}).status_code == 200


def test_a_tag_outweighs_a_date(city, client, monkeypatch):
    in_a_second = time.time() + 1
    monkeypatch.setattr(time, "time", lambda: in_a_second)
    headers = {"if-none-match": '"old"', "if-modified-since": client.get(ITEMS)["Last-Modified"]}

    assert client.get(ITEMS, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/collections/lakes/items", {}),
        (f"{ITEMS}?limit=1", {}),
        (f"{ITEMS}?f=json", {}),
        (ITEMS, {"accept": "text/html"}),
        (ITEMS, {"host": "localhost"}),
        ("/api/collections/areas", {}),
    ],
)
def test_a_tag_is_of_one_question_only(city, client, path, headers):
    tag = client.get(ITEMS)["ETag"]

    other = client.get(path, headers={"if-none-match": tag, **headers})

    assert other.status_code != 304


@pytest.mark.parametrize("question", ["foo=1", "limit=0", "limit=1&limit=1", "bbox=1"])
def test_a_tag_makes_no_wrong_question_right(city, client, question):
    tag = client.get(ITEMS)["ETag"]

    refused = client.get(f"{ITEMS}?{question}", headers={"if-none-match": tag})

    assert refused.status_code == 400
    assert "ETag" not in refused
    assert refused["Cache-Control"] == "no-store"


def test_any_tag_will_do_only_where_there_is_an_answer(city, client):
    for path, status in ((f"{ITEMS}/nobody", 404), (f"{ITEMS}?foo=1", 400)):
        assert client.get(path, headers={"if-none-match": "*"}).status_code == status


def test_another_release_of_the_software_makes_other_tags(city, client, monkeypatch):
    tag = client.get(ITEMS)["ETag"]
    validators._key.cache_clear()
    monkeypatch.setattr(validators, "build_digest", lambda: b"the next release")

    again = client.get(ITEMS, headers={"if-none-match": tag})
    validators._key.cache_clear()

    assert again.status_code == 200
    assert again["ETag"] != tag


def test_the_software_is_known_by_its_code_and_its_templates():
    names = {path.suffix for path in build._files()}

    assert names >= {".py", ".sql", ".html"}
    assert not any("tests" in path.parts for path in build._files())
    assert len(build.build_digest()) == 16


@pytest.mark.parametrize("path", AROUND)
def test_where_somebody_stands_has_no_tag(city, client, path):
    response = client.get(f"/api{path}")

    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert "Last-Modified" not in response


@pytest.mark.parametrize("path", KEPT)
def test_an_answer_may_be_kept_if_it_is_asked_after(city, client, path):
    response = client.get(f"/api{path}")

    directives = response["Cache-Control"].split(", ")
    assert {"public", "max-age=0", "stale-if-error=86400"} <= set(directives)
    assert any(each.startswith("stale-while-revalidate=") for each in directives)
    assert response["Vary"] == "Accept, Accept-Encoding"


def test_head_is_asked_again_as_get_is(city, client):
    first = client.head(ITEMS)
    again = client.head(ITEMS, headers={"if-none-match": first["ETag"]})

    assert first["ETag"] == client.get(ITEMS)["ETag"]
    assert first["Content-Length"] == str(len(client.get(ITEMS).content))
    assert again.status_code == 304


def test_a_database_that_is_away_is_said_in_words(city, client, monkeypatch):
    from django.db import OperationalError

    tag = client.get(ITEMS)["ETag"]

    def fail(*_):
        raise OperationalError("gone")

    monkeypatch.setattr(run, "_fetch", fail)
    response = client.get(ITEMS, headers={"if-none-match": tag})

    assert response.status_code == 503
    assert json.loads(response.content)["title"] == "Too busy just now"
