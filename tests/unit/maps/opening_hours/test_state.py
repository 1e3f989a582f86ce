"""Open, closed or not known, at moments that are easy to get wrong."""

from datetime import UTC, datetime

import pytest

from maps.opening_hours.state import LONDON, OpeningState, state_at

WORKDAYS = "Mo-Fr 09:00-17:00; Sa 10:00-16:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("notation", "moment", "kind", "text"),
    [
        (WORKDAYS, "2026-11-27 09:00", "open", "Open now until 5pm"),
        (WORKDAYS, "2026-11-27 16:59:59", "open", "Open now until 5pm"),
        (WORKDAYS, "2026-11-27 08:59:59", "closed", "Closed now, opens at 9am"),
        (WORKDAYS, "2026-11-27 17:00", "closed", "Closed now, opens tomorrow at 10am"),
        (WORKDAYS, "2026-11-28 16:00", "closed", "Closed now, opens Monday at 9am"),
        ("Mo 09:30-12:00", "2026-11-30 11:00", "open", "Open now until midday"),
        ("Mo 09:30-17:30", "2026-12-01 11:00", "closed", "Closed now, opens Monday at 9:30am"),
        (
            "Mo 09:30-17:30", "2026-11-30 18:00",
            "closed", "Closed now, opens Monday 7 December at 9:30am",
        ),
        ("Mo-Su 10:00-24:00", "2026-11-30 18:00", "open", "Open now until midnight"),
        ("24/7", "2026-11-30 03:00", "open", "Open now, 24 hours a day"),
        ("Closed", "2026-11-30 03:00", "closed", "Closed now"),
        # A night belongs to the day on which it began.
        ("Fr,Sa 22:00-26:00", "2026-11-27 23:30", "open", "Open now until 2am"),
        ("Fr,Sa 22:00-26:00", "2026-11-29 01:59", "open", "Open now until 2am"),
        ("Fr,Sa 22:00-26:00", "2026-11-29 02:00", "closed", "Closed now, opens Friday at 10pm"),
        # Over the year's end; 1 January is a bank holiday.
        ("Mo-Su 22:00-26:00", "2026-12-31 23:00", "open", "Open now until 2am"),
        (
            "Mo-Su 09:00-17:00; PH off", "2026-12-31 18:00",
            "closed", "Closed now, opens Saturday at 9am",
        ),
        # Seasons change at midnight.
        (
            "Apr 01-Sep 30 Mo-Su 08:00-20:00; Oct 01-Mar 31 Mo-Su 08:00-16:00",
            "2026-09-30 17:00", "open", "Open now until 8pm",
        ),
        (
            "Apr 01-Sep 30 Mo-Su 08:00-20:00; Oct 01-Mar 31 Mo-Su 08:00-16:00",
            "2026-10-01 17:00", "closed", "Closed now, opens tomorrow at 8am",
        ),
        (
            "Apr 01-Apr 30 10:00-16:00", "2026-11-27 12:00",
            "closed", "Closed now, opens Thursday 1 April at 10am",
        ),
        # What follows is not known, so it is not said.
        ("Mo 09:00-17:00; Tu-Su unknown", "2026-11-30 18:00", "closed", "Closed now"),
        ("Mo 00:00-24:00; Tu-Su unknown", "2026-11-30 18:00", "open", "Open now"),
    ],
)  # fmt: skip
def test_the_state_of_a_moment_is_said(notation: str, moment: str, kind: str, text: str) -> None:
    state = state_at(notation, at(moment))

    assert state == OpeningState(kind, text)


@pytest.mark.parametrize("notation", [None, "Fr unknown"])
def test_what_is_not_known_is_not_claimed(notation: str | None) -> None:
    state = state_at(notation, at("2026-11-27 12:00"))

    assert state == OpeningState("unknown", "We cannot tell from this whether it is open now")


@pytest.mark.parametrize(
    ("moment_utc", "kind"),
    [
        # Clocks go forward on 29 March 2026 at 1am and back on 25 October at 2am.
        (datetime(2026, 3, 28, 8, 59, tzinfo=UTC), "closed"),
        (datetime(2026, 3, 28, 9, 0, tzinfo=UTC), "open"),
        (datetime(2026, 3, 29, 8, 0, tzinfo=UTC), "open"),
        (datetime(2026, 3, 29, 7, 59, tzinfo=UTC), "closed"),
        (datetime(2026, 10, 24, 8, 0, tzinfo=UTC), "open"),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), "closed"),
        (datetime(2026, 10, 25, 9, 0, tzinfo=UTC), "open"),
    ],
)
def test_hours_are_those_of_british_clocks(moment_utc: datetime, kind: str) -> None:
    assert state_at("Mo-Su 09:00-17:00", moment_utc).kind == kind


def test_a_night_that_is_an_hour_short_ends_by_the_clock() -> None:
    before_clocks_change = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)

    assert state_at("Sa 22:00-27:00", before_clocks_change).text == "Open now until 3am"


def test_on_a_bank_holiday_nothing_is_claimed() -> None:
    state = state_at(WORKDAYS, at("2026-12-25 12:00"))

    assert state.kind == "unknown"
    assert state.note == "Hours may differ: today is a bank holiday (Christmas Day)"


@pytest.mark.parametrize(
    ("notation", "moment", "kind"),
    [
        (f"{WORKDAYS}; PH off", "2026-12-25 12:00", "closed"),
        ("Mo-Su,PH 09:00-17:00", "2026-12-25 12:00", "open"),
        ("Mo-Su 09:00-17:00; Dec 25 off", "2026-12-25 12:00", "closed"),
        ("24/7", "2026-12-25 12:00", "open"),
        # On a Saturday it is Boxing Day, and no bank holiday; the Monday in its place is one.
        ("Mo-Su 09:00-17:00; PH off", "2026-12-26 12:00", "unknown"),
        ("Mo-Su 09:00-17:00; PH off", "2026-12-28 12:00", "closed"),
        ("Mo-Su 09:00-17:00", "2026-12-28 12:00", "unknown"),
        ("Mo-Su 09:00-17:00; PH off", "2027-01-01 12:00", "closed"),
        ("Jan 01-Mar 31 Mo-Su,PH 09:00-17:00", "2027-01-01 12:00", "open"),
        ("Jan 01-Mar 31 Mo-Su 09:00-17:00; Apr 01-Dec 31 PH off", "2027-01-01 12:00", "open"),
        ("Mo-Su 22:00-26:00; PH off", "2026-12-31 23:00", "unknown"),
        ("Mo-Fr 09:00-17:00 || PH closed", "2026-12-25 12:00", "unknown"),
        # Scotland's and Northern Ireland's are not ours.
        ("Mo-Su 09:00-17:00", "2026-03-17 12:00", "open"),
        ("Mo-Su 09:00-17:00", "2026-01-02 12:00", "open"),
    ],
)
def test_bank_holidays_are_known_where_the_hours_say_so(
    notation: str, moment: str, kind: str
) -> None:
    assert state_at(notation, at(moment)).kind == kind


def test_an_opening_on_a_bank_holiday_is_not_promised() -> None:
    state = state_at("Mo-Fr 09:00-17:00", at("2026-12-24 18:00"))

    assert state.text == "Closed now"
    assert state.note == "Hours may differ on Friday 25 December, a bank holiday (Christmas Day)"


def test_a_long_opening_is_not_promised_over_a_bank_holiday() -> None:
    state = state_at("Mo-Sa 00:00-24:00", at("2026-12-24 18:00"))

    assert state.text == "Open now"
