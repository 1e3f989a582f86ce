"""How far a schedule is known, and whose words a collection carries."""

from datetime import date

import pytest

from waste.change import Change
from waste.collection import Service, ServiceKind, State
from waste.gathered import gather
from waste.rule import Rule
from waste.schedule import Schedule, service_collections

GREY_BIN = Service(ServiceKind.REFUSE, "Grey bin", "grey wheelie bin", "6am")
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)
MONDAY = date(2026, 11, 16)
STRIKE = Change(MONDAY, MONDAY, is_suspended=True, reason="Strike")


def known_until(*rules: Rule) -> date | None:
    return service_collections(Schedule(GREY_BIN, "R1", rules), [], FIRST, LAST).known_until


def test_a_rule_without_an_end_is_known_for_ever() -> None:
    assert known_until(Rule((0,))) is None


def test_a_rule_is_known_until_it_ends() -> None:
    assert known_until(Rule((0,), ends_on=date(2026, 12, 31))) == date(2026, 12, 31)


def test_of_rules_one_after_another_the_last_end_counts() -> None:
    first, second = date(2026, 12, 31), date(2027, 6, 30)

    assert known_until(Rule((0,), ends_on=second), Rule((0,), ends_on=first)) == second
    assert known_until(Rule((0,), ends_on=first), Rule((1,))) is None


def test_a_calendar_is_known_until_its_last_day_even_beyond_the_days_asked_for() -> None:
    calendar = (date(2026, 11, 30), MONDAY, date(2026, 11, 2))

    answer = service_collections(Schedule(GREY_BIN, "", calendar=calendar), [], FIRST, LAST)

    assert [one.on for one in answer.collections] == [MONDAY]
    assert answer.known_until == date(2026, 11, 30)


def test_a_calendar_that_has_ended_has_no_collections_and_says_until_when_it_went() -> None:
    calendar = (date(2026, 11, 2),)

    answer = service_collections(Schedule(GREY_BIN, "", calendar=calendar), [], FIRST, LAST)

    assert (answer.collections, answer.known_until) == ((), date(2026, 11, 2))


def test_changes_are_of_the_days_of_a_calendar_too() -> None:
    schedule = Schedule(GREY_BIN, "", calendar=(MONDAY, MONDAY))

    [collection] = service_collections(schedule, [STRIKE], FIRST, LAST).collections

    assert (collection.state, collection.reason) == (State.SUSPENDED, "Strike")


def test_a_calendar_is_followed_instead_of_rules() -> None:
    schedule = Schedule(GREY_BIN, "R1", (Rule((0, 1, 2)),), (date(2026, 11, 20),))

    answer = service_collections(schedule, [], FIRST, LAST)

    assert [one.on for one in answer.collections] == [date(2026, 11, 20)]


def test_a_collection_as_planned_has_no_reason() -> None:
    as_usual = Change(MONDAY, MONDAY, shift_days=0, reason="As usual in spite of the holiday")

    [collection] = service_collections(
        Schedule(GREY_BIN, "R1", (Rule((0,)),)), [as_usual], FIRST, LAST
    ).collections

    assert (collection.state, collection.reason) == (State.DUE, "")
    assert (collection.service, collection.round) == (GREY_BIN, "R1")


@pytest.mark.parametrize("first", [date.min, date(2026, 11, 16)])
def test_days_at_the_edge_of_time_are_no_trouble(first: date) -> None:
    change = Change(MONDAY, MONDAY, shift_days=1)
    schedule = Schedule(GREY_BIN, "R1", (Rule((0,), starts_on=MONDAY, ends_on=MONDAY),))

    [collection] = service_collections(schedule, [change], first, date.max).collections

    assert collection.on == date(2026, 11, 17)


ROW = {"round": "R1", "service": "Grey bin", "service_kind": "refuse", "weekday": "Monday"}


def test_rows_of_one_service_of_a_round_are_one_schedule() -> None:
    [schedule] = gather([ROW, ROW | {"weekday": "Thursday", "service": "grey  bin"}]).values()

    assert [rule.weekdays for rule in schedule.rules] == [(0,), (3,)]
    assert schedule.service.name == "Grey bin"


def test_services_of_one_kind_and_another_name_are_two() -> None:
    rows = [ROW, ROW | {"service": "Sacks"}, ROW | {"round": "R2"}]

    assert len(gather(rows)) == 3


@pytest.mark.parametrize(
    "wrong", [{"weekday": "Mnoday"}, {"service_kind": "bins"}, {"weekday": ""}]
)
def test_an_unreadable_row_makes_no_schedule(wrong: dict[str, str]) -> None:
    assert gather([ROW | wrong]) == {}
