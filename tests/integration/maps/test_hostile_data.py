"""Data that would like to be more than text: on every page, calendar and answer it stays text."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pytest
from django.test import Client
from django.utils import timezone
from shapely import Point, box

from importers.transform.identity import feature_ids
from tests.factories import drop_everything
from tests.factories.calendar_file import events, read_calendar
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("hostile_city"),
]

BROKEN_OUT = "brokenout"
# Ends attributes, elements, scripts, comments and lines; writes from right to left; is a template.
HOSTILE = (
    f"\"'><{BROKEN_OUT} onerror=alert(1)></script></title></textarea>--><{BROKEN_OUT}>"
    "\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\nEND:VEVENT\u202egnp\u2066{{ 7 }}{% debug %};,\\n&lt;"
)
RUNS = "javascript:alert(1)//https://"
SQUARE = box(405000, 285000, 407000, 287000)
HERE = Point(406000, 286000)
FID = "a/b?c#d%2e<i>\u202e"
SEGMENT = feature_ids(pa.array([FID])).to_pylist()[0]


def _publish(
    slug: str, role: str, shape: Any, row: dict[str, Any], fid: str = "1", **changes: Any
) -> None:
    types = {"website": "url", "web_page": "url", "received_on": "date", "bare_url": "text"}
    fields = [make_field(name, types.get(name, "text")) for name in row]
    for field in fields:
        field.is_queryable = field.name in ("postcode", "street", "ward_code", "round", "uprn")
    kind = shape.geom_type if shape is not None else "None"
    layer = make_layer(slug, kind, role=role, fields=fields, **changes)
    publish_features(layer, [MadeFeature(fid, shape, row)])


@pytest.fixture(scope="module")
def hostile_city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        try:
            _publish_city()
            yield
        finally:
            drop_everything()


def _publish_city() -> None:
    today = timezone.localdate()
    every = {"name": HOSTILE}
    _publish("postcodes", "postcode", HERE, {"postcode": "B1 1BB"}, "B11BB")
    home = {"uprn": "17", "organisation": HOSTILE, "street": HOSTILE, "postcode": "B1 1BB"}
    _publish("addresses", "address", HERE, home, "17", is_public=False)
    _publish("wards", "ward", SQUARE, every, FID, is_area=True)
    _publish("places", "place", HERE, {**every, "kind": HOSTILE, "district": HOSTILE}, FID)
    person = ("name", "party", "email", "phone")
    said = {"ward_code": SEGMENT, **dict.fromkeys(person, HOSTILE), "website": RUNS}
    _publish("councillors", "councillor", None, said)
    school = {**every, "phase": HOSTILE, "type": HOSTILE, "website": RUNS}
    _publish("schools", "school", HERE, school, is_service=True)
    library = {**every, "website": RUNS, "bare_url": RUNS, "hours": HOSTILE}
    _publish("libraries", "", HERE, library, FID, is_service=True, opening_hours={"field": "hours"})
    _publish("limits", "", SQUARE, every, is_constraint=True, title=f'"><{BROKEN_OUT}>')
    plan = {**dict.fromkeys(("name", "reference", "address", "type", "status"), HOSTILE)}
    plan |= {"received_on": today.isoformat(), "web_page": RUNS}
    _publish("plans", "planning-application", HERE, plan, datetime_field="received_on")
    _publish_waste(today)


def _publish_waste(today: date) -> None:
    service = {"round": HOSTILE, "service": HOSTILE, "service_kind": "refuse"}
    words = {"container": HOSTILE, "put_out_by": HOSTILE, "weekday": f"{today:%A}"}
    _publish("rounds", "collection-round", SQUARE, {**service, **words})
    later = today + timedelta(days=7)
    change = {
        "planned_on": later.isoformat(),
        "moved_to": (later + timedelta(days=1)).isoformat(),
        "reason": HOSTILE,
    }
    _publish("changes", "collection-change", None, change)
    notice = {"title": HOSTILE, "text": HOSTILE * 50 + "😀" * 500, "url": RUNS}
    _publish("notices", "service-notice", SQUARE, notice)


class Page(HTMLParser):
    """What a browser would make of a page that may run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in (BROKEN_OUT, "style", "object", "embed", "i"):
            self.faults.append(f"an element {tag}")
        if tag == "script" and "src" not in named and "json" not in named.get("type", ""):
            self.faults.append("a script in the page")
        self.faults += [f"{tag} {name}" for name in named if name.startswith("on")]
        self.faults += [
            f"{tag} {name}={value}"
            for name, value in named.items()
            if name in ("href", "src", "action", "formaction")
            and urlsplit(value).scheme not in ("", "http", "https", "mailto", "webcal")
        ]

    def handle_data(self, data: str) -> None:
        self.words += data


