"""Says how far an import is, on a connection of its own.

What an import writes is in one transaction, so others see all of it or nothing. How
far it has come must be seen meanwhile.
"""

import time
from types import TracebackType
from typing import Self

from django.db import connection

from importers.models import ImportRun

_OFTEN_S = 0.5


class Progress:
    """Writes the step and the rows of one run for others to see, at most twice a second."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._own = connection.copy()
        self._said_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._own.close()

    def say_step(self, step: str) -> None:
        """Show that ``step`` has begun."""
        self._run.step = step
        self._said_at = 0.0
        self.say_rows(self._run.rows_read)

    def say_rows(self, rows: int) -> None:
        """Show how many rows have been read so far."""
        self._run.rows_read = rows
        if time.monotonic() - self._said_at < _OFTEN_S:
            return
        self._said_at = time.monotonic()
        with self._own.cursor() as cursor:
            cursor.execute(
                "UPDATE importers_importrun SET step = %s, rows_read = %s WHERE id = %s",
                [self._run.step, rows, self._run.pk],
            )
