"""When a layer is due; all moments are said in UTC and meant in British time."""

from datetime import UTC, datetime, time, timedelta

import pytest

from importers.refresh.due import SINCE_EVER, next_due
from tests.factories.entries import layer_entry

SPREAD = timedelta(minutes=30)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_layer_without_a_rhythm_is_never_due() -> None:
    entry = layer_entry(refresh_days=None)

    assert next_due(entry, checked_at=moment("2026-11-02 10:00"), tried_at=None) is None


def test_a_layer_that_was_never_loaded_is_due_since_ever() -> None:
    assert next_due(layer_entry(refresh_days=7), checked_at=None, tried_at=None) == SINCE_EVER


@pytest.mark.parametrize(
    ("checked", "due"),
    [
        ("2026-11-02 00:10", "2026-11-09 18:30"),
        ("2026-11-02 23:50", "2026-11-09 18:30"),
        # Half past midnight of the third in London, in summer time; due in summer time too.
        ("2026-06-02 23:30", "2026-06-10 17:30"),
    ],
)
def test_it_is_due_at_its_time_of_day_so_many_days_after_its_source_was_read(
    checked: str, due: str
) -> None:
    entry = layer_entry(refresh_days=7, refresh_at=time(18, 30))

    due_at = next_due(entry, checked_at=moment(checked), tried_at=None)

    assert due_at is not None
    assert moment(due) <= due_at < moment(due) + SPREAD


def test_after_a_try_that_failed_the_next_is_on_the_next_day() -> None:
    entry = layer_entry(refresh_days=30, refresh_at=time(2))
    checked_at, tried_at = moment("2026-10-01 02:00"), moment("2026-11-02 02:10")

    due_at = next_due(entry, checked_at=checked_at, tried_at=tried_at)

    assert due_at is not None
    assert moment("2026-11-03 02:00") <= due_at < moment("2026-11-03 02:00") + SPREAD


def test_a_try_that_succeeded_does_not_bring_the_next_forward() -> None:
    entry = layer_entry(refresh_days=30, refresh_at=time(2))
    tried_at = moment("2026-11-02 02:10")

    due_at = next_due(entry, checked_at=tried_at + timedelta(seconds=5), tried_at=tried_at)

    assert due_at is not None
    assert due_at.date() == datetime(2026, 12, 2).date()


@pytest.mark.parametrize(
    ("checked", "at", "utc"),
    [
        # On 29 March 2026 there is no 01:30 in Britain; on 25 October there are two.
        ("2026-03-28 12:00", time(1, 30), "2026-03-29 01:30"),
        ("2026-10-24 12:00", time(1, 30), "2026-10-25 00:30"),
    ],
)
def test_p05_an_hour_that_clocks_skip_or_repeat_is_one_moment(
    checked: str, at: time, utc: str
) -> None:
    entry = layer_entry(refresh_days=1, refresh_at=at)

    due_at = next_due(entry, checked_at=moment(checked), tried_at=None)

    assert due_at is not None
    assert moment(utc) <= due_at < moment(utc) + SPREAD
    # And once it was read, in whichever of the two hours, it is the next day's turn.
    again = next_due(entry, checked_at=due_at + timedelta(minutes=1), tried_at=None)
    assert again is not None
    assert timedelta(hours=23) <= again - due_at <= timedelta(hours=25)


def test_layers_of_one_time_are_spread_and_each_keeps_its_own_moment() -> None:
    checked_at = moment("2026-11-02 10:00")
    slugs = [f"layer-{number}" for number in range(20)]

    def all_due() -> list[datetime | None]:
        return [
            next_due(layer_entry(slug=slug, refresh_days=1), checked_at=checked_at, tried_at=None)
            for slug in slugs
        ]

    assert len(set(all_due())) > 15
    assert all_due() == all_due()
