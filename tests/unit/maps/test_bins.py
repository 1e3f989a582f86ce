from datetime import date
from typing import Any

from gazetteer.query import Place
from maps.bins import BinsSection, coming_changes, describe_collections, following_days
from tests.factories.bins import (
    GARDEN,
    RECYCLING,
    REFUSE,
    due,
    fortnightly,
    moved,
    notice,
    place_of,
    service_of,
    suspended,
)
from waste.collection import NotKnown, PlaceCollections, ServiceCollections

FRIDAY = date(2026, 11, 27)
TUESDAY = date(2026, 12, 1)
THURSDAY = date(2026, 12, 3)
LAST = date(2027, 2, 27)
ADDRESS = Place("address", "1 Hill Street", "uprn-100070000001", 4e5, 3e5, -1.9, 52.5, True)
POSTCODE = Place("postcode", "B1 1BB", "B11BB", 4e5, 3e5, -1.9, 52.5, True)


def describe(
    *services: ServiceCollections, place: Place = ADDRESS, today: date = FRIDAY, **changes: Any
) -> BinsSection:
    return describe_collections(place_of(*services, **changes), place, today, LAST)


def test_the_sentence_says_what_goes_first() -> None:
    bins = describe(
        service_of(*fortnightly(REFUSE, date(2026, 12, 8))),
        service_of(*fortnightly(RECYCLING, THURSDAY)),
    )

    assert bins.sentence == "Your recycling goes on Thursday 3 December."


def test_what_goes_on_one_day_is_said_together() -> None:
    bins = describe(
        service_of(*fortnightly(RECYCLING, THURSDAY)), service_of(*fortnightly(GARDEN, THURSDAY))
    )

    assert bins.sentence == "Your recycling and garden waste go on Thursday 3 December."


def test_today_and_tomorrow_are_said_so() -> None:
    service = service_of(due(RECYCLING, THURSDAY))

    today = describe(service, today=THURSDAY).sentence
    tomorrow = describe(service, today=date(2026, 12, 2)).sentence

    assert today == "Your recycling goes today, Thursday 3 December."
    assert tomorrow == "Your recycling goes tomorrow, Thursday 3 December."


def test_the_sentence_says_which_day_it_is_not() -> None:
    bins = describe(service_of(moved(RECYCLING, TUESDAY, THURSDAY, "Road works")))

    assert (
        bins.sentence == "Your recycling goes on Thursday 3 December instead of Tuesday 1 December."
    )
    assert bins.days[0].change == "Moved from Tuesday 1 December: Road works."


def test_what_is_suspended_is_listed_and_the_sentence_goes_on_to_what_is_not() -> None:
    bins = describe(service_of(suspended(RECYCLING, TUESDAY, "Strike"), due(RECYCLING, THURSDAY)))

    assert bins.sentence == "Your recycling goes on Thursday 3 December."
    assert [(day.on, day.is_suspended) for day in bins.days] == [(TUESDAY, True), (THURSDAY, False)]


def test_if_all_is_suspended_no_day_is_promised() -> None:
    bins = describe(service_of(suspended(RECYCLING, TUESDAY, "Strike")))

    assert bins.sentence == ""
    assert bins.days[0].change == "Not collected on Tuesday 1 December: Strike."


def test_only_the_next_of_each_service_is_listed_and_nothing_past() -> None:
    bins = describe(
        service_of(due(REFUSE, date(2026, 11, 24)), *fortnightly(REFUSE, date(2026, 12, 8))),
        service_of(*fortnightly(RECYCLING, THURSDAY)),
    )

    assert [(day.service, day.day) for day in bins.days] == [
        ("Recycling (green bin)", "Thursday 3 December"),
        ("Household waste (grey bin)", "Tuesday 8 December"),
    ]


def test_a_collection_that_moved_out_of_the_past_is_still_to_come() -> None:
    bins = describe(service_of(moved(RECYCLING, date(2026, 11, 26), THURSDAY)))

    assert [day.on for day in bins.days] == [THURSDAY]


def test_the_end_of_the_calendar_is_said() -> None:
    bins = describe(service_of(due(RECYCLING, THURSDAY), known_until=date(2026, 12, 31)))

    assert bins.gaps == ("We do not have the calendar after 31 December 2026.",)


def test_a_service_that_pauses_is_not_passed_over() -> None:
    bins = describe(service_of(service=GARDEN))

    assert bins.gaps == (
        "No collection of Garden waste is planned before Saturday 27 February 2027.",
    )


def test_a_postcode_on_several_rounds_leads_to_its_addresses() -> None:
    found = PlaceCollections((), (), NotKnown.SEVERAL_ROUNDS)

    bins = describe_collections(found, POSTCODE, FRIDAY, LAST)

    assert bins.addresses_path == "/my-area/B11BB/addresses"
    assert bins.bins_path == ""
    assert "depends on the address" in bins.not_known
    assert bins.sentence == ""


def test_an_address_has_a_page_of_its_bins() -> None:
    assert describe(service_of(due(RECYCLING, THURSDAY))).bins_path == "/bins/100070000001"


def test_notices_are_passed_on_whatever_is_known() -> None:
    said = notice()

    bins = describe(notices=(said,), not_known=NotKnown.NO_ROUND)

    assert bins.notices == (said,)
    assert "on none of the rounds" in bins.not_known


def test_the_coming_weeks_are_listed_day_by_day() -> None:
    found = place_of(
        service_of(*fortnightly(RECYCLING, THURSDAY, 9)), service_of(*fortnightly(GARDEN, THURSDAY))
    )

    days = following_days(found, FRIDAY)

    assert [day.on for day in days] == [
        date(2026, 12, 3),
        date(2026, 12, 17),
        date(2026, 12, 31),
        date(2027, 1, 14),
    ]
    assert [bin.service for bin in days[0].bins] == ["Garden waste", "Recycling (green bin)"]


def test_changes_to_come_leave_out_what_is_shown_already() -> None:
    found = place_of(
        service_of(
            moved(RECYCLING, TUESDAY, THURSDAY),
            due(RECYCLING, date(2026, 12, 15)),
            moved(RECYCLING, date(2026, 12, 29), date(2026, 12, 30), "Holiday"),
            suspended(RECYCLING, date(2026, 11, 17)),
        )
    )
    shown = describe_collections(found, ADDRESS, FRIDAY, LAST).days

    changes = coming_changes(found, shown, FRIDAY)

    assert [day.on for day in changes] == [date(2026, 12, 30)]
