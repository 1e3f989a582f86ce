"""`/api/bins/<uprn>` over HTTP."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from django.utils import timezone

from access import middleware
from access.shown_keys import forget_keys
from tests.integration.waste.rounds import (
    AREAS,
    ROUNDS,
    publish_changes,
    publish_notices,
    publish_places,
    publish_premises,
    publish_rounds,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

TODAY = date(2026, 11, 27)
FORTNIGHT = {"from": "2026-11-30", "to": "2026-12-14"}


@pytest.fixture(autouse=True)
def city(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    publish_places()


def ask(client: Client, uprn: str = "10", **query: str) -> dict[str, Any]:
    response = client.get(f"/api/bins/{uprn}", query)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = json.loads(response.content)
    return answer


def refusal(client: Client, uprn: str = "10", **query: str) -> dict[str, Any]:
    response = client.get(f"/api/bins/{uprn}", query)
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = json.loads(response.content)
    assert problem["status"] == response.status_code
    return problem


def test_every_service_says_what_when_and_what_to_put_out(client: Client) -> None:
    publish_rounds()

    refuse, food = ask(client, **FORTNIGHT)["services"]

    assert refuse == {
        "kind": "refuse",
        "name": "Grey bin",
        "container": "grey wheelie bin",
        "putOutBy": "6am",
        "round": "R1",
        "next": "2026-11-30",
        "knownUntil": None,
        "collections": [
            {"date": day, "plannedDate": day, "state": "due", "reason": None}
            for day in ("2026-11-30", "2026-12-14")
        ],
    }
    assert [each["date"] for each in food["collections"]] == [
        "2026-11-30",
        "2026-12-07",
        "2026-12-14",
    ]


def test_without_days_it_begins_today(client: Client) -> None:
    publish_rounds()

    answer = ask(client)

    assert answer["from"] == "2026-11-27"
    assert answer["to"] == "2027-02-27"
    assert answer["services"][0]["next"] == "2026-11-30"


def test_what_moved_and_what_is_off_say_why(client: Client) -> None:
    publish_rounds()
    publish_changes(
        {"round": "R1", "planned_on": "2026-11-30", "moved_to": "2026-12-02", "reason": "Ice"},
        {"round": "R1", "planned_on": "2026-12-14", "suspended": True, "reason": "Strike"},
    )

    refuse = ask(client, **FORTNIGHT)["services"][0]

    assert refuse["next"] == "2026-12-02"
    assert refuse["collections"] == [
        {"date": "2026-12-02", "plannedDate": "2026-11-30", "state": "moved", "reason": "Ice"},
        {"date": None, "plannedDate": "2026-12-14", "state": "suspended", "reason": "Strike"},
    ]


def test_programs_for_home_automation_find_their_own_form(client: Client) -> None:
    """The schema of UKBinCollectionData: a list of type and collectionDate, dd/mm/yyyy."""
    publish_rounds()
    publish_changes({"round": "R1", "planned_on": "2026-12-07", "suspended": True})

    bins = ask(client, **FORTNIGHT)["bins"]

    assert bins == [
        {"type": "Food", "collectionDate": "30/11/2026"},
        {"type": "Grey bin (grey wheelie bin)", "collectionDate": "30/11/2026"},
        {"type": "Food", "collectionDate": "14/12/2026"},
        {"type": "Grey bin (grey wheelie bin)", "collectionDate": "14/12/2026"},
    ]


def test_a_notice_for_an_area_is_told_inside_it_alone(client: Client) -> None:
    publish_rounds()
    publish_notices(
        (AREAS["R1"], {"title": "Gates", "text": "Locked.", "starts_on": "2026-11-30"}),
        (None, {"title": "Snow", "text": "Late.", "starts_on": "2026-11-30"}),
    )

    inside, outside = ask(client, "10", **FORTNIGHT), ask(client, "13", **FORTNIGHT)

    assert sorted(each["title"] for each in inside["notices"]) == ["Gates", "Snow"]
    assert [each["title"] for each in outside["notices"]] == ["Snow"]
    assert inside["notices"][0]["startsOn"] == "2026-11-30"


@pytest.mark.parametrize(
    ("uprn", "reason"),
    [("15", "no-round"), ("16", "outside-council"), ("14", "several-rounds")],
)
def test_what_is_not_known_says_why(client: Client, uprn: str, reason: str) -> None:
    publish_rounds()

    answer = ask(client, uprn)

    assert answer["services"] == answer["bins"] == []
    assert answer["notKnown"]["reason"] == reason
    assert answer["notKnown"]["text"].endswith(".")


def test_a_council_without_rounds_says_so(client: Client) -> None:
    assert ask(client)["notKnown"]["reason"] == "nothing-published"


def test_the_end_of_a_calendar_and_a_round_that_is_gone_are_said(client: Client) -> None:
    publish_rounds([{**ROUNDS[0], "ends_on": "2026-12-31"}])
    publish_premises(
        {"uprn": "10", "round": "R1"}, {"uprn": "10", "round": "R9", "service": "Food"}
    )

    answer = ask(client)

    assert answer["services"][0]["knownUntil"] == "2026-12-31"
    assert answer["missingRounds"] == ["R9"]
    assert "R9" in answer["gaps"][0]
    assert answer["gaps"][1] == "We do not have the calendar after 31 December 2026."


def test_it_says_where_it_comes_from_and_where_the_whole_of_it_is(client: Client) -> None:
    publish_rounds()
    publish_premises({"uprn": "10", "round": "R1"}, is_public=False)

    answer = ask(client)

    assert [source["collection"] for source in answer["sources"]] == ["rounds"]
    assert answer["sources"][0]["licence"] == "Open Government Licence v3.0"
    assert answer["sources"][0]["attribution"]
    assert answer["asOf"]
    links = {(link["rel"], link["type"]): link["href"] for link in answer["links"]}
    assert links["alternate", "text/calendar"] == "http://testserver/bins/10.ics"
    assert links["alternate", "text/html"] == "http://testserver/bins/10"
    assert links["enclosure", "application/json"].endswith("/api/collections/rounds/downloads")


@pytest.mark.parametrize("uprn", ["99", "ten", "1234567890123", "0", "-10", "1e1", "１０", "%00"])
def test_what_is_no_address_of_ours_is_not_found(client: Client, uprn: str) -> None:
    publish_rounds()

    assert refusal(client, uprn)["status"] == 404


def test_what_can_be_no_uprn_is_told_what_one_is(client: Client) -> None:
    assert "number of up to 12 digits" in refusal(client, "B1 1AA")["detail"]


def test_zeros_in_front_are_left_out(client: Client) -> None:
    publish_rounds()

    padded = ask(client, "000000000010")

    assert padded == ask(client, "10")
    assert padded["uprn"] == "10"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"from": "tomorrow"}, "from"),
        ({"from": "2026-02-30"}, "from"),
        ({"from": "2026-W48-1"}, "from"),
        ({"from": ""}, "from"),
        ({"from": "2026-12-02", "to": "2026-12-01"}, "to"),
        ({"from": "2025-12-01", "to": "2027-06-01"}, "to"),
        ({"from": "1926-11-27"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"days": "7"}, "days"),
        ({"f": "xml"}, "f"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    client: Client, query: dict[str, str], parameter: str
) -> None:
    problem = refusal(client, **query)

    assert problem["status"] == 400
    assert problem["parameter"] == parameter


def test_thirteen_months_are_answered(client: Client) -> None:
    publish_rounds()

    answer = ask(client, to=str(TODAY + timedelta(days=397)))

    assert len(answer["services"][1]["collections"]) == 57


def test_it_is_kept_by_nobody_read_by_any_site_and_in_no_index(client: Client) -> None:
    publish_rounds()

    response = client.get("/api/bins/10")

    assert response["Cache-Control"] == "private, no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Robots-Tag"] == "noindex"
    assert "ETag" not in response


def test_it_is_a_page_for_people_too(client: Client) -> None:
    publish_rounds()

    response = client.get("/api/bins/10?f=html")

    assert response["Content-Type"].startswith("text/html")
    assert "Bin collections of one address" in response.text
    assert "grey wheelie bin" in response.text


@pytest.fixture
def limit_of_ten(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    forget_keys()
    settings.API_RATE_PER_MINUTE = 10
    monkeypatch.setattr(middleware, "this_minute", lambda: 29_000_000)
    yield
    forget_keys()


def test_a_harvest_of_addresses_ends_soon_and_is_shown_the_whole(
    client: Client, limit_of_ten: None
) -> None:
    publish_rounds()

    answers = [client.get(f"/api/bins/{uprn}") for uprn in range(1, 31)]

    assert [answer.status_code for answer in answers].count(429) == 20
    assert "/api/collections/<layer>/downloads" in json.loads(answers[-1].content)["detail"]


def plain_schema(part: Any) -> Any:
    """Return an OpenAPI 3.0 schema as JSON Schema, which has no `nullable`."""
    if isinstance(part, list):
        return [plain_schema(each) for each in part]
    if not isinstance(part, dict):
        return part
    plain = {key: plain_schema(each) for key, each in part.items() if key != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if part.get("nullable") is True else plain


@pytest.mark.parametrize("uprn", ["10", "15"])
def test_the_definition_describes_it(client: Client, uprn: str) -> None:
    publish_rounds()
    publish_changes({"round": "R1", "planned_on": "2026-11-30", "suspended": True})
    publish_notices((None, {"title": "Snow", "text": "Late."}))
    definition = json.loads(client.get("/api/openapi").content)

    operation = definition["paths"]["/bins/{uprn}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    components = plain_schema(definition["components"])
    validator = jsonschema_rs.Draft202012Validator(
        {**plain_schema(schema), "components": components}
    )

    assert [each["name"] for each in operation["parameters"]] == ["uprn", "from", "to", "f"]
    assert [str(error) for error in validator.iter_errors(ask(client, uprn))] == []
    assert not validator.is_valid({**ask(client, uprn), "asOf": 1})