# Some say nothing of what is hostile here, and are looked at all the same.
SILENT = {
    "/nearest/libraries/", "/data", "/layers/", "/embed/libraries", "/my-area/B11BB/addresses",
    "/nearest/libraries/B11BB?open=now", "/api/places?q=B1&f=html",
}  # fmt: skip
PAGES = (
    "/my-area/B11BB", "/my-area/B11BB?words=easy", "/my-area/uprn-17", "/my-area/B11BB/addresses",
    f"/my-area/ward-{SEGMENT}", "/my-area/B11BB/planning",
    "/my-area/B11BB/planning?within=2000&months=36", "/nearest/libraries/B11BB",
    "/nearest/libraries/B11BB?open=now", "/nearest/libraries/", "/nearest/limits/B11BB",
    "/bins/17", "/bins/17/calendar", "/embed/my-area/B11BB", "/embed/my-area/uprn-17",
    "/api/bins/17?f=html", "/api/places?q=B1&f=html", "/layers/", "/layers/libraries",
    "/layers/limits", "/layers/limits/1", "/reports/new/limits/1", "/reports/sent/limits/1",
    "/api/at?lon=-1.9131&lat=52.4718&f=html", "/api/nearest?lon=-1.9131&lat=52.4718&f=html",
    "/embed/libraries", "/data", "/planning/applications", "/planning/applications/counts",
    "/planning/applications?status=%22%3E%3Cbrokenout%3E&q=%3Cbrokenout%3E",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_it_as_text(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code in (200, 404), path
    page = Page(answer.text)
    # The map for other sites has one script of its own, by a nonce.
    allowed = ["a script in the page"] if path == "/embed/libraries" else []
    assert [fault for fault in page.faults if fault not in allowed] == []
    assert path in SILENT or "{{ 7 }}" in page.words or "<brokenout>" in page.words


@pytest.mark.parametrize("address", ["/my-area/", "/embed/my-area/", "/nearest/libraries/"])
@pytest.mark.parametrize("text", [HOSTILE, "brokenout", "gnp", "17", "B1"])
def test_what_is_typed_and_what_is_found_are_text(client: Client, address: str, text: str) -> None:
    answer = client.post(address, {"place": text})

    assert answer.status_code in (200, 303)
    assert Page(answer.text).faults == []
    assert "\r" not in answer.headers.get("Location", "")


def test_the_places_near_are_text(client: Client) -> None:
    answer = client.post("/my-area/near", {"lon": "-1.9131", "lat": "52.4718", "accuracy": "500"})

    assert answer.status_code == 200
    assert Page(answer.text).faults == []
    assert "{{ 7 }}" in Page(answer.text).words


def test_a_calendar_has_no_line_of_theirs(client: Client) -> None:
    content = client.get("/bins/17.ics").content

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    found = events(read_calendar(content))  # strictly: no sign is cut in two either
    assert len(found) > 50
    assert {event.name for event in found} == {"VEVENT"}
    assert not [event for event in found if event.parts]
    assert any("😀" * 500 in event.text("DESCRIPTION") for event in found)


def test_its_alarms_are_ours(client: Client) -> None:
    found = events(read_calendar(client.get("/bins/17.ics?alarm=18:00").content))

    alarms = [part for event in found for part in event.parts]
    assert len(alarms) > 50
    assert {alarm["ACTION"] for alarm in alarms} == {"DISPLAY"}


def test_no_answer_leads_to_what_runs(client: Client) -> None:
    bins = json.loads(client.get("/api/bins/17").content)

    assert [notice["url"] for notice in bins["notices"]] == [None]
    assert bins["services"][0]["name"] == HOSTILE
