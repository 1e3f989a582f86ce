"""`/bins/<uprn>.ics` over HTTP, as phones ask for it."""

import json
import logging
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from access.shown_keys import forget_keys
from layers.publish import roll_back
from tests.factories import MadeFeature, publish_features
from tests.factories.calendar_file import Component, events, read_calendar
from tests.integration.waste.rounds import (
    publish_changes,
    publish_places,
    publish_rounds,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_A_REVISION_S = 1.0  # revisions are told by the second
PATH = "/bins/10.ics"
MOVED = {"round": "R1", "planned_on": "2026-11-30", "moved_to": "2026-12-02", "reason": "Ice"}


class Today:
    day = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def today(db: None, monkeypatch: pytest.MonkeyPatch) -> type[Today]:
    monkeypatch.setattr(Today, "day", date(2026, 11, 27))
    monkeypatch.setattr(timezone, "localdate", lambda *_: Today.day)
    publish_places()
    publish_rounds()
    return Today


def ask(client: Client, path: str = PATH, **headers: str) -> HttpResponse:
    return client.get(path, headers=headers)


def by_uid(client: Client) -> dict[str, Component]:
    return {event["UID"]: event for event in events(read_calendar(ask(client).content))}


def test_a_phone_gets_a_calendar_of_two_weeks_and_a_year(client: Client) -> None:
    response = ask(client)

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    days = sorted(event["DTSTART"] for event in events(read_calendar(response.content)))
    assert days[0] == "20261109"
    assert days[-1] == "20271129"


def test_a_moved_collection_changes_the_event_that_a_phone_has(client: Client) -> None:
    before = by_uid(client)
    publish_changes(MOVED)

    after = by_uid(client)

    assert after.keys() == before.keys()
    changed = [uid for uid in after if after[uid]["DTSTART"] != before[uid]["DTSTART"]]
    assert {after[uid]["DTSTART"] for uid in changed} == {"20261202"}
    assert {before[uid]["DTSTART"] for uid in changed} == {"20261130"}
    for uid in changed:
        assert int(after[uid]["SEQUENCE"]) >= int(before[uid]["SEQUENCE"])
        assert "Ice" in after[uid].text("DESCRIPTION")


def test_what_is_withdrawn_again_is_a_later_revision_too(client: Client) -> None:
    changes = publish_changes({"round": "R7", "planned_on": "2026-11-30", "suspended": True})
    time.sleep(_A_REVISION_S)
    publish_features(changes, [MadeFeature("0", None, MOVED)])
    moved = by_uid(client)
    time.sleep(_A_REVISION_S)
    roll_back(changes)

    back = by_uid(client)

    assert back.keys() == moved.keys()
    for uid in back:
        assert int(back[uid]["SEQUENCE"]) > int(moved[uid]["SEQUENCE"])
        assert back[uid]["LAST-MODIFIED"] > moved[uid]["LAST-MODIFIED"]


def test_a_phone_that_has_it_is_told_so_until_something_changes(
    client: Client, today: type[Today]
) -> None:
    first = ask(client)
    today.day = date(2026, 11, 29)  # the Sunday of the same week

    again = ask(client, **{"if-none-match": first["ETag"]})
    publish_changes(MOVED)
    changed = ask(client, **{"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"] == "private, max-age=3600"
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_phone_that_knows_dates_alone_is_told_so_too(client: Client) -> None:
    first = ask(client)

    again = ask(client, **{"if-modified-since": first["Last-Modified"]})

    assert again.status_code == 304


def test_a_new_week_is_a_new_calendar(client: Client, today: type[Today]) -> None:
    first = ask(client)
    today.day = date(2026, 11, 30)

    assert ask(client, **{"if-none-match": first["ETag"]}).status_code == 200


def test_neighbours_do_not_have_each_others_tag(client: Client) -> None:
    assert ask(client)["ETag"] != ask(client, "/bins/11.ics")["ETag"]


def test_finding_out_that_nothing_changed_makes_no_calendar(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = ask(client)["ETag"]
    monkeypatch.setattr("waste.api.calendar._file", None)

    assert ask(client, **{"if-none-match": tag}).status_code == 304


def test_a_reminder_is_asked_for_by_its_time(client: Client) -> None:
    calendar = read_calendar(ask(client, f"{PATH}?alarm=18:00").content)

    assert {event.parts[0]["TRIGGER"] for event in events(calendar)} == {"-PT6H"}


@pytest.mark.parametrize(
    "query", ["alarm=6pm", "alarm=24:00", "alarm=", "alarm=18:00&alarm=19:00", "when=18:00"]
)
def test_a_bad_parameter_is_a_bad_request(client: Client, query: str) -> None:
    response = ask(client, f"{PATH}?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("uprn", ["99", "ten", "1234567890123"])
def test_no_address_of_ours_has_no_calendar(client: Client, uprn: str) -> None:
    response = ask(client, f"/bins/{uprn}.ics")

    assert response.status_code == 404
    assert json.loads(response.content)["type"] == "/api/problems#not-found"


def test_an_address_on_no_round_has_a_calendar_that_says_so(client: Client) -> None:
    [event] = events(read_calendar(ask(client, "/bins/15.ics").content))

    assert "none of the rounds" in event.text("DESCRIPTION")


def test_nobody_else_keeps_or_lists_it_and_it_sets_no_cookie(client: Client) -> None:
    response = ask(client)

    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "private" in response["Cache-Control"]


@pytest.fixture
def limited(settings: Any) -> Iterator[None]:
    forget_keys()
    settings.API_RATE_PER_MINUTE = 3
    yield
    forget_keys()


def test_a_calendar_service_may_ask_for_all_its_people(client: Client, limited: None) -> None:
    """Google asks for everybody's calendars from a few addresses."""
    assert {ask(client).status_code for _ in range(10)} == {200}


def test_the_attribution_comes_along(client: Client) -> None:
    calendar = read_calendar(ask(client).content)

    assert calendar.text("X-WR-CALDESC") == "Contains rounds of Birmingham City Council."


def test_no_log_names_the_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(client)
        ask(client, "/bins/4242424242.ics")
        client.get("/api/bins/4242424242")
        client.get("/bins/4242424242")

    assert "4242424242" not in caplog.text
    assert "/bins/10" not in caplog.text
