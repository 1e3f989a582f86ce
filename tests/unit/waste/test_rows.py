"""From published properties to rules, changes and notices."""

from datetime import date

import pytest

from waste.change import Change
from waste.collection import Notice, Service, ServiceKind
from waste.rows import RowUnreadable, read_change, read_notice, read_rule, read_service
from waste.rule import Rule, Season

ROW = {"weekday": "Monday"}


def test_a_rule_has_what_its_row_says() -> None:
    rule = read_rule(
        {
            "weekday": "Thursday, Monday",
            "every_weeks": 2,
            "week_of_month": None,
            "starts_on": "2026-11-02",
            "ends_on": "2027-03-31",
            "season_from": "1 March",
            "season_to": "--11-30",
        }
    )

    assert rule == Rule(
        (0, 3), 2, None, date(2026, 11, 2), date(2027, 3, 31), Season((3, 1), (11, 30))
    )


def test_without_an_interval_a_rule_is_of_every_week() -> None:
    assert read_rule(ROW) == Rule((0,), 1)


@pytest.mark.parametrize(
    "words", ["1 March", "1st March", "01 mar", "March 1", "Mar 1st", "--03-01"]
)
def test_a_day_of_the_year_may_be_written_in_many_ways(words: str) -> None:
    rule = read_rule(ROW | {"season_from": words, "season_to": "29 February"})

    assert rule.season == Season((3, 1), (2, 29))


@pytest.mark.parametrize("words", ["spring", "31 February", "01-03", "01/03", "1"])
def test_what_is_no_day_of_the_year_is_refused_by_its_field(words: str) -> None:
    with pytest.raises(RowUnreadable, match="is no day of the year") as refused:
        read_rule(ROW | {"season_from": "1 March", "season_to": words})

    assert refused.value.field == "season_to"


def test_a_change_of_one_day_ends_on_it() -> None:
    change = read_change({"planned_on": "2026-12-25", "moved_to": "2026-12-27"}, 3)

    day = date(2026, 12, 25)
    assert change == Change(day, day, moved_to=date(2026, 12, 27), position=3)


def test_a_change_has_what_its_row_says() -> None:
    row = {
        "planned_on": "2026-12-28",
        "planned_to": "2027-01-01",
        "round": "R1",
        "service": "Food",
        "shift_days": 1,
        "suspended": False,
        "reason": "Bank holiday",
        "announced_on": "2026-11-02",
    }

    assert read_change(row, 0) == Change(
        date(2026, 12, 28),
        date(2027, 1, 1),
        round="R1",
        service="Food",
        shift_days=1,
        reason="Bank holiday",
        announced_on=date(2026, 11, 2),
    )


def test_a_service_without_a_name_is_called_by_its_kind() -> None:
    assert read_service({"service_kind": "food"}) == Service(ServiceKind.FOOD, "food")


def test_a_notice_has_what_its_row_says() -> None:
    row = {"title": "Strike", "text": "No collections.", "starts_on": "2026-11-02", "url": None}

    assert read_notice(row) == Notice("Strike", "No collections.", date(2026, 11, 2), None, "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[", "council.example/strike", 7])
def test_a_notice_leads_to_pages_of_the_web_alone(url: object) -> None:
    assert read_notice({"title": "Strike", "url": url}).url == ""
    assert read_notice({"url": "https://council.example/strike"}).url != ""
