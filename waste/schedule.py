"""From rules, calendars and changes to the collections of some days. No database here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from waste.change import MOST_DAYS_MOVED, Change, winning_change
from waste.collection import Collection, Service, ServiceCollections, State
from waste.rule import Rule, planned_days


@dataclass(frozen=True, slots=True)
class Schedule:
    """When one service of one round is planned.

    Either by ``rules``, one after another or side by side, or by the days of a ``calendar``,
    which a council gave day by day: then no rule is asked.
    """

    service: Service
    round: str
    rules: tuple[Rule, ...] = ()
    calendar: tuple[date, ...] = ()

    def planned(self, first: date, last: date) -> list[date]:
        """Return the planned days from ``first`` to ``last``, both included, in order."""
        if self.calendar:
            return sorted({day for day in self.calendar if first <= day <= last})
        return sorted({day for rule in self.rules for day in planned_days(rule, first, last)})

    @property
    def known_until(self) -> date | None:
        """The last day that is known, or None where a rule has no end."""
        if self.calendar:
            return max(self.calendar)
        ends = [rule.ends_on for rule in self.rules]
        return None if None in ends else max(filter(None, ends), default=None)


def service_collections(
    schedule: Schedule, changes: Sequence[Change], first: date, last: date
) -> ServiceCollections:
    """Return what happens from ``first`` to ``last``, both included, by day.

    A collection counts for the day on which it happens, and a suspended one for the day on
    which it was planned: one that was moved into these days is there, one moved out of them not.
    """
    about = [change for change in changes if change.is_about(schedule.round, schedule.service)]
    reach = _reach(about, first, last)
    planned = schedule.planned(_earlier(first, reach), _later(last, reach))
    collections = [_collection(schedule, about, day) for day in planned]
    return ServiceCollections(
        service=schedule.service,
        round=schedule.round,
        collections=tuple(
            sorted((one for one in collections if first <= one.day <= last), key=attrgetter("day"))
        ),
        known_until=schedule.known_until,
    )


def _collection(schedule: Schedule, changes: Iterable[Change], day: date) -> Collection:
    change = winning_change(changes, schedule.round, schedule.service, day)
    state = State.DUE if change is None else change.state_of(day)
    return Collection(
        service=schedule.service,
        round=schedule.round,
        planned_on=day,
        state=state,
        on=day if change is None else change.happens_on(day),
        reason="" if change is None or state is State.DUE else change.reason,
    )


def _reach(changes: Iterable[Change], first: date, last: date) -> timedelta:
    """Return how far outside some days a collection may be planned that is moved into them."""
    reach = timedelta()
    for change in changes:
        if change.moved_to is not None and first <= change.moved_to <= last:
            reach = max(reach, first - change.first, change.last - last)
        elif change.shift_days is not None:
            reach = max(reach, timedelta(days=abs(change.shift_days)))
    return min(reach, timedelta(days=MOST_DAYS_MOVED))


def _earlier(day: date, by: timedelta) -> date:
    return day - min(by, day - date.min)


def _later(day: date, by: timedelta) -> date:
    return day + min(by, date.max - day)
