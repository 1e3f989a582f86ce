"""Collections of some days, worked out by hand with a paper calendar, and held against ours.

In each case: what is planned, what is changed, the days asked for, and the expected answer. A day
alone is a collection as planned, "17/11 not 16/11" is one that was moved, "no 16/11" a suspended
one. Years are left out where they are 2026. In 2026 1 November is a Sunday, in 2027 1 January a
Friday; 29 February 2028 is a Tuesday. Clocks go back on 25 October 2026 and on on 28 March 2027.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from waste.change import Change
from waste.collection import Collection, Service, ServiceKind, State
from waste.rule import Rule, Season
from waste.schedule import Schedule, service_collections

GREY_BIN = Service(ServiceKind.REFUSE, "Grey bin")
ROUND = "R1"
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
MARCH_TO_NOVEMBER = Season((3, 1), (11, 30))
NOVEMBER_TO_FEBRUARY = Season((11, 1), (2, 28))


def day(text: str) -> date:
    """Return the day of "16/11", which is in 2026, or of "4/1/27"."""
    numbers = [int(part) for part in text.split("/")]
    year = 2000 + numbers[2] if len(numbers) > 2 else 2026
    return date(year, numbers[1], numbers[0])


def every(weeks: int, *weekdays: int, **rest: Any) -> Rule:
    """Return a rule; its days may be written as in the table."""
    for name in ("starts_on", "ends_on"):
        if name in rest:
            rest[name] = day(rest[name])
    return Rule(weekdays, weeks, **rest)


def monthly(week: int, *weekdays: int, **rest: Any) -> Rule:
    return Rule(weekdays, week_of_month=week, **rest)


def moved(planned: str, to: str, **rest: Any) -> Change:
    return _change(planned, moved_to=day(to), **rest)


def shifted(planned: str, by: int, **rest: Any) -> Change:
    return _change(planned, shift_days=by, **rest)


def suspended(planned: str, **rest: Any) -> Change:
    return _change(planned, is_suspended=True, **rest)


def _change(planned: str, **rest: Any) -> Change:
    """Return a change of one day, or of those of "21/12-31/12"."""
    first, _, last = planned.partition("-")
    if "announced_on" in rest:
        rest["announced_on"] = day(rest["announced_on"])
    return Change(first=day(first), last=day(last or first), **rest)


WEEKLY = every(1, MON)
FORTNIGHTLY = every(2, MON, starts_on="2/11")
OTHER_WEEK = every(2, MON, starts_on="9/11")
DAILY = every(1, MON, TUE, WED, THU, FRI)
CHRISTMAS_WEEK = shifted("25/12-2/1/27", 1)

# What is planned; what changes it; first and last day asked for; what is expected.
Case = tuple[str, Sequence[Rule], Sequence[Change], str, str]
RULES: list[Case] = [
    ("weekly", [WEEKLY], [], "9/11 30/11", "9/11, 16/11, 23/11, 30/11"),
    ("weekly, from a Tuesday to a Sunday", [WEEKLY], [], "10/11 15/11", ""),
    ("weekly, that day alone", [WEEKLY], [], "16/11 16/11", "16/11"),
    ("weekly, backwards", [WEEKLY], [], "17/11 16/11", ""),
    ("weekly on a Sunday", [every(1, SUN)], [], "14/11 23/11", "15/11, 22/11"),
    ("weekly, begun within", [every(1, MON, starts_on="16/11")], [], "2/11 24/11", "16/11, 23/11"),
    ("weekly, ended within", [every(1, MON, ends_on="16/11")], [], "2/11 30/11",
     "2/11, 9/11, 16/11"),
    ("weekly, ended before", [every(1, MON, ends_on="1/11")], [], "2/11 30/11", ""),
    ("weekly, not begun", [every(1, MON, starts_on="7/12")], [], "2/11 30/11", ""),
    ("fortnightly, the week it counts from", [FORTNIGHTLY], [], "1/11 30/11",
     "2/11, 16/11, 30/11"),
    ("fortnightly, the other week", [OTHER_WEEK], [], "1/11 30/11", "9/11, 23/11"),
    ("fortnightly, long after its start", [every(2, MON, starts_on="4/11/24")], [], "1/11 30/11",
     "2/11, 16/11, 30/11"),
    ("fortnightly, from the day after", [FORTNIGHTLY], [], "17/11 30/11", "30/11"),
    ("fortnightly, from the week between", [FORTNIGHTLY], [], "9/11 15/11", ""),
    ("fortnightly, before its start", [FORTNIGHTLY], [], "5/10 26/10", ""),
    ("fortnightly on a Friday", [every(2, FRI, starts_on="6/11")], [], "1/11 30/11",
     "6/11, 20/11"),
    ("three-weekly", [every(3, MON, starts_on="2/11")], [], "1/11 31/12",
     "2/11, 23/11, 14/12"),
    ("three-weekly, later", [every(3, MON, starts_on="2/11")], [], "15/12 25/1/27",
     "4/1/27, 25/1/27"),
    ("four-weekly", [every(4, WED, starts_on="4/11")], [], "1/11 31/12", "4/11, 2/12, 30/12"),
    ("four-weekly, over the year's end", [every(4, WED, starts_on="4/11")], [], "3/12 28/2/27",
     "30/12, 27/1/27, 24/2/27"),
    ("two days a week", [every(1, TUE, FRI)], [], "9/11 22/11", "10/11, 13/11, 17/11, 20/11"),
    ("two days every other week", [every(2, MON, THU, starts_on="2/11")], [], "1/11 22/11",
     "2/11, 5/11, 16/11, 19/11"),
    ("two days, counted from the second", [every(2, MON, THU, starts_on="5/11")], [], "1/11 22/11",
     "5/11, 16/11, 19/11"),
    ("two days, asked from between them", [every(2, MON, THU, starts_on="5/11")], [],
     "17/11 3/12", "19/11, 30/11, 3/12"),
    ("every working day", [DAILY], [], "12/11 17/11", "12/11, 13/11, 16/11, 17/11"),
    ("first Monday of the month", [monthly(1, MON)], [], "1/11 31/1/27", "2/11, 7/12, 4/1/27"),
    ("third Thursday of the month", [monthly(3, THU)], [], "1/11 31/12", "19/11, 17/12"),
    ("last Friday of the month", [monthly(-1, FRI)], [], "1/10 31/12", "30/10, 27/11, 25/12"),
    ("first Monday, asked from the second", [monthly(1, MON)], [], "9/11 6/12", ""),
    ("first Tuesday and Friday", [monthly(1, TUE, FRI)], [], "1/11 30/11", "3/11, 6/11"),
    ("two rules side by side", [FORTNIGHTLY, every(2, THU, starts_on="12/11")], [], "1/11 30/11",
     "2/11, 12/11, 16/11, 26/11, 30/11"),
    ("two rules on one day are one collection", [WEEKLY, FORTNIGHTLY], [], "16/11 16/11", "16/11"),
    ("one rule after another: the week changes",
     [every(2, MON, starts_on="2/11", ends_on="30/11"), every(2, MON, starts_on="7/12")], [],
     "15/11 22/12", "16/11, 30/11, 7/12, 21/12"),
    ("one rule after another: the day changes",
     [every(1, MON, ends_on="22/11"), every(1, WED, starts_on="25/11")], [],
     "15/11 3/12", "16/11, 25/11, 2/12"),
]  # fmt: skip
SEASONS: list[Case] = [
    ("season ends", [every(1, MON, season=MARCH_TO_NOVEMBER)], [], "20/11 31/12", "23/11, 30/11"),
    ("season begins", [every(1, MON, season=MARCH_TO_NOVEMBER)], [], "15/2/27 9/3/27",
     "1/3/27, 8/3/27"),
    ("out of season", [every(1, MON, season=MARCH_TO_NOVEMBER)], [], "1/12 28/2/27", ""),
    ("the fortnights go on through the winter",
     [every(2, MON, starts_on="2/11", season=MARCH_TO_NOVEMBER)], [], "16/11 31/3/27",
     "16/11, 30/11, 8/3/27, 22/3/27"),
    ("a season over the year's end", [every(4, MON, starts_on="2/11", season=NOVEMBER_TO_FEBRUARY)],
     [], "26/10 30/4/27", "2/11, 30/11, 28/12, 25/1/27, 22/2/27"),
    ("a season over the year's end, in spring",
     [every(1, MON, season=NOVEMBER_TO_FEBRUARY)], [], "1/3/27 30/3/27", ""),
    ("a season that ends on 28 February leaves the leap day out",
     [every(1, TUE, season=NOVEMBER_TO_FEBRUARY)], [], "21/2/28 7/3/28", "22/2/28"),
    ("a season that ends on 29 February, in a year that has none",
     [every(1, SUN, season=Season((2, 1), (2, 29)))], [], "21/2/27 8/3/27", "21/2/27, 28/2/27"),
    ("a season of one day", [every(1, MON, season=Season((11, 16), (11, 16)))], [], "1/11 30/11",
     "16/11"),
]  # fmt: skip
CALENDAR: list[Case] = [
    ("year change, weekly", [every(1, FRI)], [], "24/12 9/1/27", "25/12, 1/1/27, 8/1/27"),
    ("year change, fortnightly", [every(2, MON, starts_on="7/12")], [], "20/12 20/1/27",
     "21/12, 4/1/27, 18/1/27"),
    ("a year of 53 weeks between", [every(2, THU, starts_on="1/1")], [], "24/12 31/1/27",
     "31/12, 14/1/27, 28/1/27"),
    ("leap day", [every(1, TUE)], [], "28/2/28 7/3/28", "29/2/28, 7/3/28"),
    ("fortnights over a leap day", [every(2, TUE, starts_on="22/2/28")], [], "22/2/28 31/3/28",
     "22/2/28, 7/3/28, 21/3/28"),
    ("fortnights counted from a leap day", [every(2, TUE, starts_on="29/2/28")], [],
     "1/3/28 31/3/28", "14/3/28, 28/3/28"),
    ("clocks go back", [every(1, SUN)], [], "18/10 1/11", "18/10, 25/10, 1/11"),
    ("clocks go back between two fortnights", [every(2, MON, starts_on="12/10")], [],
     "12/10 10/11", "12/10, 26/10, 9/11"),
    ("clocks go forward", [every(1, SUN)], [], "21/3/27 4/4/27", "21/3/27, 28/3/27, 4/4/27"),
    ("clocks go forward between two fortnights", [every(2, MON, starts_on="22/3/27")], [],
     "22/3/27 20/4/27", "22/3/27, 5/4/27, 19/4/27"),
]  # fmt: skip
CHANGES: list[Case] = [
    ("moved to another date", [WEEKLY], [moved("16/11", "18/11")], "9/11 23/11",
     "9/11, 18/11 not 16/11, 23/11"),
    ("moved to the day before", [WEEKLY], [moved("16/11", "15/11")], "9/11 23/11",
     "9/11, 15/11 not 16/11, 23/11"),
    ("moved by days", [WEEKLY], [shifted("16/11", 1)], "9/11 23/11",
     "9/11, 17/11 not 16/11, 23/11"),
    ("moved by days to before", [WEEKLY], [shifted("16/11", -2)], "9/11 23/11",
     "9/11, 14/11 not 16/11, 23/11"),
    ("moved onto the next collection", [WEEKLY], [moved("16/11", "23/11")], "9/11 23/11",
     "9/11, 23/11 not 16/11, 23/11"),
    ("two days moved onto one", [every(1, MON, TUE)], [moved("16/11-17/11", "18/11")],
     "16/11 22/11", "18/11 not 16/11, 18/11 not 17/11"),
    ("suspended day", [WEEKLY], [suspended("16/11")], "9/11 23/11", "9/11, no 16/11, 23/11"),
    ("suspended range", [WEEKLY], [suspended("10/11-29/11")], "9/11 30/11",
     "9/11, no 16/11, no 23/11, 30/11"),
    ("suspended on its first and last day", [WEEKLY], [suspended("16/11-23/11")], "9/11 30/11",
     "9/11, no 16/11, no 23/11, 30/11"),
    ("Christmas and New Year: each a day later until Saturday", [DAILY], [CHRISTMAS_WEEK],
     "23/12 5/1/27",
     "23/12, 24/12, 26/12 not 25/12, 29/12 not 28/12, 30/12 not 29/12, 31/12 not 30/12, "
     "1/1/27 not 31/12, 2/1/27 not 1/1/27, 4/1/27, 5/1/27"),
    ("Christmas alone", [every(1, FRI)], [moved("25/12", "27/12")], "18/12 2/1/27",
     "18/12, 27/12 not 25/12, 1/1/27"),
    ("Christmas of fortnights that do not meet it", [every(2, FRI, starts_on="18/12")],
     [CHRISTMAS_WEEK], "18/12 16/1/27", "18/12, 2/1/27 not 1/1/27, 15/1/27"),
    ("moved over the year's end", [every(1, THU)], [moved("31/12", "2/1/27")], "24/12 8/1/27",
     "24/12, 2/1/27 not 31/12, 7/1/27"),
    ("moved back over the year's end", [every(1, FRI)], [moved("1/1/27", "31/12")], "25/12 8/1/27",
     "25/12, 31/12 not 1/1/27, 8/1/27"),
    ("a moved fortnight moves none after it", [FORTNIGHTLY], [moved("16/11", "20/11")],
     "1/11 30/11", "2/11, 20/11 not 16/11, 30/11"),
    ("a change of a day that is no collection day", [WEEKLY], [moved("17/11", "18/11")],
     "9/11 23/11", "9/11, 16/11, 23/11"),
    ("a change of the other fortnight", [FORTNIGHTLY], [suspended("9/11")], "1/11 22/11",
     "2/11, 16/11"),
    ("a change out of season", [every(1, MON, season=MARCH_TO_NOVEMBER)], [moved("7/12", "8/12")],
     "23/11 31/12", "23/11, 30/11"),
    ("a change is of the planned day, not of that which another moved it to", [WEEKLY],
     [moved("16/11", "17/11"), suspended("17/11")], "16/11 23/11", "17/11 not 16/11, 23/11"),
]  # fmt: skip
WINNERS: list[Case] = [
    ("of this round", [WEEKLY], [suspended("16/11", round="R1")], "16/11 16/11", "no 16/11"),
    ("of another round", [WEEKLY], [suspended("16/11", round="R2")], "16/11 16/11", "16/11"),
    ("of this service", [WEEKLY], [suspended("16/11", service="grey  BIN")], "16/11 16/11",
     "no 16/11"),
    ("of this kind", [WEEKLY], [suspended("16/11", service="Refuse")], "16/11 16/11", "no 16/11"),
    ("of another service", [WEEKLY], [suspended("16/11", service="Garden")], "16/11 16/11",
     "16/11"),
    ("of this round, but another service", [WEEKLY],
     [suspended("16/11", round="R1", service="Garden")], "16/11 16/11", "16/11"),
    ("the round before all", [WEEKLY],
     [suspended("16/11"), moved("16/11", "17/11", round="R1")], "16/11 22/11", "17/11 not 16/11"),
    ("the round before all, in any order", [WEEKLY],
     [moved("16/11", "17/11", round="R1"), suspended("16/11")], "16/11 22/11", "17/11 not 16/11"),
    ("the service before all", [WEEKLY],
     [moved("16/11", "17/11", service="refuse"), suspended("16/11")], "16/11 22/11",
     "17/11 not 16/11"),
    ("the round before the service", [WEEKLY],
     [moved("16/11", "17/11", round="R1"), suspended("16/11", service="refuse")], "16/11 22/11",
     "17/11 not 16/11"),
    ("round and service before the round", [WEEKLY],
     [moved("16/11", "17/11", round="R1", service="refuse"), suspended("16/11", round="R1")],
     "16/11 22/11", "17/11 not 16/11"),
    ("one day before several", [WEEKLY],
     [moved("16/11", "17/11"), suspended("9/11-30/11")], "9/11 23/11",
     "no 9/11, 17/11 not 16/11, no 23/11"),
    ("as usual, in the midst of a strike", [WEEKLY],
     [suspended("9/11-30/11"), shifted("16/11", 0)], "9/11 23/11", "no 9/11, 16/11, no 23/11"),
    ("the later announced", [WEEKLY],
     [moved("16/11", "18/11", announced_on="10/11"), moved("16/11", "17/11", announced_on="9/11")],
     "16/11 22/11", "18/11 not 16/11"),
    ("an announced one before one without a date", [WEEKLY],
     [moved("16/11", "18/11", announced_on="10/11"), moved("16/11", "17/11", position=1)],
     "16/11 22/11", "18/11 not 16/11"),
    ("two alike: the lower in the list", [WEEKLY],
     [moved("16/11", "18/11", position=2), moved("16/11", "17/11", position=1)], "16/11 22/11",
     "18/11 not 16/11"),
]  # fmt: skip
EDGES: list[Case] = [
    ("moved into the days from before them", [WEEKLY], [moved("9/11", "11/11")], "10/11 15/11",
     "11/11 not 9/11"),
    ("moved into the days from after them", [WEEKLY], [moved("16/11", "14/11")], "10/11 15/11",
     "14/11 not 16/11"),
    ("shifted into the days from before them", [WEEKLY], [shifted("9/11", 3)], "12/11 15/11",
     "12/11 not 9/11"),
    ("shifted into the days from after them", [WEEKLY], [shifted("16/11", -3)], "10/11 13/11",
     "13/11 not 16/11"),
    ("moved out of the days to after them", [WEEKLY], [moved("16/11", "17/11")], "10/11 16/11", ""),
    ("moved out of the days to before them", [WEEKLY], [moved("16/11", "13/11")], "14/11 20/11",
     ""),
    ("suspended on the first day", [WEEKLY], [suspended("16/11")], "16/11 20/11", "no 16/11"),
    ("suspended the day before", [WEEKLY], [suspended("16/11")], "17/11 20/11", ""),
    ("moved farther than anything may be", [WEEKLY], [moved("1/6-31/12", "17/11")], "17/11 17/11",
     "17/11 not 19/10, 17/11 not 26/10, 17/11 not 2/11, 17/11 not 9/11, 17/11 not 16/11, "
     "17/11 not 23/11, 17/11 not 30/11, 17/11 not 7/12, 17/11 not 14/12"),
]  # fmt: skip


def written(collection: Collection) -> str:
    """Return a collection as the table has it."""
    planned = _in_table(collection.planned_on)
    if collection.state is State.SUSPENDED:
        assert collection.on is None
        return f"no {planned}"
    assert collection.on is not None
    if collection.state is State.DUE:
        assert collection.on == collection.planned_on
        return planned
    return f"{_in_table(collection.on)} not {planned}"


def _in_table(a_day: date) -> str:
    year = "" if a_day.year == 2026 else f"/{a_day.year - 2000}"
    return f"{a_day.day}/{a_day.month}{year}"


TABLE = [*RULES, *SEASONS, *CALENDAR, *CHANGES, *WINNERS, *EDGES]


@pytest.mark.parametrize(
    ("rules", "changes", "asked", "expected"),
    [case[1:] for case in TABLE],
    ids=[case[0] for case in TABLE],
)
def test_collections(rules: list[Rule], changes: list[Change], asked: str, expected: str) -> None:
    first, last = (day(text) for text in asked.split())
    schedule = Schedule(GREY_BIN, ROUND, rules=tuple(rules))

    found = service_collections(schedule, changes, first, last)

    assert ", ".join(map(written, found.collections)) == expected


def test_the_table_is_long_and_says_nothing_twice() -> None:
    names = [case[0] for case in TABLE]

    assert len(names) >= 60
    assert len(set(names)) == len(names)
