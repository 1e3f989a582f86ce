"""Rows that no date can be made of, or not the one that was meant: found when they are imported."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from layers.publish.role_checks import RowFault
from waste.change import MOST_DAYS_MOVED, Change
from waste.rows import (
    WEEKDAYS,
    Properties,
    RowUnreadable,
    read_change,
    read_day,
    read_rule,
    read_service,
)
from waste.rule import Rule

MOST_WEEKS = 52
# A round is announced in good time; one that starts later than this starts in a mistyped year.
_MOST_AHEAD = timedelta(days=731)
_WEEKS_OF_MONTH = (1, 2, 3, 4, -1)


def check_round(row: Properties) -> Iterator[RowFault]:
    """Yield what contradicts itself in a row of rounds."""
    try:
        read_service(row)
        rule = read_rule(row)
    except RowUnreadable as error:
        yield RowFault("RULE-UNREADABLE", error.field, f"{error} Nothing can be planned by it.")
        return
    yield from _check_interval(rule)
    yield from _check_span(rule)


def check_change(row: Properties) -> Iterator[RowFault]:
    """Yield what contradicts itself in a row of changes."""
    try:
        change = read_change(row, 0)
    except RowUnreadable as error:
        yield RowFault("CHANGE-UNREADABLE", error.field, f"{error} It would change nothing.")
        return
    ways = [
        change.moved_to is not None,
        change.shift_days is not None,
        change.is_suspended,
    ]
    if sum(ways) != 1:
        yield RowFault(
            "CHANGE-UNCLEAR",
            "moved_to",
            "A change says one thing of three: the new day, by how many days collections are "
            f"later, or that they are suspended. This row says {'several' if any(ways) else 'none'}"
            ". Leave one of them.",
        )
    elif change.last < change.first:
        yield RowFault(
            "SPAN-BACKWARDS",
            "planned_to",
            f"The last planned day, {_said(change.last)}, is before the first, "
            f"{_said(change.first)}. Correct one of them.",
        )
    else:
        yield from _check_distance(change)


def check_date(row: Properties) -> Iterator[RowFault]:
    """Yield what is missing from a row of a calendar."""
    try:
        read_service(row)
        read_day(row, "collected_on")
    except RowUnreadable as error:
        yield RowFault("DATE-UNREADABLE", error.field, f"{error} Nothing can be planned by it.")
        return
    if not row.get("round") and not row.get("uprn"):
        yield RowFault(
            "WHOSE-DATE",
            "round",
            "The row names neither a round nor a property, so nobody knows whose date it is. Fill "
            "in one of them.",
        )


def check_notice(row: Properties) -> Iterator[RowFault]:
    """Yield what contradicts itself in a row of notices."""
    try:
        starts_on, ends_on = read_day(row, "starts_on"), read_day(row, "ends_on")
    except RowUnreadable as error:
        yield RowFault("NOTICE-UNREADABLE", error.field, str(error))
        return
    if starts_on and ends_on and ends_on < starts_on:
        yield RowFault(
            "SPAN-BACKWARDS",
            "ends_on",
            "The notice ends before it starts. Correct one of the days.",
        )


def _check_interval(rule: Rule) -> Iterator[RowFault]:
    if not 1 <= rule.every_weeks <= MOST_WEEKS:
        yield RowFault(
            "INTERVAL-UNLIKELY",
            "every_weeks",
            f"Every {rule.every_weeks} weeks is not between 1 and {MOST_WEEKS}.",
        )
    if rule.week_of_month is None:
        if rule.every_weeks > 1 and rule.starts_on is None:
            yield RowFault(
                "START-MISSING",
                "starts_on",
                f"Collected every {rule.every_weeks} weeks, but no first collection is given, so "
                "nobody knows which weeks. Give the date of one collection.",
            )
        return
    if rule.week_of_month not in _WEEKS_OF_MONTH:
        yield RowFault(
            "WEEK-OF-MONTH",
            "week_of_month",
            f"There is no week {rule.week_of_month} in every month. Write first, second, third, "
            "fourth or last.",
        )
    if rule.every_weeks > 1:
        yield RowFault(
            "INTERVAL-TWICE",
            "every_weeks",
            "It comes every so many weeks and in one week of the month. Leave one of them.",
        )


def _check_span(rule: Rule) -> Iterator[RowFault]:
    if rule.starts_on and rule.starts_on.weekday() not in rule.weekdays:
        days = " or ".join(WEEKDAYS[day] for day in rule.weekdays)
        yield RowFault(
            "WEEKDAY-CONTRADICTED",
            "starts_on",
            f"The first collection, {_said(rule.starts_on)}, is not a {days}. Correct the date or "
            "the day of the week.",
        )
    if rule.starts_on and rule.starts_on - timezone.localdate() > _MOST_AHEAD:
        yield RowFault(
            "START-UNLIKELY",
            "starts_on",
            f"The first collection is on {_said(rule.starts_on)}, and before it there is none. Is "
            "the year right?",
            keeps_out=False,
        )
    if rule.starts_on and rule.ends_on and rule.ends_on < rule.starts_on:
        yield RowFault(
            "SPAN-BACKWARDS",
            "ends_on",
            f"The last day, {_said(rule.ends_on)}, is before the first collection, "
            f"{_said(rule.starts_on)}. Correct one of them.",
        )


def _check_distance(change: Change) -> Iterator[RowFault]:
    if change.shift_days is not None:
        away, field = change.shift_days, "shift_days"
    elif change.moved_to is not None:
        later = (change.moved_to - change.first).days
        earlier = (change.moved_to - change.last).days
        away, field = later if later > -earlier else earlier, "moved_to"
    else:
        return
    if abs(away) > MOST_DAYS_MOVED:
        direction = "later" if away > 0 else "earlier"
        yield RowFault(
            "MOVED-TOO-FAR",
            field,
            f"Collections are moved {abs(away)} days {direction}, which is more than "
            f"{MOST_DAYS_MOVED}. Is the year right?",
        )
    elif away < 0:
        yield RowFault(
            "MOVED-EARLIER",
            field,
            f"Collections are moved {-away} days earlier. If that is meant, all is well.",
            keeps_out=False,
        )


def _said(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
