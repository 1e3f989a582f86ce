"""When a round comes round: a rule, and the days that it plans."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule, weekday

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Season:
    """The part of every year in which a service runs, both days included.

    Both are (month, day). It may go over the year's end, as from November to February.
    """

    first: MonthDay
    last: MonthDay

    def holds(self, day: date) -> bool:
        """Return whether ``day`` is in the season."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class Rule:
    """What one row of a council's rounds says of days.

    ``weekdays`` count from Monday, 0. ``week_of_month`` is 1 to 4 for the first to the fourth
    such day of every month, -1 for the last, None for every ``every_weeks`` weeks. ``starts_on``
    is the first collection, from which the weeks are counted; ``ends_on`` is the last day that
    the rule is known to hold.
    """

    weekdays: tuple[int, ...]
    every_weeks: int = 1
    week_of_month: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    season: Season | None = None


def planned_days(rule: Rule, first: date, last: date) -> list[date]:
    """Return the days from ``first`` to ``last``, both included, on which the rule collects."""
    first = max(first, rule.starts_on or first)
    last = min(last, rule.ends_on or last)
    if last < first:
        return []
    days = [moment.date() for moment in _recurrence(rule, first, last)]
    return [day for day in days if day >= first and (not rule.season or rule.season.holds(day))]


def _recurrence(rule: Rule, first: date, last: date) -> rrule:
    if rule.week_of_month is not None:
        days = [weekday(day, rule.week_of_month) for day in rule.weekdays]
        return rrule(MONTHLY, dtstart=_midnight(first), until=_midnight(last), byweekday=days)
    return rrule(
        WEEKLY,
        interval=rule.every_weeks,
        dtstart=_midnight(_counted_from(rule, first)),
        until=_midnight(last),
        byweekday=rule.weekdays,
        wkst=MO,
    )


def _counted_from(rule: Rule, first: date) -> date:
    """Return a day of a week of the rule, as late as is sure not to miss ``first``."""
    if rule.starts_on is None:
        return first
    interval = timedelta(weeks=rule.every_weeks)
    return rule.starts_on + (first - rule.starts_on) // interval * interval


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
