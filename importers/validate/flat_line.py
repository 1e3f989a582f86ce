"""Has a feed died quietly? Arrivals far below their own rhythm are its sign."""

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
# Two weeks around Christmas are quiet everywhere.
_SHORTEST_WEEKS, _LONGEST_WEEKS = 3, 13
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
    oldest = min(max(by_week, default=0), _YEAR_WEEKS + _LONGEST_WEEKS)
    for window in range(_SHORTEST_WEEKS, _LONGEST_WEEKS + 1):
        rhythm_weeks = oldest - window + 1
        if rhythm_weeks < _FEWEST_WEEKS_OF_RHYTHM:
            return
        a_week = _total(by_week, window, oldest) / rhythm_weeks
        lately = _total(by_week, 0, window - 1)
        is_far_below = lately < _FAR_BELOW * a_week * window and a_week * window >= _EXPECTED
        if is_far_below and lately < _lowest_before(by_week, window, oldest):
            yield _flat_line(today - timedelta(weeks=window), lately, a_week)
            return


def _lowest_before(by_week: Mapping[int, int], window: int, oldest: int) -> int:
    """Return the fewest that ever came in as many weeks on end: a feed in batches has gaps."""
    starts = range(window, oldest - window + 2)
    return min((_total(by_week, start, start + window - 1) for start in starts), default=0)


def _flat_line(since: date, lately: int, a_week: float) -> FailedCheck:
    arrived = f"only {lately:,}" if lately else "nothing"
    return FailedCheck(
        CODE,
        f"Since {since:%d %B %Y} {arrived} arrived; before that {a_week:,.1f} a week did. The feed "
        "may have died quietly. Ask whoever sends it whether no more really came.",
    )


def _total(by_week: Mapping[int, int], newest: int, oldest: int) -> int:
    return sum(by_week.get(week, 0) for week in range(newest, oldest + 1))


def _count_by_week(edition_id: int, field: str, today: date) -> dict[int, int]:
    statement = sql.SQL(
        "SELECT (%(today)s - arrived) / 7 AS weeks_ago, count(*) FROM {}, LATERAL ("
        # A date, or one with a time; a layer that is not public may keep it with what is not.
        " SELECT left(coalesce(properties ->> %(field)s, restricted ->> %(field)s), 10)::date"
        ") AS dated (arrived) WHERE arrived BETWEEN %(oldest)s AND %(today)s GROUP BY 1"
    ).format(sql.Identifier(partition_name(edition_id)))
    oldest = today - timedelta(weeks=_YEAR_WEEKS + _LONGEST_WEEKS)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"field": field, "today": today, "oldest": oldest})
        return dict(cursor.fetchall())
