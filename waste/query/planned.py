"""What is planned on some rounds, changed, and announced, as the published layers have it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from gazetteer.query import Place
from layers.query.run import fetch_rows
from waste.assignment import PlaceRounds
from waste.change import MOST_DAYS_MOVED, Change, fold, names_service
from waste.collection import Notice, Service, ServiceKind
from waste.gathered import gather
from waste.query.sources import Sources
from waste.roles import CHANGE, DATE, NOTICE, ROUND
from waste.rows import Properties, RowUnreadable, read_change, read_notice
from waste.schedule import Schedule
from waste.sql import read_statement

_KINDS = list(ServiceKind)


@dataclass(frozen=True, slots=True)
class Planned:
    """``missing`` are rounds that the place is on and of which nothing is published."""

    schedules: tuple[Schedule, ...]
    changes: tuple[Change, ...]
    notices: tuple[Notice, ...]
    missing: tuple[str, ...]


def what_is_planned(
    sources: Sources, place: Place, rounds: PlaceRounds, first: date, last: date
) -> Planned:
    """Return all that is said of a place on some rounds, from ``first`` to ``last``."""
    rows = _fetch(sources, place, rounds, first, last)
    schedules = _schedules(rows, rounds)
    services = [schedule.service for schedule in schedules]
    return Planned(
        schedules=schedules,
        changes=tuple(_changes(rows["change"])),
        notices=tuple(_notices(rows["notice"], services)),
        missing=_missing(rounds, schedules),
    )


def _fetch(
    sources: Sources, place: Place, rounds: PlaceRounds, first: date, last: date
) -> dict[str, list[Properties]]:
    found = fetch_rows(
        read_statement("what_is_planned"),
        {
            "rounds": sources.asked(ROUND),
            "dates": sources.asked(DATE),
            "changes": sources.asked(CHANGE),
            "notices": sources.asked(NOTICE),
            "names": sorted(rounds.rounds),
            "folded_names": sorted({fold(name) for name in rounds.rounds}),
            "uprn": rounds.uprn,
            "first": first,
            "last": last,
            "changes_first": _moved(first, -MOST_DAYS_MOVED),
            "changes_last": _moved(last, MOST_DAYS_MOVED),
            "easting": place.easting,
            "northing": place.northing,
        },
    )
    rows: dict[str, list[Properties]] = {
        arm: [] for arm in ("rule", "day", "own day", "change", "notice")
    }
    for arm, _, properties in found:
        rows[arm].append(properties)
    return rows


def _schedules(rows: Mapping[str, list[Properties]], rounds: PlaceRounds) -> tuple[Schedule, ...]:
    """Return one schedule for each service: by the place's own days, its round's, or a rule."""
    by_rule = gather(rows["rule"])
    by_day = gather(rows["day"])
    own = gather(rows["own day"])
    own_kinds = {kind for _, kind, _ in own}
    planned = {
        key: schedule
        for key, schedule in {**by_rule, **by_day}.items()
        if key[1] not in own_kinds and rounds.includes(schedule.round, schedule.service)
    }
    return tuple(sorted((*planned.values(), *own.values()), key=_order))


def _order(schedule: Schedule) -> tuple[int, str, str]:
    return _KINDS.index(schedule.service.kind), schedule.service.name, schedule.round


def _changes(rows: Iterable[Properties]) -> Iterable[Change]:
    for position, row in enumerate(rows):
        with suppress(RowUnreadable):
            yield read_change(row, position)


def _notices(rows: Iterable[Properties], services: list[Service]) -> Iterable[Notice]:
    for row in rows:
        if _is_for(row, services):
            with suppress(RowUnreadable):
                yield read_notice(row)


def _is_for(row: Properties, services: list[Service]) -> bool:
    """Return whether a notice is for a place: one about a service only where that is collected."""
    words = str(row.get("service") or "")
    return not (words and services) or any(names_service(words, one) for one in services)


def _missing(rounds: PlaceRounds, schedules: Iterable[Schedule]) -> tuple[str, ...]:
    known = {schedule.round for schedule in schedules}
    return tuple(sorted(rounds.rounds - known))


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
