"""Hours as the catalogue says where they are: one field, a field a weekday, a field a season."""

from datetime import datetime
from typing import Any

import pytest

from maps.opening_hours.describe import Hours, describe_hours, hours_fields, read_notation
from maps.opening_hours.state import LONDON
from tests.unit.maps.published import make_published_field, make_published_layer

FRIDAY_NOON = datetime(2026, 11, 27, 12, tzinfo=LONDON)
DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"]
SEASONS = [
    {"field": "summer", "from": "04-01", "to": "09-30"},
    {"field": "winter", "from": "10-01", "to": "03-31"},
]


def describe(hint: dict[str, Any], **properties: Any) -> Hours:
    layer = make_published_layer(
        opening_hours=hint,
        fields=(make_published_field("summer"), make_published_field("winter")),
    )
    hours = describe_hours(layer, properties, FRIDAY_NOON)
    assert hours is not None
    return hours


def test_a_layer_without_hours_says_nothing_of_them() -> None:
    assert describe_hours(make_published_layer(), {"hours": "24/7"}, FRIDAY_NOON) is None


def test_one_field_is_shown_as_the_source_has_it() -> None:
    hours = describe({"field": "hours"}, hours="Mon-Fri 9am-5pm")

    assert hours.state.text == "Open now until 5pm"
    assert hours.lines == ("Mon-Fri 9am-5pm",)


def test_what_cannot_be_read_is_shown_without_a_claim() -> None:
    hours = describe({"field": "hours"}, hours="Dawn to dusk")

    assert hours.state.kind == "unknown"
    assert hours.lines == ("Dawn to dusk",)


@pytest.mark.parametrize("value", ["", "  ", None])
def test_a_field_without_hours_is_unknown(value: str | None) -> None:
    hours = describe({"field": "hours"}, hours=value)

    assert (hours.state.kind, hours.lines) == ("unknown", ())


def test_weekdays_alike_are_told_together() -> None:
    week = dict.fromkeys(DAYS[1:6], "09:30-17:00") | {"th": "12:00-19:00", "mo": "", "su": None}

    hours = describe({"days": DAYS, "empty_is_closed": True}, **week)

    assert hours.state.text == "Open now until 5pm"
    assert hours.lines == (
        "Monday: Closed",
        "Tuesday to Wednesday: 09:30-17:00",
        "Thursday: 12:00-19:00",
        "Friday to Saturday: 09:30-17:00",
        "Sunday: Closed",
    )


def test_an_empty_day_is_closed_only_where_the_catalogue_says_so() -> None:
    week = {"mo": "09:30-17:00", "fr": ""}

    assert describe({"days": DAYS, "empty_is_closed": True}, **week).state.kind == "closed"
    assert describe({"days": DAYS}, **week).state.kind == "unknown"
    assert describe({"days": DAYS}, **week).lines[-1] == "Tuesday to Sunday: Not given"


def test_one_day_that_cannot_be_read_leaves_the_others_known() -> None:
    week = dict.fromkeys(DAYS, "09:30-17:00")

    assert describe({"days": DAYS}, **week | {"mo": "by appointment"}).state.kind == "open"
    assert describe({"days": DAYS}, **week | {"fr": "by appointment"}).state.kind == "unknown"


@pytest.mark.parametrize("text", ["", "by appointment"])
def test_a_week_of_which_nothing_is_known_is_not_closed(text: str) -> None:
    hint = {"days": DAYS, "empty_is_closed": True}

    assert describe(hint, **dict.fromkeys(DAYS, text)).state.kind == "unknown"


def test_the_season_of_the_day_counts() -> None:
    texts = {"summer": "Monday to Sunday, 8am to 8pm", "winter": "Monday to Sunday, 8am to 4pm"}

    hours = describe({"seasons": SEASONS}, **texts)

    assert hours.state.text == "Open now until 4pm"
    assert hours.lines == (
        "Summer: Monday to Sunday, 8am to 8pm",
        "Winter: Monday to Sunday, 8am to 4pm",
    )


def test_a_season_that_cannot_be_read_leaves_the_other_known() -> None:
    known = describe({"seasons": SEASONS}, summer="ask", winter="Daily 8am to 4pm")
    unknown = describe({"seasons": SEASONS}, summer="Daily 8am to 4pm", winter="ask")

    assert known.state.kind == "open"
    assert unknown.state.kind == "unknown"


def test_a_season_may_be_closed_throughout() -> None:
    hours = describe({"seasons": SEASONS}, summer="Daily 8am to 4pm", winter="Closed")

    assert hours.state.text == "Closed now, opens Thursday 1 April at 8am"


@pytest.mark.parametrize(
    ("hint", "fields"),
    [
        ({}, set()),
        ({"field": "hours"}, {"hours"}),
        ({"days": DAYS}, set(DAYS)),
        ({"seasons": SEASONS}, {"summer", "winter"}),
    ],
)
def test_the_fields_of_hours_are_named(hint: dict[str, Any], fields: set[str]) -> None:
    assert hours_fields(make_published_layer(opening_hours=hint)) == fields


def test_times_alone_need_the_catalogue_to_say_of_which_days() -> None:
    hint = {"field": "hours"}

    assert read_notation(hint, {"hours": "08:00-18:00"}) is None
    assert read_notation(hint | {"every_day_unless_said": True}, {"hours": "08:00-18:00"})
