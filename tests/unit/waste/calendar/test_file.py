"""Calendars as phones get them, read by a strict reader and by a library."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest

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
from tests.factories.calendar_file import Component, events, read_calendar
from waste.calendar.asked import Asked
from waste.calendar.file import calendar_file
from waste.collection import NotKnown, PlaceCollections, Service, ServiceKind

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 12, 1)
THURSDAY = date(2026, 12, 3)
LOADED = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
UPRN = "100070000001"


def ask(changed_at: datetime = LOADED, alarm: time | None = None, uprn: str = UPRN) -> Asked:
    return Asked(uprn=uprn, week=MONDAY, changed_at=changed_at, alarm=alarm)


def read(found: PlaceCollections, asked: Asked | None = None) -> Component:
    return read_calendar(calendar_file(found, asked or ask()))


def only_event(*collections: Any, asked: Asked | None = None, **changes: Any) -> Component:
    [event] = events(read(place_of(service_of(*collections), **changes), asked))
    return event


def test_a_collection_is_a_whole_day_that_nobody_is_busy_on() -> None:
    event = only_event(due(RECYCLING, THURSDAY))

    assert (event["DTSTART"], event["DTEND"]) == ("20261203", "20261204")
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Recycling (green bin)"
    assert event["DESCRIPTION"] == "Put it out by 6am."


def test_it_says_how_often_to_ask_and_has_no_method() -> None:
    calendar = read(place_of(service_of(due(RECYCLING, THURSDAY))))

    assert calendar["REFRESH-INTERVAL"] == calendar["X-PUBLISHED-TTL"] == "PT12H"
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Bin collections"
    assert calendar.count("METHOD") == 0


def test_a_moved_collection_changes_its_event_and_adds_none() -> None:
    before = only_event(due(RECYCLING, TUESDAY))

    after = only_event(
        moved(RECYCLING, TUESDAY, THURSDAY, "Road works"),
        asked=ask(changed_at=LOADED + timedelta(seconds=1)),
    )

    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]
    assert after["DTSTAMP"] > before["DTSTAMP"]
    assert after["DTSTART"] == "20261203"
    assert after.text("SUMMARY") == "Recycling (green bin), moved from Tuesday 1 December"
    assert after.text("DESCRIPTION").startswith("Moved from Tuesday 1 December: Road works.")


def test_a_suspended_collection_is_cancelled_on_its_day_with_its_reason() -> None:
    event = only_event(suspended(RECYCLING, TUESDAY, "Strike"), asked=ask(alarm=time(18)))

    assert event["STATUS"] == "CANCELLED"
    assert event["DTSTART"] == "20261201"
    assert event["UID"] == only_event(due(RECYCLING, TUESDAY))["UID"]
    assert event.text("SUMMARY") == "No collection: Recycling (green bin). Strike"
    assert event.parts == []


def test_a_sequence_fits_31_bits_to_the_end_of_the_century_half() -> None:
    event = only_event(due(RECYCLING, TUESDAY), asked=ask(datetime(2050, 1, 1, tzinfo=UTC)))

    assert 0 < int(event["SEQUENCE"]) < 2**31


def test_no_two_events_have_one_name() -> None:
    bag = Service(ServiceKind.RECYCLING, "Recycling", "blue bag")
    found = place_of(
        service_of(*fortnightly(RECYCLING, TUESDAY)),
        service_of(*fortnightly(bag, TUESDAY)),
        service_of(*fortnightly(REFUSE, TUESDAY)),
    )

    calendar = read(found)

    assert len({event["UID"] for event in events(calendar)}) == 9


def test_nothing_in_it_spells_the_uprn_and_neighbours_have_other_names() -> None:
    found = place_of(service_of(due(RECYCLING, TUESDAY)))

    mine, theirs = calendar_file(found, ask()), calendar_file(found, ask(uprn="100070000002"))

    assert UPRN.encode() not in mine
    assert events(read_calendar(mine))[0]["UID"] != events(read_calendar(theirs))[0]["UID"]


def test_names_of_events_depend_on_the_secret(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from waste.calendar import identity

    before = only_event(due(RECYCLING, TUESDAY))["UID"]
    settings.SECRET_KEY = "another"
    identity._namespace.cache_clear()
    monkeypatch.setattr(identity, "_namespace", identity._namespace.__wrapped__)

    assert only_event(due(RECYCLING, TUESDAY))["UID"] != before


def test_the_same_data_make_the_same_bytes() -> None:
    found = place_of(service_of(*fortnightly(RECYCLING, TUESDAY)))

    assert calendar_file(found, ask()) == calendar_file(found, ask())


def test_words_of_the_council_are_escaped_folded_and_lose_control_characters() -> None:
    service = Service(ServiceKind.OTHER, "Ŵaste, “bulky”; \\ 🗑", "gwyrdd\x07")
    reason = "Line one\nBEGIN:VEVENT\r\n" + "Ŵ🗑é" * 60

    event = only_event(moved(service, TUESDAY, THURSDAY, reason))

    assert event.text("SUMMARY").startswith("Ŵaste, “bulky”; \\ 🗑 (gwyrdd), moved from")
    assert "\nBEGIN:VEVENT\n" + "Ŵ🗑é" * 60 in event.text("DESCRIPTION")


def test_a_reminder_comes_only_if_asked_for_and_on_the_evening_before() -> None:
    collection = due(RECYCLING, TUESDAY)

    assert only_event(collection).parts == []
    [alarm] = only_event(collection, asked=ask(alarm=time(18, 30))).parts
    assert alarm["TRIGGER"] == "-PT5H30M"
    assert alarm["DESCRIPTION"] == "Recycling (green bin)"


def test_a_notice_stands_on_the_days_that_it_is_about_and_no_others() -> None:
    found = place_of(
        service_of(due(RECYCLING, THURSDAY), due(RECYCLING, date(2026, 12, 17))),
        notices=(notice(),),
    )

    first, second = events(read(found))

    assert "Gates locked: Bring your bins to Hill Street." in first.text("DESCRIPTION")
    assert "Gates locked" not in second.text("DESCRIPTION")


def test_the_end_of_the_calendar_is_said_on_the_day_after() -> None:
    found = place_of(service_of(due(RECYCLING, TUESDAY), known_until=date(2027, 3, 31)))

    _, end = events(read(found))

    assert end["DTSTART"] == "20270401"
    assert "No bin days known" in end.text("SUMMARY")
    assert end.text("DESCRIPTION") == "We do not have the calendar after 31 March 2027."


def test_services_that_end_on_one_day_are_said_together_and_each_end_apart() -> None:
    found = place_of(
        service_of(due(RECYCLING, TUESDAY), known_until=date(2027, 3, 31)),
        service_of(due(REFUSE, TUESDAY), known_until=date(2027, 3, 31)),
        service_of(due(GARDEN, TUESDAY), known_until=date(2027, 2, 28)),
    )

    ends = [event for event in events(read(found)) if "No bin days" in event.text("SUMMARY")]

    assert [end["DTSTART"] for end in ends] == ["20270301", "20270401"]
    assert "Garden waste after 28 February" in ends[0].text("DESCRIPTION")
    assert "and Household waste (grey bin) after 31 March" in ends[1].text("DESCRIPTION")


@pytest.mark.parametrize("reason", NotKnown)
def test_what_is_not_known_is_an_event_that_says_why(reason: NotKnown) -> None:
    [event] = events(read(PlaceCollections((), (), reason)))

    assert event["DTSTART"] == "20261123"
    assert event.text("SUMMARY") == "Bin days not known"
    assert event.text("DESCRIPTION")


def test_a_calendar_without_collections_is_a_calendar_all_the_same() -> None:
    [event] = events(read(place_of(service_of(service=GARDEN))))

    assert event.text("SUMMARY") == "No bin collection is planned"


def test_a_library_reads_the_same() -> None:
    found = place_of(
        service_of(due(RECYCLING, TUESDAY), moved(RECYCLING, THURSDAY, TUESDAY, "Why, é" * 20))
    )

    calendar = icalendar.Calendar.from_ical(calendar_file(found, ask(), ["Contains data; © us."]))

    assert [event.start for event in calendar.events] == [TUESDAY, TUESDAY]
    assert [event.duration for event in calendar.events] == [timedelta(days=1)] * 2
    assert "Why, é" * 20 in calendar.events[1]["description"]
    assert calendar["x-wr-caldesc"] == "Contains data; © us."
    assert not calendar.errors
