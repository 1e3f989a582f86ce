"""Asking the database what each layer has to say of a site: all at once, or else each by itself."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import Any

import psycopg
import shapely
from django.db import DatabaseError, InterfaceError, connections, transaction
from psycopg import sql

from layers.query.run import fetch_numbered
from layers.query.turns import SEARCHES
from planning.answer import Reason
from planning.query.asked import Asked
from planning.site import Site
from planning.sql import read_statement

# One statement answers in milliseconds. What takes longer waits for something: then the session's
# own limit of two seconds ends it, and each layer is asked by itself. One must not keep the others
# waiting, nor all of them the person.
ONE_TIMEOUT_MS = 400
MOST_S = 5.0
# A house or a field is compared in milliseconds; an outline of thousands of corners takes seconds,
# and whoever sends dozens of them must leave the others their answers.
_MANY_CORNERS = 500

_PARAMETERS = ("site", "edition_ids", "layer_ids", "accuracies_m", "margins_m", "moment")
_SLOW = (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable)
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Met:
    """One feature that meets the site, or the nearest one that does not, as the database says it.

    ``how`` is a word of `planning.answer.How`, or "nearest". ``overlap_m2`` is None but for areas
    that meet an area. ``is_point``: the feature is no more than a point, whatever stands there.
    ``fid`` is None where the feature went away meanwhile.
    """

    fid: str | None
    properties: dict[str, Any] | None
    how: str
    overlap_m2: float | None
    distance_m: float
    is_point: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What the database says of one layer.

    ``published_edition_id`` is what was published at that instant, ``is_kept`` whether the
    edition asked was there, whole. ``covered_m2`` is None where no coverage is stored; of a point
    it is 1 inside and 0 outside. ``union_m2`` is the area shared with two or more areas together,
    None where fewer apply.
    """

    published_edition_id: int | None
    is_kept: bool
    covered_m2: float | None
    union_m2: float | None
    met: list[Met] = field(default_factory=list)


Result = Measured | Reason


def measure(site: Site, asked: Sequence[Asked], moment: datetime | None) -> list[Result]:
    """Return what each layer says, or the reason why it cannot. Every one of them has an edition.

    An error, a lock or slowness in one layer leaves the others their answers, and no layer an
    answer that it did not give.

    Raises
    ------
    SearchesBusy
        The site has many corners, and as much that takes long is being asked as may be.
    """
    if not asked:
        return []
    with _turn_for(site):
        return _measure(site, asked, moment)


def _turn_for(site: Site) -> AbstractContextManager[None]:
    return SEARCHES.taken() if shapely.get_num_coordinates(site.shape_27700) > _MANY_CORNERS else nullcontext()


def _measure(site: Site, asked: Sequence[Asked], moment: datetime | None) -> list[Result]:
    until = monotonic() + MOST_S
    results = _try(site, asked, moment)
    if isinstance(results, list):
        return [*results]
    if len(asked) == 1:
        return [results]
    return [_alone(site, each, moment, until) for each in asked]


def _alone(site: Site, asked: Asked, moment: datetime | None, until: float) -> Result:
    left_ms = int((until - monotonic()) * 1000)
    if left_ms <= 0:
        return Reason.TIMED_OUT
    results = _try(site, [asked], moment, min(ONE_TIMEOUT_MS, left_ms))
    return results[0] if isinstance(results, list) else results


def _try(
    site: Site, asked: Sequence[Asked], moment: datetime | None, timeout_ms: int | None = None
) -> list[Measured] | Reason:
    try:
        with _limited(timeout_ms):
            return _ask(site, asked, moment)
    except (DatabaseError, InterfaceError) as error:
        if not connections["read"].is_usable():
            raise
        if _is_slow(error):
            return Reason.TIMED_OUT
        # Not the error itself: it may say where the site is.
        _logger.error(
            "A check of %s failed: %s",
            ", ".join(each.layer.slug for each in asked),
            type(error.__cause__).__name__,
        )
        return Reason.FAILED


@contextmanager
def _limited(timeout_ms: int | None) -> Iterator[None]:
    """Give one statement so long; None: as long as the session gives any."""
    if timeout_ms is None:
        yield
        return
    with transaction.atomic(using="read"):
        with connections["read"].cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {timeout_ms:d}")
        yield


def _is_slow(error: Exception) -> bool:
    """Return whether PostgreSQL gave up because of the time, or GEOS did when it was told to."""
    if isinstance(error.__cause__, psycopg.errors.InternalError_):
        return "InterruptedException" in str(error)
    return isinstance(error.__cause__, _SLOW)


def _ask(site: Site, asked: Sequence[Asked], moment: datetime | None) -> list[Measured]:
    edition_ids = tuple(each.edition.id for each in asked if each.edition)
    statement = _statement("check_point" if site.is_point else "check_area", edition_ids)
    values = {
        "site": bytes(site.geom_27700.ewkb),
        "edition_ids": list(edition_ids),
        "layer_ids": [each.layer.id for each in asked],
        "accuracies_m": [each.layer.settings.accuracy_m for each in asked],
        "margins_m": [each.layer.settings.margin_m for each in asked],
        "moment": moment,
    }
    return _by_place(fetch_numbered(statement, [values[name] for name in _PARAMETERS]))


@lru_cache(maxsize=64)
def _statement(name: str, edition_ids: tuple[int, ...]) -> bytes:
    """Return the statement for some editions, whose plan is kept: only the site changes.

    Edition ids are literals, so that the planner opens those partitions and no other. Values are
    numbered in the order of `_PARAMETERS`. The server reads the text each time: what it has no use
    for is left out.
    """
    arm = sql.SQL(_shortened(read_statement("check_arm")))
    arms = sql.SQL(" UNION ALL ").join(
        arm.format(place=sql.Literal(place), edition_id=sql.Literal(edition_id))
        for place, edition_id in enumerate(edition_ids, start=1)
    )
    statement = sql.SQL(_shortened(read_statement(name))).format(arms=arms).as_string()
    for number, parameter in enumerate(_PARAMETERS, start=1):
        statement = statement.replace(f"%({parameter})s", f"${number}")
    return statement.encode()


def _shortened(statement: str) -> str:
    lines = (line.strip() for line in statement.splitlines())
    return " ".join(line for line in lines if line and not line.startswith("--"))


def _by_place(rows: Sequence[tuple[Any, ...]]) -> list[Measured]:
    measured: dict[int, Measured] = {}
    for place, published_id, is_kept, is_stated, covered, union, *found in rows:
        if place not in measured:
            covered_m2 = covered if is_stated else None
            measured[place] = Measured(published_id, is_kept, covered_m2, union)
        feature_id, dimension, how, shared_size, distance_m, fid, properties = found
        if feature_id is not None:
            overlap_m2 = shared_size if dimension == 2 else None
            met = Met(fid, properties, how, overlap_m2, distance_m, dimension == 0)
            measured[place].met.append(met)
    return [measured[place] for place in sorted(measured)]
