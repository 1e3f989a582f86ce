"""From many rows of rounds or calendars to one schedule for each service of each round."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress

from waste.change import fold
from waste.collection import ServiceKind
from waste.rows import Properties, RowUnreadable, read_day, read_rule, read_service
from waste.schedule import Schedule

ServiceOfRound = tuple[str, ServiceKind, str]


def gather(rows: Iterable[Properties]) -> dict[ServiceOfRound, Schedule]:
    """Return what rows say together of each service of a round, by round, kind and folded name.

    Rows with a date are days of a calendar, others rules. Of rows that differ in the container
    the first is believed. Unreadable rows say nothing: importers keep them out.
    """
    parts: dict[ServiceOfRound, list[Schedule]] = defaultdict(list)
    for row in rows:
        with suppress(RowUnreadable):
            one = _schedule(row)
            parts[one.round, one.service.kind, fold(one.service.name)].append(one)
    return {key: _joined(schedules) for key, schedules in parts.items()}


def _schedule(row: Properties) -> Schedule:
    service, round_ = read_service(row), str(row.get("round") or "")
    day = read_day(row, "collected_on")
    if day is not None:
        return Schedule(service, round_, calendar=(day,))
    return Schedule(service, round_, rules=(read_rule(row),))


def _joined(schedules: list[Schedule]) -> Schedule:
    return Schedule(
        service=schedules[0].service,
        round=schedules[0].round,
        rules=tuple(rule for one in schedules for rule in one.rules),
        calendar=tuple(day for one in schedules for day in one.calendar),
    )
