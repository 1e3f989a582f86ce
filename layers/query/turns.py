"""How many reads that may take long one process makes at a time: the others get their answers.

A filter may use all of the two seconds that a statement has. Some dozens of them at once would
hold every thread of the web process, and whoever only wants one feature would wait behind them.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from layers.errors import SearchesBusy

# Most are done in a few milliseconds, so that a turn comes soon if it comes at all.
_MOST_WAIT_S = 1.0


class Turns:
    """So many at a time, and so many who wait a moment; who comes then is told to come again."""

    def __init__(
        self,
        most: Callable[[], int],
        most_waiting: Callable[[], int],
        most_wait_s: float = _MOST_WAIT_S,
    ) -> None:
        self._most, self._most_waiting, self._most_wait_s = most, most_waiting, most_wait_s
        self._moved = threading.Condition()
        self._taken = self._waiting = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a turn for as long as this lasts.

        Raises
        ------
        SearchesBusy
            None came free in time.
        """
        with self._moved:
            if self._taken >= self._most():
                self._wait()
            self._taken += 1
        try:
            yield
        finally:
            with self._moved:
                self._taken -= 1
                self._moved.notify()

    def _wait(self) -> None:
        is_one_free = False
        if self._waiting < self._most_waiting():
            self._waiting += 1
            try:
                is_one_free = self._moved.wait_for(
                    lambda: self._taken < self._most(), self._most_wait_s
                )
            finally:
                self._waiting -= 1
        if not is_one_free:
            raise SearchesBusy(
                "As many searches that may take long are running as this service runs at a time. "
                "Try again in a few seconds; single features, boxes and tiles are answered "
                "meanwhile."
            )


SEARCHES = Turns(
    lambda: settings.SEARCHES_AT_ONCE,
    lambda: settings.SEARCHES_WAITING,
)
