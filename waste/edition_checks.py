"""What speaks against an edition of ours beside what is published: the two do not fit together."""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg import sql

from layers.models import Edition, Feature, Layer
from layers.publish import partition_name
from layers.publish.role_checks import EditionFault
from waste.change import Change, names_service, same_words
from waste.collection import Service
from waste.gathered import gather
from waste.roles import DATE, ROUND
from waste.rows import RowUnreadable, read_change, read_service
from waste.schedule import Schedule
from waste.sql import read_statement

_MOST_NAMED = 3


def check_changes(edition: Edition) -> Iterator[EditionFault]:
    """Yield which changes from today on are about nothing that is published.

    Without rounds and calendars nothing can be said of changes.
    """
    editions = _published(ROUND, DATE)
    if not editions:
        return
    services = list(_services(editions))
    changes = [one for one in _changes(edition) if one.last >= timezone.localdate()]
    strangers = [one for one in changes if not _is_about_any(one, services)]
    yield from _tell(
        "CHANGE-OF-NOTHING",
        "no round or service of that name is published. Correct the name, or publish the rounds "
        "first",
        [_in_words(one) for one in strangers],
    )
    schedules = _schedules()
    idle = [one for one in changes if one not in strangers and not _has_effect(one, schedules)]
    yield from _tell(
        "CHANGE-WITHOUT-EFFECT",
        "nothing is collected then that the change could be about. Correct the day or the round",
        [_in_words(one) for one in idle],
    )


def check_premises(edition: Edition) -> Iterator[EditionFault]:
    """Yield on which rounds properties are that are not published."""
    editions = _published(ROUND, DATE)
    if not editions:
        return
    known = sorted({round_ for round_, _ in _services(editions) if round_})
    statement = sql.SQL(read_statement("rounds_of_staged_premises")).format(
        table=sql.Identifier(partition_name(edition.pk))
    )
    missing = _rows(statement, {"known": known})
    yield from _tell(
        "ROUND-UNKNOWN",
        "no such round is published, so their dates are not known. Publish the rounds first",
        [f"{count:,} properties on “{round_}”" for round_, count in missing],
    )


def _tell(kind: str, what: str, named: Sequence[str]) -> Iterator[EditionFault]:
    if named:
        more = len(named) - _MOST_NAMED
        also = f" and {more:,} more" if more > 0 else ""
        yield EditionFault(kind, f"{'; '.join(named[:_MOST_NAMED])}{also}: {what}.")


def _in_words(change: Change) -> str:
    days = f"{change.first:%d/%m/%Y}"
    if change.last != change.first:
        days += f" to {change.last:%d/%m/%Y}"
    whose = ", ".join(f"“{word}”" for word in (change.round, change.service) if word)
    return f"The change of {days} for {whose or 'everybody'}"


def _is_about_any(change: Change, services: Collection[tuple[str, Service]]) -> bool:
    """Return whether its round and its service are there; that round need not have that service.

    A property of its own calendar has no round.
    """
    return (not change.round or any(same_words(change.round, one) for one, _ in services)) and (
        not change.service or any(names_service(change.service, one) for _, one in services)
    )


def _has_effect(change: Change, schedules: Collection[Schedule]) -> bool:
    by_rule = any(
        change.is_about(one.round, one.service) and one.planned(change.first, change.last)
        for one in schedules
    )
    return by_rule or _is_in_a_calendar(change)


def _is_in_a_calendar(change: Change) -> bool:
    [(is_there,)] = _rows(
        sql.SQL(read_statement("is_in_a_calendar")),
        {
            "editions": _published(DATE),
            "round": change.round,
            "service": change.service,
            "first": change.first,
            "last": change.last,
        },
    )
    return bool(is_there)


def _schedules() -> list[Schedule]:
    rows = Feature.objects.filter(edition_id__in=_published(ROUND))
    return list(gather(rows.values_list("properties", flat=True)).values())


def _changes(edition: Edition) -> Iterator[Change]:
    statement = sql.SQL("SELECT properties::text FROM {} ORDER BY id").format(
        sql.Identifier(partition_name(edition.pk))
    )
    for position, (row,) in enumerate(_rows(statement, {})):
        with suppress(RowUnreadable):
            yield read_change(json.loads(row), position)


def _published(*roles: str) -> list[int]:
    layers = Layer.objects.filter(role__in=roles, published_edition__isnull=False)
    return list(layers.values_list("published_edition_id", flat=True))


def _services(editions: list[int]) -> Iterator[tuple[str, Service]]:
    """Yield every service with the round that it is of, or '' in a property's calendar."""
    rows = _rows(sql.SQL(read_statement("services_of_rounds")), {"editions": editions})
    for round_, service, kind in rows:
        with suppress(RowUnreadable):
            yield round_ or "", read_service({"service": service, "service_kind": kind})


def _rows(statement: sql.Composable, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
