"""Dates of which only the year or the month is known: what is certain is true or false, and
what could be either is unknown, so that neither a condition nor its opposite finds it."""

import pytest

from layers.query.filters.temporal_values import _LAST_DAY, read_days
from layers.query.run import fetch_row

pytestmark = pytest.mark.django_db(databases=["default", "read"])

# planted: oak 1816-03-02, elm 1946, ash 1991-06, fir 1971-11-30, box 2020-02-29, bay 2024-05,
# ivy 2024, yew none
ALL = {"oak", "elm", "ash", "fir", "box", "bay", "ivy"}


@pytest.mark.parametrize(
    ("condition", "certain", "unknown"),
    [
        ("planted < DATE('1946-07-01')", {"oak"}, {"elm"}),
        ("planted < DATE('1946-01-01')", {"oak"}, set()),
        ("planted < DATE('1947-01-01')", {"oak", "elm"}, set()),
        ("planted <= DATE('1946-12-31')", {"oak", "elm"}, set()),
        ("planted <= DATE('1946-12-30')", {"oak"}, {"elm"}),
        ("planted <= DATE('1946-01-01')", {"oak"}, {"elm"}),
        ("planted > DATE('2024-01-31')", {"bay"}, {"ivy"}),
        ("planted > DATE('2023-12-31')", {"bay", "ivy"}, set()),
        ("planted >= DATE('2024-05-01')", {"bay"}, {"ivy"}),
        ("planted >= DATE('2024-05-02')", set(), {"bay", "ivy"}),
        ("planted <= DATE('1991-06-30')", {"oak", "elm", "ash", "fir"}, set()),
        ("planted <= DATE('1991-06-29')", {"oak", "elm", "fir"}, {"ash"}),
        ("planted = DATE('1991-06-15')", set(), {"ash"}),
        ("planted = DATE('1991-07-15')", set(), set()),
        ("planted = DATE('2020-02-29')", {"box"}, set()),
        # A year or a month as text is all of its days.
        ("planted = '2024'", {"bay", "ivy"}, set()),
        ("planted = '2024-05'", {"bay"}, {"ivy"}),
        ("planted = '1816-03'", {"oak"}, set()),
        ("planted < '1946'", {"oak"}, set()),
        ("planted <= '1946'", {"oak", "elm"}, set()),
        ("planted > '2024-04'", {"bay"}, {"ivy"}),
        ("planted >= '2024-05'", {"bay"}, {"ivy"}),
        ("planted BETWEEN DATE('1940-01-01') AND DATE('1991-06-30')", {"elm", "ash", "fir"}, set()),
        ("planted IN (DATE('1946-02-02'), DATE('2020-02-29'))", {"box"}, {"elm"}),
        ("T_AFTER(planted, DATE('1991-06-30'))", {"box", "bay", "ivy"}, set()),
        ("T_INTERSECTS(planted, INTERVAL('2024-05-10', '..'))", set(), {"bay", "ivy"}),
        ("T_DURING(planted, INTERVAL('1945-12-31', '1947-01-01'))", {"elm"}, set()),
        ("T_EQUALS(planted, DATE('1946-05-05'))", set(), {"elm"}),
    ],
)
def test_what_is_certain_is_found_and_what_is_unknown_is_not(match, condition, certain, unknown):
    assert match(condition) == certain
    assert match(f"NOT ({condition})") == ALL - certain - unknown


@pytest.mark.parametrize(
    ("condition", "certain", "unknown"),
    [
        ("planted < felled", {"oak", "elm", "ivy"}, {"ash", "bay", "fir"}),
        ("planted = felled", {"box"}, {"ash", "bay", "fir"}),
        ("planted = planted", {"oak", "fir", "box"}, {"elm", "ash", "bay", "ivy"}),
    ],
)
def test_two_properties_are_compared_by_all_the_days_they_can_be(
    match, condition, certain, unknown
):
    assert match(condition) == certain
    assert match(f"NOT ({condition})") == ALL - certain - unknown


# inspected, in UTC: oak 2026-03-31T08:00, elm a microsecond before 2026, ash 2026-03-31T00:00,
# yew 2024-02-29T12:00, box 2000-01-01T00:30, bay 2024-05-31T23:00, ivy 2024-05-15T10:00
TIMED = {"oak", "elm", "ash", "yew", "box", "bay", "ivy"}


@pytest.mark.parametrize(
    ("condition", "keys"),
    [
        ("inspected = DATE('2026-03-31')", {"oak", "ash"}),
        ("inspected < DATE('2026-03-31')", {"elm", "yew", "box", "bay", "ivy"}),
        ("inspected <= DATE('2025-12-31')", {"elm", "yew", "box", "bay", "ivy"}),
        ("inspected > DATE('2025-12-31')", {"oak", "ash"}),
        ("inspected >= DATE('2025-12-31')", {"oak", "ash", "elm"}),
        ("inspected = '2024-05-31'", {"bay"}),
        ("inspected = DATE('1999-12-31')", set()),
        ("inspected = DATE('2000-01-01')", {"box"}),
        ("inspected >= TIMESTAMP('2026-03-31T08:00:00Z')", {"oak"}),
        ("inspected = TIMESTAMP('2026-03-31T10:00:00+02:00')", {"oak"}),
        ("inspected = TIMESTAMP('2026-03-31T08:00:00')", {"oak"}),
        ("T_INTERSECTS(inspected, INTERVAL('2024-05-31', '2025-12-31'))", {"bay", "elm"}),
        ("T_DURING(INTERVAL(inspected, reviewed), INTERVAL('2024-05-01', '2024-06-30'))",
         {"bay", "ivy"}),
    ],
)  # fmt: skip
def test_a_date_beside_times_is_its_whole_day_in_utc(match, condition, keys):
    assert match(condition) == keys
    # Of the fir only the review is known, and that alone is after the end of the interval.
    others = {"fir"} if "reviewed" in condition else set()
    assert match(f"NOT ({condition})") == (TIMED | others) - keys


@pytest.mark.parametrize(
    ("month", "days"),
    [("2024-01", 31), ("2024-02", 29), ("2023-02", 28), ("2000-02", 29), ("1900-02", 28),
     ("2024-04", 30), ("2024-06", 30), ("2024-09", 30), ("2024-11", 30), ("2024-12", 31)],
)  # fmt: skip
def test_a_month_ends_on_its_last_day(trees, month, days):
    statement = f"SELECT {_LAST_DAY.format(date='%(month)s::text')}"

    assert fetch_row(statement, {"month": month})[0].decode() == f"{month}-{days}"
    assert read_days(month) == (f"{month}-01", f"{month}-{days}")
