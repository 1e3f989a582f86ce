"""What people and programs look up by mistake or in malice, by the ids of bad inputs."""

import json
import re
import time

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.html import escape

from access import middleware
from gazetteer import query

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("neighbourhood"),
]

LONGEST_S = 10


def search(client: Client, text: str):
    started = time.monotonic()
    response = client.post("/my-area/", {"place": text})
    assert time.monotonic() - started < LONGEST_S
    return response


def _found(response) -> tuple[str, ...]:
    """Return where a search leads: at once, or by one of its results."""
    if response.status_code == 303:
        return (response["Location"],)
    of_results = r'result-list__item">\s*<a class="govuk-link"[^>]* href="([^"]+)"'
    return tuple(re.findall(of_results, response.content.decode()))


@pytest.mark.parametrize(
    "text",
    [
        "B13 9AA",
        "b139aa",
        " B13  9AA ",
        "B13-9AA",
        "B13\u00a09AA",
        "\uff22\uff11\uff13 \uff19\uff21\uff21",
    ],
)
def test_l01_a_postcode_is_found_however_it_is_typed(client: Client, text: str) -> None:
    response = search(client, text)

    assert (response.status_code, response["Location"]) == (303, "/my-area/B139AA")


@pytest.mark.parametrize(
    "text",
    ["NG15D", "NG1", "12345", "B13 9AAB13 9AA", "<script>alert(1)</script>", "x" * 10_000, "",
     "\0", "😀", "%", "_", "'; DROP TABLE layers_layer; --", "{{ text }}", "\ufdfa" * 5_000],
)  # fmt: skip
def test_l02_what_is_no_postcode_is_asked_for_again(client: Client, text: str) -> None:
    response = search(client, text)

    body = response.content.decode()
    assert response.status_code == 200
    assert "Enter a full UK postcode or a street name" in body
    assert "<script>alert" not in body
    # Shown in the box again, as far as it can be.
    shown = text.replace("\0", "").strip()[:200]
    assert escape(shown) in body


def test_l02_what_follows_a_postcode_finds_no_more_than_it(client: Client) -> None:
    response = search(client, "B13 9AA; drop table")

    assert response.status_code == 200
    assert "drop table" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("B99 9ZZ", "We do not know the postcode B99 9ZZ"),
        ("JE2 3AB", "JE2 3AB is in Jersey, Guernsey or the Isle of Man"),
        ("im1 1aa", "IM1 1AA is in Jersey, Guernsey or the Isle of Man"),
        ("BT1 1AA", "BT1 1AA is in Northern Ireland"),
        ("GIR 0AA", "GIR 0AA was a bank"),
        ("BF1 2AT", "BF1 2AT is a forces (BFPO) postcode"),
        ("BFPO 57", "BFPO 57 is a forces (BFPO) postcode"),
    ],
)
def test_l03_each_kind_of_unknown_postcode_has_its_own_text(
    client: Client, text: str, message: str
) -> None:
    response = search(client, text)

    assert response.status_code == 200
    assert message in response.content.decode()


def test_l03_a_postcode_outside_the_council_leads_to_its_page(client: Client) -> None:
    assert search(client, "B90 1AA")["Location"] == "/my-area/B901AA"


def test_l03_an_ended_postcode_is_said_to_be_ended(client: Client) -> None:
    response = search(client, "B6 5ZZ")

    body = response.content.decode()
    assert response.status_code == 200
    assert "B6 5ZZ is not in use any more: it ended 1 May 2019." in body
    assert "/my-area/B65ZZ" in body


def test_l03_a_large_users_postcode_leads_to_its_page(client: Client) -> None:
    """One that a single organisation has is a place as any other."""
    assert search(client, "B9 0AA")["Location"] == "/my-area/B90AA"


LIMIT = 60


