from typing import Any

import pytest

from importers.catalogue.entries import HoursEntry, SeasonEntry
from importers.catalogue.hours_table import hours_entry
from importers.catalogue.toml_table import TomlTable
from importers.errors import CatalogueInvalid

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SUMMER = {"field": "summer", "from": "04-01", "to": "09-30"}
WINTER = {"field": "winter", "from": "10-01", "to": "03-31"}


def read(**values: Any) -> HoursEntry:
    return hours_entry(TomlTable("birmingham/toilets.toml", values, "hours"))


def test_a_layer_needs_no_hours() -> None:
    assert read() == HoursEntry()
    assert HoursEntry().as_stored() == {}


def test_one_field_may_hold_them() -> None:
    entry = read(field="opening_hours", every_day_unless_said=True)

    assert entry.as_stored() == {"field": "opening_hours", "every_day_unless_said": True}
    assert entry.field_names() == ("opening_hours",)


def test_a_field_for_each_weekday_may_hold_them() -> None:
    entry = read(days={day: f"{day}_hours" for day in reversed(WEEK)}, empty_is_closed=True)

    assert entry.days == tuple(f"{day}_hours" for day in WEEK)
    assert entry.as_stored() == {"days": list(entry.days), "empty_is_closed": True}


def test_a_field_for_each_season_may_hold_them() -> None:
    entry = read(seasons=[SUMMER, WINTER])

    assert entry.seasons == (
        SeasonEntry("summer", "04-01", "09-30"),
        SeasonEntry("winter", "10-01", "03-31"),
    )
    assert entry.as_stored() == {"seasons": [SUMMER, WINTER]}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"empty_is_closed": True}, "hours.field: is missing: name the field"),
        ({"field": "a", "seasons": [SUMMER, WINTER]}, "is given beside field"),
        ({"days": {"monday": "a"}}, "hours.days.tuesday"),
        ({"days": dict.fromkeys(WEEK, "a") | {"holiday": "b"}}, "holiday"),
        ({"field": "a", "empty_is_closed": True}, "is for [hours.days]"),
        ({"days": dict.fromkeys(WEEK, "a"), "every_day_unless_said": True}, "is of no use"),
        ({"seasons": [SUMMER | {"from": "1 April"}, WINTER]}, "Write a month and a day"),
        ({"seasons": [SUMMER | {"from": "04-31"}, WINTER]}, "Write a month and a day"),
        ({"seasons": [SUMMER]}, 'after "09-30" comes "10-01"'),
        ({"seasons": [SUMMER | {"to": "10-01"}, WINTER]}, 'after "10-01" comes "10-02"'),
        (
            {"seasons": [SUMMER | {"from": "03-01"}, WINTER | {"to": "02-28"}]},
            'after "02-28" comes "02-29"',
        ),
        ({"field": "a", "open": True}, "open"),
    ],
)
def test_what_cannot_be_meant_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(CatalogueInvalid) as refused:
        read(**values)

    assert message in str(refused.value)


def test_the_whole_year_may_be_one_season() -> None:
    assert read(seasons=[{"field": "hours", "from": "01-01", "to": "12-31"}]).seasons
