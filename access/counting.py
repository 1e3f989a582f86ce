"""Counts of the present minute: kept by each process, told to all in steps.

A process writes to PostgreSQL once for a twentieth of a limit, and learns then what the others have
told. So a caller who asks little costs no write at all; and when a limit is reached, each process
may have let through one step more than it knew: at most ``limit + processes x step`` in all.
"""

import logging
import time
from dataclasses import dataclass
from threading import Lock

from django.db import Error as DatabaseError
from django.db import connections

from access.sql import read_statement

WINDOW_S = 60
_MINUTES_A_DAY = 1440
_STEPS = 20
# As many callers in a minute as no city has; more are an attack, and memory is not what it gets.
_MOST_CALLERS = 50_000

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Count:
    """What this process knows of a caller: what all have told, and what it has not told yet."""

    told: int = 0
    untold: int = 0


class Counter:
    """The counts of one process."""

    def __init__(self) -> None:
        self._minute = 0
        self._counts: dict[str, _Count] = {}
        self._lock = Lock()
        self._is_alone = False

    def add(self, caller: str, minute: int, limit: int) -> int:
        """Count one request and return how many there were in this minute, it included."""
        with self._lock:
            if minute != self._minute or len(self._counts) > _MOST_CALLERS:
                self._minute, self._counts = minute, {}
            count = self._counts.setdefault(caller, _Count())
            if count.told + count.untold >= limit:
                return limit + 1  # refused already: there is nothing new to tell
            count.untold += 1
            if count.untold < step_of(limit):
                return count.told + count.untold
            hits, count.untold = count.untold, 0
            count.told += hits
        told = self._tell(caller, minute, hits)
        with self._lock:
            count.told = max(count.told, told)
            return count.told + count.untold

    def take_back(self, caller: str) -> None:
        """Count one request less: it cost nothing."""
        with self._lock:
            if count := self._counts.get(caller):
                count.untold -= 1

    def _tell(self, caller: str, minute: int, hits: int) -> int:
        """Tell the others, and return what all have told; without PostgreSQL, nothing."""
        values: dict[str, str | int] = {"caller": caller, "minute": minute, "hits": hits}
        try:
            with connections["default"].cursor() as cursor:
                cursor.execute(read_statement("add_hits"), values)
                told = int(cursor.fetchone()[0])
        except DatabaseError:
            if not self._is_alone:
                logger.warning("Rates are counted by each process alone: PostgreSQL is away.")
            self._is_alone = True
            return 0
        self._is_alone = False
        return told


def step_of(limit: int) -> int:
    """Return after how many requests of a caller a process tells the others."""
    return max(1, limit // _STEPS)


def this_minute() -> int:
    """Return the present minute, since 1970."""
    return int(time.time()) // WINDOW_S


def end_of_day() -> int:
    """Return the minute at which the present day (UTC) ends: what is counted until then."""
    return (this_minute() // _MINUTES_A_DAY + 1) * _MINUTES_A_DAY


def seconds_left() -> int:
    """Return how long the present minute still is, in seconds from 1 to 60."""
    return WINDOW_S - int(time.time()) % WINDOW_S
