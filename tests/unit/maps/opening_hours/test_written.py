"""What councils write about opening hours, and what of it is sure."""

import csv

import pytest
from opening_hours import validate

from maps.opening_hours.written import limit_to_season, read_hours, read_times
from tests.factories.shared_data import SHARED_DATA, needs_shared_data

WORKDAYS = "Mo,Tu,We,Th,Fr"


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("Mon-Fri 9am-5pm, Sat 10-4", f"{WORKDAYS} 09:00-17:00; Sa 10:00-16:00"),
        (
            "Monday to Friday: 09:00 - 17:00; closed bank holidays",
            f"{WORKDAYS} 09:00-17:00; PH off",
        ),
        ("9am to 5pm daily", f"{WORKDAYS},Sa,Su 09:00-17:00"),
        ("Monday to Sunday, 8am to 8pm", f"{WORKDAYS},Sa,Su 08:00-20:00"),
        ("24 hours", "24/7"),
        ("24 Hours ", "24/7"),
        ("24 hours a day, 7 days a week", "24/7"),
        ("Open at all times", "24/7"),
        ("9am-5pm Mon-Fri, 10-4 Sat", f"{WORKDAYS} 09:00-17:00; Sa 10:00-16:00"),
        ("Mon to Fri 9.30 a.m. – 5.00 p.m.", f"{WORKDAYS} 09:30-17:00"),
        ("Mon-Fri 9:00-12:30, 1:30-5:00", f"{WORKDAYS} 09:00-12:30,13:30-17:00"),
        ("Mon-Fri 0900-1700hrs", f"{WORKDAYS} 09:00-17:00"),
        ("Weekdays 8-6, weekends closed", f"{WORKDAYS} 08:00-18:00"),
        ("Daily 9-5, closed Sundays", f"{WORKDAYS},Sa 09:00-17:00"),
        ("Tues, Thurs & Sat 10am-noon", "Tu,Th,Sa 10:00-12:00"),
        ("Fri and Sat 10pm-2am", "Fr,Sa 22:00-26:00"),
        ("Sat-Mon 12-5pm", "Mo,Sa,Su 12:00-17:00"),
        (
            "Open daily 9am-5pm. Closed Christmas Day",
            f"{WORKDAYS},Sa,Su 09:00-17:00; Dec 25 off",
        ),
        ("Mo-Sa 08:00-18:00 | Su 10:00-16:00", f"{WORKDAYS},Sa 08:00-18:00; Su 10:00-16:00"),
        ("Fri 10pm-2am, closed Saturday", "Fr 22:00-26:00"),
        ("Closed", "Closed"),
        ("Closed every day", "off"),
        # OpenStreetMap's own notation is left as it is.
        ("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00; PH off"),
        ("Apr-Sep 08:00-20:00; Oct-Mar 08:00-16:00", "Apr-Sep 08:00-20:00; Oct-Mar 08:00-16:00"),
        # By the notation this is a night; by anybody who writes it, a day.
        ("Mo-Fr 9:00-5:00", f"{WORKDAYS} 09:00-17:00"),
    ],
)
def test_what_means_one_thing_is_read(text: str, notation: str) -> None:
    assert read_hours(text) == notation
    assert validate(notation)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Not Known",
        "To be confirmed",
        "Open",
        "Mo-Fr",
        "Mo-Fr 09:00-17:00, Sa",
        "Dawn to dusk",
        "dawn-dusk",
        "Mo-Fr 09:00-17:00; SH off",
        "Mo-Fr 09:00+",
        'Mo-Fr 09:00-17:00 "by appointment"',
        "15 minutes before and after Park & Ride opening hours",
        "Winter & Su 10:00-16:00 | Other times: 08:00-18:00",
        # Of which days?
        "9am-5pm",
        "06:00-21:00",
        # In the morning, or in the evening?
        "Mon-Fri 7-10",
        "Mon-Fri 9am-11",
        "Mon-Fri 9-12",
        "Mon-Fri 8:00-10:00",
        # A slip for 17:00.
        "Mon-Fri 09:00-05:00",
        "Mon 25:00-26:00",
        "Mon 9:75am-5pm",
        # Whose is the second time?
        "Mon 9-12:30, 1:30-5, Tue, Wed 9-5",
        "Sunday 10-4 Monday",
        # Said twice, and differently.
        "Mon 9-5, Mon 10-4",
        "Mon-Fri 9-5; Fri 9-4",
        "Mon 9-5, 4-6",
        "Closed bank holiday Mondays",
        "Mon-Fri 9-5 except August",
        "Mon-Fri 9-5 (last entry 4.30)",
        "1 April - 30 September 9am-5pm daily",
        "x" * 5000,
        "Mon " * 2000,
        # With two readings a clause, all of them together would be 2 to the power of 18.
        "Mon 9-12:30 1:30-5 Tue Wed " * 18,
    ],
)
def test_what_is_not_sure_is_not_read(text: str) -> None:
    assert read_hours(text) is None


