"""Rows that contradict themselves, each in one way, and rows that only look as if they did."""

from datetime import date
from typing import Any

import pytest

from waste.row_checks import check_change, check_date, check_notice, check_round

SERVICE = {"service": "Grey bin", "service_kind": "refuse"}
ROUND = {**SERVICE, "weekday": "Monday", "every_weeks": 2, "starts_on": "2026-11-02"}
CHANGE = {"planned_on": "2026-12-25", "moved_to": "2026-12-27"}


@pytest.mark.parametrize(
    "sound",
    [
        {},
        {"every_weeks": None, "starts_on": None},
        {"every_weeks": 1, "starts_on": None},
        {"weekday": "Monday, Friday", "starts_on": "2026-11-06"},
        {"ends_on": "2026-11-02"},
        {"every_weeks": None, "week_of_month": -1, "starts_on": None},
        {"season_from": "1 November", "season_to": "28 February"},
    ],
)
def test_a_sound_round_has_no_fault(sound: dict[str, Any]) -> None:
    assert list(check_round(ROUND | sound)) == []


@pytest.mark.parametrize(
    ("wrong", "kind", "field"),
    [
        ({"starts_on": None}, "START-MISSING", "starts_on"),
        ({"starts_on": "2026-11-03"}, "WEEKDAY-CONTRADICTED", "starts_on"),
        ({"ends_on": "2026-11-01"}, "SPAN-BACKWARDS", "ends_on"),
        ({"every_weeks": 0}, "INTERVAL-UNLIKELY", "every_weeks"),
        ({"every_weeks": 53}, "INTERVAL-UNLIKELY", "every_weeks"),
        ({"week_of_month": 1}, "INTERVAL-TWICE", "every_weeks"),
        ({"week_of_month": 0, "every_weeks": 1}, "WEEK-OF-MONTH", "week_of_month"),
        ({"season_to": "1 May"}, "RULE-UNREADABLE", "season_from"),
        # Of a layer whose fields are not of the types that the template gives them.
        ({"service_kind": "bins"}, "RULE-UNREADABLE", "service_kind"),
        ({"weekday": "Mon"}, "RULE-UNREADABLE", "weekday"),
        ({"every_weeks": "2"}, "RULE-UNREADABLE", "every_weeks"),
        ({"week_of_month": True}, "RULE-UNREADABLE", "week_of_month"),
        ({"starts_on": "2026-11"}, "RULE-UNREADABLE", "starts_on"),
    ],
)
def test_a_round_that_contradicts_itself_is_kept_out(
    wrong: dict[str, Any], kind: str, field: str
) -> None:
    [fault] = check_round(ROUND | wrong)

    assert (fault.kind, fault.field, fault.keeps_out) == (kind, field, True)


@pytest.mark.parametrize(
    "sound",
    [
        {},
        {"moved_to": None, "suspended": True},
        {"moved_to": None, "shift_days": 0},
        {"moved_to": None, "shift_days": 31},
        {"planned_to": "2026-12-26", "moved_to": "2026-12-26"},
        {"moved_to": "2027-01-25"},
    ],
)
def test_a_sound_change_has_no_fault(sound: dict[str, Any]) -> None:
    assert list(check_change(CHANGE | sound)) == []


@pytest.mark.parametrize(
    ("wrong", "kind", "keeps_out"),
    [
        ({"moved_to": None}, "CHANGE-UNCLEAR", True),
        ({"shift_days": 1}, "CHANGE-UNCLEAR", True),
        ({"planned_to": "2026-12-24"}, "SPAN-BACKWARDS", True),
        ({"moved_to": "2027-01-26"}, "MOVED-TOO-FAR", True),
        ({"moved_to": "2025-12-27"}, "MOVED-TOO-FAR", True),
        ({"planned_to": "2027-12-25", "moved_to": "2026-12-26"}, "MOVED-TOO-FAR", True),
        ({"moved_to": None, "shift_days": -32}, "MOVED-TOO-FAR", True),
        ({"moved_to": "2026-12-24"}, "MOVED-EARLIER", False),
        ({"moved_to": None, "shift_days": -1}, "MOVED-EARLIER", False),
        ({"moved_to": None, "suspended": "yes"}, "CHANGE-UNCLEAR", True),
        ({"planned_on": None}, "CHANGE-UNREADABLE", True),
        ({"planned_to": "Christmas"}, "CHANGE-UNREADABLE", True),
        ({"shift_days": "1"}, "CHANGE-UNREADABLE", True),
    ],
)
def test_a_change_that_contradicts_itself_is_told(
    wrong: dict[str, Any], kind: str, keeps_out: bool
) -> None:
    [fault] = check_change(CHANGE | wrong)

    assert (fault.kind, fault.keeps_out) == (kind, keeps_out)


def test_a_date_is_of_a_round_or_of_a_property() -> None:
    assert [fault.kind for fault in check_date(SERVICE)] == ["WHOSE-DATE"]
    assert not list(check_date(SERVICE | {"round": "R1"}))
    assert not list(check_date(SERVICE | {"uprn": "1"}))
    assert [fault.field for fault in check_date(SERVICE | {"collected_on": "today"})] == [
        "collected_on"
    ]


def test_a_notice_does_not_end_before_it_starts() -> None:
    days = {"starts_on": "2026-11-02", "ends_on": "2026-11-01"}

    assert [fault.field for fault in check_notice(days)] == ["ends_on"]
    assert not list(check_notice({"starts_on": "2026-11-02", "ends_on": "2026-11-02"}))
    assert not list(check_notice({"ends_on": "2026-11-02"}))
    assert [fault.field for fault in check_notice({"ends_on": "soon"})] == ["ends_on"]


@pytest.mark.parametrize(("year", "is_told"), [(9999, True), (2126, True), (2027, False)])
def test_a_first_collection_in_another_age_is_asked_about_and_kept(
    year: int, is_told: bool
) -> None:
    first = date(year, 1, 4)
    row = ROUND | {"weekday": f"{first:%A}", "starts_on": first.isoformat()}

    found = list(check_round(row))

    assert [(fault.kind, fault.keeps_out) for fault in found] == [
        ("START-UNLIKELY", False)
    ] * is_told
