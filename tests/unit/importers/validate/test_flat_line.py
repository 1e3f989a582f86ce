"""The alarm for a feed that has died quietly, against the rhythms that feeds have."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from importers.validate.flat_line import CODE, judge_arrivals

MONDAY = date(2026, 7, 6)


def steady(a_week: int, weeks: int = 65, *, silent: int = 0) -> dict[int, int]:
    """Return arrivals of the same number every week, and of none in the newest weeks."""
    return dict.fromkeys(range(silent, weeks + 1), a_week)


def sounds(by_week: dict[int, int], today: date = MONDAY) -> list[str]:
    return [check.message for check in judge_arrivals(by_week, today)]


def by_week(days: list[date], today: date) -> dict[int, int]:
    return dict(Counter((today - day).days // 7 for day in days if day <= today))


@pytest.mark.parametrize("a_week", [1, 2, 5, 30, 400])
def test_a_steady_feed_is_silent_about_nothing(a_week: int) -> None:
    assert not sounds(steady(a_week))


def test_a_feed_that_died_three_weeks_ago_is_noticed_and_said_with_its_figures() -> None:
    (message,) = sounds(steady(30, silent=3))

    assert message.startswith("Since 15 June 2026 nothing arrived; before that 30.0 a week did.")
    assert "died quietly" in message


def test_the_alarm_has_its_code_and_may_be_overridden() -> None:
    (check,) = judge_arrivals(steady(30, silent=3), MONDAY)

    assert (check.code, check.can_override) == (CODE, True)


def test_a_trickle_that_is_left_is_noticed_too() -> None:
    (message,) = sounds(steady(30, silent=4) | {0: 2, 1: 3, 2: 2, 3: 3})

    assert "only 7 arrived" in message


@pytest.mark.parametrize("silent", [1, 2])
def test_an_export_that_lags_by_a_week_or_two_is_no_alarm(silent: int) -> None:
    assert not sounds(steady(30, silent=silent))


def test_half_of_what_is_usual_is_no_alarm() -> None:
    assert not sounds(steady(30) | dict.fromkeys(range(6), 15))


def test_two_quiet_weeks_over_christmas_are_no_alarm() -> None:
    today = date(2027, 1, 4)
    closed = {date(2026, 12, 21) + timedelta(days=day) for day in range(13)}
    days = [
        day
        for ago in range(400)
        if (day := today - timedelta(days=ago)).weekday() < 5 and day not in closed
        for _ in range(6)
    ]

    assert not sounds(by_week(days, today), today)


def test_a_feed_of_one_a_week_is_judged_by_as_many_weeks_as_ten_need() -> None:
    assert not sounds(steady(1, silent=8))
    assert sounds(steady(1, silent=11))


def test_a_feed_of_one_in_a_month_is_never_judged() -> None:
    assert not sounds(dict.fromkeys(range(14, 66, 4), 1))


@pytest.mark.parametrize("since", range(13))
def test_a_feed_in_quarterly_batches_is_no_alarm_between_two_of_them(since: int) -> None:
    assert not sounds(dict.fromkeys(range(since, 66, 13), 100))


def test_a_quarterly_feed_whose_batch_did_not_come_is_noticed() -> None:
    assert sounds(dict.fromkeys(range(14, 66, 13), 100))


def test_a_silence_as_long_as_an_earlier_one_is_no_alarm_and_a_longer_one_is() -> None:
    interrupted = {week: count for week, count in steady(30).items() if week not in range(20, 24)}

    for week in range(4):
        del interrupted[week]
    assert not sounds(interrupted)
    del interrupted[4]
    assert sounds(interrupted)


@pytest.mark.parametrize("weeks", [0, 1, 5, 9])
def test_a_new_feed_has_no_rhythm_yet(weeks: int) -> None:
    assert not sounds(steady(500, weeks, silent=min(weeks, 3)))


def test_nothing_at_all_is_for_other_checks_to_judge() -> None:
    assert not sounds({})


def test_arrivals_of_long_ago_do_not_count() -> None:
    assert not sounds(dict.fromkeys(range(70, 200), 30))


@pytest.mark.parametrize("seed", range(20))
def test_chance_alone_hardly_ever_sounds_the_alarm(seed: int) -> None:
    chance = random.Random(seed)
    alarms = 0
    for _ in range(20):
        rate = chance.uniform(0.5, 40)
        weeks = {week: sum(chance.random() < rate / 200 for _ in range(200)) for week in range(66)}
        alarms += bool(sounds({week: count for week, count in weeks.items() if count}))

    assert alarms == 0