def test_times_alone_are_every_day_only_where_the_catalogue_says_so() -> None:
    assert read_hours("06:00-21:00", is_every_day=True) == "06:00-21:00"
    assert read_hours("6am to 9pm", is_every_day=True) == f"{WORKDAYS},Sa,Su 06:00-21:00"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("09:30-17:00", "09:30-17:00"),
        ("10:00-12:00, 14:00-18:00", "10:00-12:00,14:00-18:00"),
        ("9.30am to 5pm", "09:30-17:00"),
        ("Closed", "off"),
        ("24 hours", "00:00-24:00"),
        ("ask at the desk", None),
        ("Mon 9-5", None),
        ("9am", None),
    ],
)
def test_the_hours_of_one_day_are_read(text: str, hours: str | None) -> None:
    assert read_times(text) == hours


def test_a_season_is_put_before_every_rule() -> None:
    season = limit_to_season("Mo-Sa 08:00-18:00; Su 10:00-16:00; PH off", "Apr 01-Sep 30")

    assert season == (
        "Apr 01-Sep 30 Mo-Sa 08:00-18:00; Apr 01-Sep 30 Su 10:00-16:00; Apr 01-Sep 30 PH off"
    )
    assert validate(season)


@pytest.mark.parametrize(
    ("notation", "hours"), [("24/7", "00:00-24:00"), ("Closed", "off"), ("off", "off")]
)
def test_a_season_may_be_all_open_or_all_closed(notation: str, hours: str) -> None:
    assert limit_to_season(notation, "Oct 01-Mar 31") == f"Oct 01-Mar 31 {hours}"


@pytest.mark.parametrize(
    "notation", ["Apr-Sep 08:00-20:00", "Mo-Fr 09:00-17:00, Sa 10:00-16:00", "24/7; Dec 25 off"]
)
def test_a_season_of_other_seasons_is_not_made(notation: str) -> None:
    assert limit_to_season(notation, "Oct 01-Mar 31") is None


@needs_shared_data
def test_real_toilets_are_read_where_they_say_when() -> None:
    path = SHARED_DATA / "assets/bathnes/BANES_Public_Toilets.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        texts = {row["OpeningHours"].strip() for row in csv.DictReader(file)}

    read = {text for text in texts if read_hours(text, is_every_day=True)}

    assert read == {
        "24 Hours",
        "06:00-19:45",
        "06:00-21:00",
        "Mo-Sa 08:00-18:00 | Su 10:00-16:00",
    }
    assert {"Not Known", "To be confirmed"} <= texts - read


@needs_shared_data
def test_real_post_offices_are_read_day_by_day() -> None:
    path = SHARED_DATA / "assets/bathnes/Post_Office_Branches.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        texts = {_hours_of_post_office(row) for row in csv.DictReader(file)}

    assert "08:00-13:00, 14:00-17:00" in texts
    assert {text for text in texts if read_times(text) is None} == {""}


def _hours_of_post_office(row: dict[str, str]) -> str:
    """Return a row's hours as text: from and to, with or without a break at midday."""
    times = [row[f"{half}_TIME_{end}"] for half in ("AM", "PM") for end in ("FROM", "TO")]
    given = [time for time in times if time != "NULL"]
    return ", ".join("-".join(pair) for pair in zip(given[::2], given[1::2], strict=False))