@pytest.mark.parametrize(
    "path",
    [
        "/api/places?q=oak",
        "/api/bins/100070000001",
        "/my-area/uprn-100070000001",
        "/embed/my-area/B139AA",
        "/bins/100070000001",
        "/my-area/",
    ],
)
def test_l04_a_thousand_lookups_in_a_minute_are_too_many(
    client: Client, path: str, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_RATE_PER_MINUTE = LIMIT
    monkeypatch.setattr(middleware, "this_minute", lambda: 29_000_000)
    ask = client.get if path != "/my-area/" else _post_postcode(client)

    answers = [ask(path) for _ in range(1_000)]

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(429) == 1_000 - LIMIT
    assert max(statuses) == 429
    refusal = answers[-1]
    assert 1 <= int(refusal["Retry-After"]) <= 60
    assert refusal["Cache-Control"] == "no-store"
    said = json.loads(refusal.content)["detail"]
    assert "has it as a file" in said


def _post_postcode(client: Client):
    return lambda path: client.post(path, {"place": "B13 9AA"})


def test_l04_the_addresses_one_after_another_are_too_many(
    client: Client, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_RATE_PER_MINUTE = LIMIT
    monkeypatch.setattr(middleware, "this_minute", lambda: 29_000_000)

    answers = [client.get(f"/my-area/uprn-{100070000001 + n}") for n in range(2 * LIMIT)]

    assert [answer.status_code for answer in answers[-LIMIT:]] == [429] * LIMIT


def test_l04_people_read_on_a_page_what_to_do(
    client: Client, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_RATE_PER_MINUTE = LIMIT
    monkeypatch.setattr(middleware, "this_minute", lambda: 29_000_000)
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}

    for _ in range(LIMIT + 1):
        answer = client.get("/my-area/B139AA", headers=browser)

    assert answer.status_code == 429
    assert answer["Content-Type"].startswith("text/html")
    assert f"More than {LIMIT} look-ups in a minute" in answer.text
    assert "/data says where" in answer.text


@pytest.mark.parametrize(
    "text", ["1", "flat", "%", "Flat 1", "the", "and", "road", "a b c d e f g"]
)
def test_l05_a_search_for_nearly_everything_is_bounded(client: Client, text: str) -> None:
    response = search(client, text)

    assert response.status_code in (200, 303)
    assert response.content.count(b"result-list__item") <= 300


@pytest.mark.parametrize(
    "variants",
    [
        ["St Mary’s Row", "St Mary's Row", "Saint Marys Row", "st. mary`s row"],
        ["O'Brien", "O’Brien", "OBRIEN", "o´brien"],
        ["Ŵyddfa Green", "wyddfa green", "W\u0302YDDFA GREEN"],
    ],
)
def test_l05_quotes_saints_and_accents_make_no_difference(
    client: Client, variants: list[str]
) -> None:
    found = {_found(search(client, text)) for text in variants}

    [places] = found
    assert places


def test_l05_the_very_name_is_ranked_before_those_like_it(client: Client) -> None:
    body = search(client, "church lane").content.decode()

    assert "Church Lane, Aston" in body
    assert "Oak Road" not in body


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ({"lon": "2.35", "lat": "48.86", "accuracy": "10"}, "it is outside Great Britain"),
        ({"lon": "-5.93", "lat": "90.1", "accuracy": "10"}, "it is outside Great Britain"),
        ({"lon": "-1.9", "lat": "52.48", "accuracy": "5000"}, "only to about 5.0 km"),
        ({"lon": "nan", "lat": "inf", "accuracy": "10"}, "did not say where it is"),
        ({"lon": "-1.9", "lat": "52.48", "accuracy": "-1"}, "did not say where it is"),
        ({"lon": "1e999", "lat": "52.48", "accuracy": "10"}, "did not say where it is"),
        ({"lon": "\uff11", "lat": "9" * 5_000, "accuracy": "\0"}, "did not say where it is"),
        ({}, "did not say where it is"),
    ],
)
def test_l06_a_position_of_no_use_is_said_to_be_and_text_is_asked_for(
    client: Client, position: dict[str, str], words: str
) -> None:
    answer = client.post("/my-area/near", position)

    assert answer.status_code == 200
    assert words in answer.text
    assert "Enter a postcode, street or address instead" in answer.text


def test_l06_how_exact_a_position_is_is_shown(client: Client) -> None:
    answer = client.post("/my-area/near", {"lon": "-1.8909", "lat": "52.4449", "accuracy": "40"})

    assert "40 m" in answer.text


def _no_database(*_: object, **__: object) -> None:
    raise OperationalError("FATAL: no")


@pytest.mark.parametrize(
    "path",
    ["/my-area/B139AA", "/my-area/B139AA/planning", "/my-area/B139AA/addresses",
     "/bins/100070000001", "/bins/100070000001/calendar", "/embed/my-area/B139AA",
     "/api/places?q=B139AA"],
)  # fmt: skip
def test_l07_without_a_database_it_says_so(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "read_sources", _no_database)

    answer = Client(raise_request_exception=False).get(path)

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "FATAL" not in answer.text
    assert "B139AA" not in answer.text.replace("q=B139AA", "")
