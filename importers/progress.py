"""Says how far an import is, on a connection of its own.

What an import writes is in one transaction, so others see all of it or nothing. How
far it has come must be seen meanwhile.
"""

import logging
import time
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from importers.models import ImportRun

logger = logging.getLogger(__name__)

_OFTEN_S = 0.5
_LONGEST_WAIT = "1s"


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
        try:
            self._write(rows)
        except DatabaseError:
            # No import fails for want of being watched, such as by a limit of connections.
            logger.warning("How far import %s is cannot be shown.", self._run.pk, exc_info=True)

    def _write(self, rows: int) -> None:
        with self._own.cursor() as cursor:
            # Never wait for the import's own transaction, which waits for this.
            cursor.execute("SET lock_timeout = %s", [_LONGEST_WAIT])
            cursor.execute(
                "UPDATE importers_importrun SET step = %s, rows_read = %s WHERE id = %s",
                [self._run.step, rows, self._run.pk],
            )
