from datetime import date

import pytest

from tests.factories.bins import GARDEN, RECYCLING, due, moved, service_of, suspended
from waste.collection import NotKnown
from waste.words import (
    calendar_ends,
    change_words,
    day_words,
    not_known_words,
    put_out_words,
    service_words,
)

TODAY = date(2026, 11, 27)
TUESDAY = date(2026, 12, 1)
THURSDAY = date(2026, 12, 3)
END = date(2027, 3, 31)
LATER = date(2027, 11, 27)


def test_a_service_is_named_with_its_container_if_it_has_one() -> None:
    assert service_words(RECYCLING) == "Recycling (green bin)"
    assert service_words(GARDEN) == "Garden waste"


def test_a_day_of_another_year_has_its_year() -> None:
    assert day_words(THURSDAY, TODAY) == "Thursday 3 December"
    assert day_words(date(2027, 1, 7), TODAY) == "Thursday 7 January 2027"


def test_what_moved_says_from_when_and_why() -> None:
    collection = moved(RECYCLING, TUESDAY, THURSDAY, "Road works")

    assert change_words(collection, TODAY) == "Moved from Tuesday 1 December: Road works."


def test_what_is_suspended_says_which_day_and_adds_no_second_stop() -> None:
    collection = suspended(RECYCLING, TUESDAY, "There is a strike.")

    assert (
        change_words(collection, TODAY) == "Not collected on Tuesday 1 December: There is a strike."
    )


def test_what_goes_as_planned_needs_no_words() -> None:
    assert change_words(due(RECYCLING, TUESDAY), TODAY) == ""


def test_when_to_put_out_is_said_only_where_the_council_says_it() -> None:
    assert put_out_words(RECYCLING) == "Put it out by 6am."
    assert put_out_words(GARDEN) == ""


@pytest.mark.parametrize("reason", NotKnown)
def test_every_reason_has_words_of_its_own(reason: NotKnown) -> None:
    others = {not_known_words(other) for other in NotKnown if other is not reason}

    assert not_known_words(reason) not in others


def test_one_end_of_all_calendars_is_said_once() -> None:
    services = [
        service_of(due(RECYCLING, TUESDAY), known_until=END),
        service_of(due(GARDEN, TUESDAY), known_until=END),
    ]

    words = calendar_ends(services, LATER)

    assert words == {END: "We do not have the calendar after 31 March 2027."}


def test_a_calendar_that_ends_before_the_others_is_named() -> None:
    services = [
        service_of(due(RECYCLING, TUESDAY), known_until=None),
        service_of(due(GARDEN, TUESDAY), known_until=END),
    ]

    words = calendar_ends(services, LATER)

    assert words == {END: "We do not have the calendar of Garden waste after 31 March 2027."}


def test_an_end_beyond_what_is_shown_is_not_mentioned() -> None:
    assert calendar_ends([service_of(due(GARDEN, TUESDAY), known_until=END)], END) == {}
