from datetime import date

from maps.bin_months import BinYear, CalendarDay, bin_year, end_of_year_from, weekdays
from tests.factories.bins import RECYCLING, REFUSE, due, moved, service_of, suspended

NOVEMBER = date(2026, 11, 1)


def day_of(year: BinYear, day: date) -> CalendarDay:
    [month] = [each for each in year.months if each.first == day.replace(day=1)]
    [found] = [each for week in month.weeks for each in week if each.number == day.day]
    return found


def test_it_is_twelve_months_of_weeks_from_monday() -> None:
    year = bin_year([], NOVEMBER)

    assert [month.first for month in year.months][:3] == [
        NOVEMBER,
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]
    assert year.months[-1].first == date(2027, 10, 1)
    assert all(len(week) == 7 for month in year.months for week in month.weeks)
    # 1 November 2026 is a Sunday.
    assert [day.number for day in year.months[0].weeks[0]] == [0, 0, 0, 0, 0, 0, 1]
    assert [each.full for each in weekdays()][0] == "Monday"


def test_its_last_day_is_the_eve_of_the_same_month() -> None:
    assert end_of_year_from(NOVEMBER) == date(2027, 10, 31)
    assert end_of_year_from(date(2027, 3, 1)) == date(2028, 2, 29)


def test_a_collection_stands_on_the_day_that_it_happens_and_says_so() -> None:
    year = bin_year(
        [service_of(moved(RECYCLING, date(2026, 12, 25), date(2026, 12, 28), "Christmas"))],
        NOVEMBER,
    )

    assert day_of(year, date(2026, 12, 25)).collections == ()
    [collection] = day_of(year, date(2026, 12, 28)).collections
    assert collection.is_moved
    assert collection.change == "Moved from Friday 25 December: Christmas."
    assert [change.day for change in year.changes] == ["Monday 28 December"]


def test_what_is_off_stands_on_the_day_that_it_was_planned_for() -> None:
    year = bin_year([service_of(suspended(REFUSE, date(2027, 1, 5)))], NOVEMBER)

    [collection] = day_of(year, date(2027, 1, 5)).collections
    assert collection.is_suspended
    assert collection.change == "Not collected on Tuesday 5 January."


def test_days_after_every_calendar_are_not_known() -> None:
    services = [
        service_of(due(REFUSE, NOVEMBER), known_until=date(2027, 1, 15)),
        service_of(due(RECYCLING, NOVEMBER), known_until=date(2027, 2, 15)),
    ]

    year = bin_year(services, NOVEMBER)

    assert day_of(year, date(2027, 2, 15)).is_known
    assert not day_of(year, date(2027, 2, 16)).is_known
    assert [month.is_known for month in year.months] == [True] * 4 + [False] * 8
    assert year.has_unknown_days


def test_a_rule_without_an_end_leaves_no_day_unknown() -> None:
    services = [
        service_of(due(REFUSE, NOVEMBER), known_until=date(2027, 1, 15)),
        service_of(due(RECYCLING, NOVEMBER), known_until=None),
    ]

    assert not bin_year(services, NOVEMBER).has_unknown_days


def test_the_legend_names_each_service_once() -> None:
    services = [service_of(due(REFUSE, NOVEMBER)), service_of(due(RECYCLING, NOVEMBER))]

    assert [(each.mark.letter, each.service) for each in bin_year(services, NOVEMBER).legend] == [
        ("H", "Household waste (grey bin)"),
        ("R", "Recycling (green bin)"),
    ]
