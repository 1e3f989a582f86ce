"""The rate limit as callers meet it."""

import json
import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from access import counting, middleware
from access.keys import create_key, revoke_key
from access.models import HitCount
from access.shown_keys import forget_keys
from access.tidy import forget_counts
from tests.factories.other_connections import connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

LIMIT = 40
PATH = "/api/conformance"


@pytest.fixture(autouse=True)
def limits(settings, monkeypatch):
    settings.API_RATE_PER_MINUTE = LIMIT
    settings.API_KEY_RATE_PER_MINUTE = 2 * LIMIT
    # One minute for the whole test, whenever it is run.
    monkeypatch.setattr(middleware, "this_minute", lambda: 29_000_000)


def ask(client: Client, times: int, path: str = PATH, **headers: str):
    return [client.get(path, headers=headers) for _ in range(times)]


def test_the_caller_is_told_what_is_left(client):
    first, second = ask(client, 2)

    assert first["RateLimit-Policy"] == f'"address";q={LIMIT};w=60'
    assert re.fullmatch(rf'"address";r={LIMIT - 1};t=[1-6]?\d', first["RateLimit"])
    assert f"r={LIMIT - 2};" in second["RateLimit"]


def test_too_much_is_refused_with_words_and_a_time(client):
    answers = ask(client, LIMIT + 2)

    assert [answer.status_code for answer in answers] == [200] * LIMIT + [429] * 2
    refusal = answers[-1]
    assert refusal["Content-Type"] == "application/problem+json"
    assert 1 <= int(refusal["Retry-After"]) <= 60
    assert "r=0;" in refusal["RateLimit"]
    assert refusal["Cache-Control"] == "no-store"
    assert refusal["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in refusal["Access-Control-Expose-Headers"]
    problem = json.loads(refusal.content)
    assert problem["type"] == "/api/problems#too-many-requests"
    assert f"More than {LIMIT} requests" in problem["detail"]


def test_processes_count_together(client):
    ask(client, LIMIT + 1)
    another_process = Client()  # its handler makes middleware of its own

    answers = ask(another_process, LIMIT)

    step = counting.step_of(LIMIT)
    assert [each.status_code for each in answers].count(200) <= step


def test_addresses_are_counted_apart(client, settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    ask(client, LIMIT + 1, **{"x-real-ip": "192.0.2.1"})

    [other] = ask(client, 1, **{"x-real-ip": "192.0.2.2"})

    assert other.status_code == 200


def test_no_header_of_the_callers_own_is_a_way_around(client):
    answers = [
        client.get(PATH, headers={"x-forwarded-for": f"192.0.2.{number}", "x-real-ip": "1.1.1.1"})
        for number in range(LIMIT + 1)
    ]

    assert answers[-1].status_code == 429


def test_no_address_is_in_the_table(client, settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    ask(client, LIMIT, **{"x-real-ip": "203.0.113.77"})

    rows = list(HitCount.objects.values_list("caller", "window", "hits"))

    assert rows
    assert all(re.fullmatch(r"[0-9a-f]{32}", caller) for caller, _, _ in rows)


@pytest.mark.parametrize("path", ["/healthz", "/", "/static/nothing.css", "/data"])
def test_pages_are_not_counted(client, path):
    assert "RateLimit" not in client.get(path)


def test_asking_whether_one_may_ask_is_not_counted(client):
    for _ in range(LIMIT + 1):
        assert client.options(PATH).status_code == 204


def test_what_has_not_changed_is_not_counted(client):
    path = "/api/collections"
    tag = client.get(path)["ETag"]

    answers = ask(client, 3 * LIMIT, path, **{"if-none-match": tag})

    assert {answer.status_code for answer in answers} == {304}


@pytest.mark.parametrize("is_any", [True, False])
def test_a_304_that_was_made_like_any_answer_is_counted_like_any(client, is_any):
    """What is made of no layer has a tag of its bytes: it is not known before they are."""
    tag = "*" if is_any else client.get(PATH)["ETag"]

    answers = ask(client, LIMIT + 1, **{"if-none-match": tag})

    assert answers[0].status_code == 304
    assert answers[-1].status_code == 429


def test_tiles_have_an_allowance_of_their_own(client):
    ask(client, LIMIT + 1)

    tile = client.get("/tiles/schools/1/10/1/1.mvt")

    assert tile.status_code != 429
    assert tile["RateLimit-Policy"] == f'"address-tiles";q={10 * LIMIT};w=60'


def test_zero_is_no_limit(client, settings):
    settings.API_RATE_PER_MINUTE = 0

    answers = ask(client, LIMIT + 1)

    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0]


@pytest.mark.parametrize("header", ["x-api-key", "authorization"])
def test_a_key_raises_the_limit(client, header):
    text = create_key("A mirror", "mirror@example.org").text
    shown = f"Bearer {text}" if header == "authorization" else text

    answers = ask(client, 2 * LIMIT + 1, **{header: shown})

    assert [answer.status_code for answer in answers].index(429) == 2 * LIMIT
    assert answers[0]["RateLimit-Policy"] == f'"key";q={2 * LIMIT};w=60'


def test_a_key_unlocks_nothing(client):
    text = create_key("A mirror", "mirror@example.org").text

    with_key = client.get("/api/collections", headers={"x-api-key": text})

    assert with_key.content == client.get("/api/collections").content
    assert client.get("/manage/", headers={"x-api-key": text}).status_code == 302


@pytest.mark.parametrize(
    "shown",
    ["", "x", "cm_0123456789_" + "A" * 43, "cm_0123456789_" + "A" * 42, "‮", "a" * 10_000, "\0"],
)
def test_a_key_that_is_not_ours_is_refused_with_what_to_do(client, shown):
    response = client.get(PATH, headers={"x-api-key": shown})

    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response["Content-Type"] == "application/problem+json"
    assert "leave it out" in json.loads(response.content)["detail"]


def test_a_secret_that_is_not_the_keys_is_refused(client):
    text = create_key("A mirror", "mirror@example.org").text

    assert client.get(PATH, headers={"x-api-key": text[:-1] + "!"}).status_code == 401
    other = text[:-4] + ("AAAA" if not text.endswith("AAAA") else "BBBB")
    assert client.get(PATH, headers={"x-api-key": other}).status_code == 401


def test_an_expired_key_says_so(client):
    new = create_key("Old", "old@example.org", timezone.now() - timedelta(seconds=1))

    response = client.get(PATH, headers={"x-api-key": new.text})

    assert response.status_code == 401
    assert f"The key {new.key.prefix} is expired" in json.loads(response.content)["detail"]


def test_a_revoked_key_is_refused_when_it_is_looked_up_again(client):
    new = create_key("Gone", "gone@example.org")
    assert client.get(PATH, headers={"x-api-key": new.text}).status_code == 200
    revoke_key(new.key)
    forget_keys()  # half a minute later

    response = client.get(PATH, headers={"x-api-key": new.text})

    assert response.status_code == 401
    assert "is revoked" in json.loads(response.content)["detail"]


def test_guessing_keys_has_its_limit_too(client):
    statuses = [
        client.get(PATH, headers={"x-api-key": f"guess {number}"}).status_code
        for number in range(LIMIT + 1)
    ]

    assert statuses == [401] * LIMIT + [429]


def test_a_key_in_an_address_is_an_unknown_parameter(client):
    text = create_key("A mirror", "mirror@example.org").text

    response = client.get(PATH, {"api_key": text})

    assert response.status_code == 400
    assert text not in response.content.decode()


def test_a_password_for_a_proxy_in_front_is_no_key(client):
    assert client.get(PATH, headers={"authorization": "Basic dTpw"}).status_code == 200


def test_the_day_of_use_is_noted(client):
    new = create_key("A mirror", "mirror@example.org")

    client.get(PATH, headers={"x-api-key": new.text})

    new.key.refresh_from_db()
    assert new.key.last_used_on == timezone.now().date()


def test_without_postgresql_it_serves_and_says_so_once(client, monkeypatch, caplog):
    class Away:
        def cursor(self):
            from django.db import OperationalError

            raise OperationalError("gone")

    monkeypatch.setattr(counting, "connections", {"default": Away()})
    with caplog.at_level(logging.WARNING, "access.counting"):
        answers = ask(client, LIMIT)

    assert {answer.status_code for answer in answers} == {200}
    assert len(caplog.records) == 1


def test_counts_of_past_minutes_are_forgotten():
    HitCount.objects.create(caller="old", window=counting.this_minute() - 11, hits=1)
    HitCount.objects.create(caller="new", window=counting.this_minute(), hits=1)

    assert forget_counts() == 1
    assert [count.caller for count in HitCount.objects.all()] == ["new"]


def test_counts_are_not_worth_a_log():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'access_hitcount'")
        assert cursor.fetchone() == ("u",)


def test_the_webs_role_may_count_and_give_out_keys_and_delete_neither():
    import psycopg

    with connect_as_web() as web:
        web.execute("INSERT INTO access_hitcount VALUES ('a', 1, 1)")
        web.execute("UPDATE access_hitcount SET hits = 2")
        web.execute("SELECT * FROM access_apikey")
        for table in ("access_hitcount", "access_apikey"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), web.transaction():
                web.execute(f"DELETE FROM {table}")
        web.rollback()


@pytest.mark.parametrize("path", ["/map/print", "/map/at", "/planning/applications"])
def test_every_page_that_looks_a_place_up_is_counted(client, path):
    answers = ask(client, LIMIT + 1, path)

    assert answers[-1].status_code == 429
    assert "Retry-After" in answers[-1]
