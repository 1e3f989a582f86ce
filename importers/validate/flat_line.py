"""Has a feed died quietly? Arrivals far below their own rhythm are its sign."""

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db import connection
from psycopg import sql

from importers.validate.failed_check import FailedCheck
from layers.publish import partition_name

CODE = "FLAT-LINE"

_YEAR_WEEKS = 52
# A window in which ten are expected: then hardly any is no chance.
_EXPECTED = 10
_SHORTEST_WEEKS, _LONGEST_WEEKS = 2, 13
_FAR_BELOW = 0.2
_FEWEST_WEEKS_OF_RHYTHM = 8


def check_arrivals(edition_id: int, field: str, today: date) -> Iterator[FailedCheck]:
    """Yield a failed check if what arrived lately is far below what used to.

    Parameters
    ----------
    edition_id
        Its table is read, attached or not.
    field
        The date by which a feature arrived, such as the day an application was received.
    """
    yield from judge_arrivals(_count_by_week(edition_id, field, today), today)


def judge_arrivals(by_week: Mapping[int, int], today: date) -> Iterator[FailedCheck]:
    """Yield a failed check if the newest weeks are far below the rhythm of those before.

    Parameters
    ----------
    by_week
        How many arrived, by how many whole weeks ago; weeks without any left out.
    """
    if not by_week:
        return
    oldest = min(max(by_week), _YEAR_WEEKS + _LONGEST_WEEKS)
    window = _window_weeks(by_week, oldest)
    if window is None:
        return
    rhythm_weeks = oldest - window + 1
    a_week = _total(by_week, window, oldest) / rhythm_weeks
    lately = _total(by_week, 0, window - 1)
    if lately < _FAR_BELOW * a_week * window:
        since = today - timedelta(weeks=window)
        yield FailedCheck(
            CODE,
            f"Since {since:%d %B %Y} {lately:,} arrived; before that {a_week:,.1f} a week did. The "
            "feed may have died quietly. Ask whoever sends it whether nothing really came.",
        )


def _window_weeks(by_week: Mapping[int, int], oldest: int) -> int | None:
    """Return how many weeks to judge by; None where there is too little to know a rhythm."""
    for window in range(_SHORTEST_WEEKS, _LONGEST_WEEKS + 1):
        rhythm_weeks = oldest - window + 1
        if rhythm_weeks < _FEWEST_WEEKS_OF_RHYTHM:
            return None
        if _total(by_week, window, oldest) / rhythm_weeks * window >= _EXPECTED:
            return window
    return None


def _total(by_week: Mapping[int, int], newest: int, oldest: int) -> int:
    return sum(by_week.get(week, 0) for week in range(newest, oldest + 1))


def _count_by_week(edition_id: int, field: str, today: date) -> dict[int, int]:
    statement = sql.SQL(
        "SELECT (%(today)s - left(properties ->> %(field)s, 10)::date) / 7 AS weeks_ago, count(*)"
        " FROM {} WHERE left(properties ->> %(field)s, 10)::date"
        " BETWEEN %(oldest)s AND %(today)s GROUP BY 1"
    ).format(sql.Identifier(partition_name(edition_id)))
    oldest = today - timedelta(weeks=_YEAR_WEEKS + _LONGEST_WEEKS)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"field": field, "today": today, "oldest": oldest})
        return {math.floor(weeks): count for weeks, count in cursor.fetchall()}
