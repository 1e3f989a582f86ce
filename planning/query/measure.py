"""Asking the database what each layer has to say of a site: all at once, or else each by itself."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from time import monotonic

import psycopg
from django.db import DatabaseError, InterfaceError, connections, transaction

from layers.query.turns import SEARCHES
from planning.answer import Reason
from planning.query.asked import Asked
from planning.query.question import Measured, ask
from planning.site import Site

# One statement answers in milliseconds. What takes longer waits for something: then the session's
# own limit of two seconds ends it, and each layer is asked by itself. One must not keep the others
# waiting, nor all of them the person.
ONE_TIMEOUT_MS = 400
MOST_S = 5.0
# A house or a field is compared in milliseconds; an outline of thousands of corners takes seconds,
# and whoever sends dozens of them must leave the others their answers.
_MANY_CORNERS = 500
_BYTES_A_CORNER = 16

_SLOW = (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable)
_logger = logging.getLogger(__name__)

Result = Measured | Reason


def measure(
    site: Site, asked: Sequence[Asked], moment: datetime | None, digest: str | None = None
) -> list[Result]:
    """Return what each layer says, or the reason why it cannot. Every one of them has an edition.

    An error, a lock or slowness in one layer leaves the others their answers, and no layer an
    answer that it did not give. ``digest``: of the layers as they are known.

    Raises
    ------
    SearchesBusy
        The site has many corners, and as much that takes long is being asked as may be.
    """
    if not asked:
        return []
    with _turn_for(site):
        return _measure(site, asked, moment, digest)


def _turn_for(site: Site) -> AbstractContextManager[None]:
    has_many = len(site.wkb) > _MANY_CORNERS * _BYTES_A_CORNER
    return SEARCHES.taken() if has_many else nullcontext()


def _measure(
    site: Site, asked: Sequence[Asked], moment: datetime | None, digest: str | None
) -> list[Result]:
    until = monotonic() + MOST_S
    results = _try(site, asked, moment, digest)
    if isinstance(results, list):
        return [*results]
    if len(asked) == 1:
        return [results]
    return [_alone(site, each, moment, digest, until) for each in asked]


def _alone(
    site: Site, asked: Asked, moment: datetime | None, digest: str | None, until: float
) -> Result:
    left_ms = int((until - monotonic()) * 1000)
    if left_ms <= 0:
        return Reason.TIMED_OUT
    results = _try(site, [asked], moment, digest, min(ONE_TIMEOUT_MS, left_ms))
    return results[0] if isinstance(results, list) else results


def _try(
    site: Site,
    asked: Sequence[Asked],
    moment: datetime | None,
    digest: str | None,
    timeout_ms: int | None = None,
) -> list[Measured] | Reason:
    """Ask in one statement; ``timeout_ms`` None: it may take as long as the session gives any."""
    try:
        if timeout_ms is None:
            return ask(site, asked, moment, digest)
        with _limited(timeout_ms):
            return ask(site, asked, moment, digest)
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
def _limited(timeout_ms: int) -> Iterator[None]:
    """Give one statement so long, instead of as long as the session gives any."""
    with transaction.atomic(using="read"):
        with connections["read"].cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {timeout_ms:d}")
        yield


def _is_slow(error: Exception) -> bool:
    """Return whether PostgreSQL gave up because of the time, or GEOS did when it was told to."""
    if isinstance(error.__cause__, psycopg.errors.InternalError_):
        return "InterruptedException" in str(error)
    return isinstance(error.__cause__, _SLOW)
