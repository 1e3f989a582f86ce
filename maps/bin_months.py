"""A year of collections as months of weeks, for a calendar to hang up."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from maps.bin_marks import Mark, marks_of
from waste.collection import Collection, Service, ServiceCollections, State
from waste.words import change_words, day_words, service_words

MONTHS = 12
_WEEKS_FROM_MONDAY = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class MarkedCollection:
    """One collection in a day's cell. ``change`` is empty for what goes as planned."""

    mark: Mark
    service: str
    is_moved: bool
    is_suspended: bool
    change: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """``number`` is 0 where the cell is a neighbouring month's. ``is_known`` is False after the
    calendar of every service has ended.
    """

    number: int
    collections: tuple[MarkedCollection, ...] = ()
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Month:
    """``first`` is its first day; weeks begin on Mondays."""

    first: date
    weeks: tuple[tuple[CalendarDay, ...], ...]

    @property
    def is_known(self) -> bool:
        """Whether anything is known of any of its days."""
        return any(day.is_known for day in self._days)

    @property
    def has_unknown_days(self) -> bool:
        """Whether the calendar ends before the month does."""
        return not all(day.is_known for day in self._days)

    @property
    def _days(self) -> Iterator[CalendarDay]:
        return (day for week in self.weeks for day in week if day.number)


@dataclass(frozen=True, slots=True)
class Change:
    """What is moved or called off together, in words. ``services`` has commas between them."""

    day: str
    services: str
    words: str


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a mark stands for."""

    mark: Mark
    service: str


@dataclass(frozen=True, slots=True)
class BinYear:
    """Twelve months, what their marks mean, and what does not go as usual."""

    months: tuple[Month, ...]
    legend: tuple[LegendEntry, ...]
    changes: tuple[Change, ...]

    @property
    def has_unknown_days(self) -> bool:
        """Whether the calendar of every service ends before the year does."""
        return any(month.has_unknown_days for month in self.months)


@dataclass(frozen=True, slots=True)
class Weekday:
    """The heading of a column."""

    short: str
    full: str


def weekdays() -> tuple[Weekday, ...]:
    """Return the days of a week, from Monday on."""
    return tuple(Weekday(str(WEEKDAYS_ABBR[day]), str(WEEKDAYS[day])) for day in range(7))


def first_of_month(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def end_of_year_from(first: date) -> date:
    """Return the last day of the twelve months that begin with ``first``."""
    return first.replace(year=first.year + 1) - timedelta(days=1)


def bin_year(services: Sequence[ServiceCollections], first: date) -> BinYear:
    """Return the twelve months from ``first``, the first day of one, with what goes on each."""
    marks = marks_of(each.service for each in services)
    by_day: dict[date, list[Collection]] = defaultdict(list)
    for service in services:
        for collection in service.collections:
            by_day[collection.day].append(collection)
    known_until = _known_until(services)
    return BinYear(
        months=tuple(_month(month, by_day, marks, known_until) for month in _months(first)),
        legend=tuple(LegendEntry(mark, service_words(each)) for each, mark in marks.items()),
        changes=tuple(_changes(by_day, first)),
    )


def _changes(by_day: Mapping[date, Sequence[Collection]], first: date) -> Iterator[Change]:
    """Give the changes by day; what has one reason and came from one day is said at once."""
    for day in sorted(by_day):
        changed: dict[str, list[str]] = {}
        for each in by_day[day]:
            if each.state != State.DUE:
                changed.setdefault(change_words(each, first), []).append(each.service.name)
        for words, names in changed.items():
            yield Change(day_words(day, first), ", ".join(names), words)


def _months(first: date) -> list[date]:
    months = [divmod(first.month - 1 + number, 12) for number in range(MONTHS)]
    return [date(first.year + years, month + 1, 1) for years, month in months]


def _month(
    first: date,
    by_day: Mapping[date, Sequence[Collection]],
    marks: Mapping[Service, Mark],
    known_until: date,
) -> Month:
    weeks = _WEEKS_FROM_MONDAY.monthdatescalendar(first.year, first.month)
    return Month(
        first,
        tuple(
            tuple(
                CalendarDay(
                    day.day,
                    tuple(_marked(each, marks, first) for each in by_day.get(day, ())),
                    day <= known_until,
                )
                if day.month == first.month
                else CalendarDay(0)
                for day in week
            )
            for week in weeks
        ),
    )


def _marked(collection: Collection, marks: Mapping[Service, Mark], first: date) -> MarkedCollection:
    return MarkedCollection(
        mark=marks[collection.service],
        service=service_words(collection.service),
        is_moved=collection.state == State.MOVED,
        is_suspended=collection.state == State.SUSPENDED,
        change=change_words(collection, first),
    )


def _known_until(services: Sequence[ServiceCollections]) -> date:
    """Return the last day of which anything is known."""
    return max((each.known_until or date.max for each in services), default=date.max)
