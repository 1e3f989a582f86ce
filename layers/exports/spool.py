"""Sending what is still being made, without letting a slow reader hold up the database.

A thread reads at the database's speed into a file without a name, and the answer follows
behind it. However slowly somebody reads, the transaction ends in seconds, and so does the
hold that it has on the edition.
"""

import logging
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import IO

from django.db import connections

logger = logging.getLogger(__name__)

_BLOCK = 1 << 18
_MOST_WAIT_S = 5.0


class Spool:
    """Chunks of bytes on their way through a file.

    Parameters
    ----------
    make
        Gives the chunks, in a thread of its own.
    first
        What is sent before them.
    on_end
        Called when it is closed.
    cut_off
        What is sent last when ``make`` raises, or gives more than ``most_bytes``.
    """

    def __init__(
        self,
        make: Callable[[], Generator[bytes]],
        *,
        first: bytes,
        cut_off: bytes,
        most_bytes: int,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        # Closed by `close`, which whoever sends the answer calls.
        self._file: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - `close` does
        self._make, self._cut_off, self._most_bytes = make, cut_off, most_bytes
        self._first, self._on_end = first, on_end
        self._moved = threading.Condition()
        self._written = 0
        self._is_over = False
        self._is_wanted = True
        self.fault: BaseException | None = None
        self._thread = threading.Thread(target=self._fill, name="download", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[bytes]:
        sent = 0
        yield self._first
        while sent < (there := self._wait_for_more(sent)):
            while sent < there:
                block = self._read(sent, min(_BLOCK, there - sent))
                sent += len(block)
                yield block
        # Not by way of the file: that may be what is full.
        if self.fault is not None:
            yield self._cut_off

    def close(self) -> None:
        """Give up what nobody reads any longer."""
        with self._moved:
            self._is_wanted = False
            self._moved.notify_all()
        self._thread.join()
        self._file.close()
        self._on_end()

    def _fill(self) -> None:
        try:
            # Closed here, whatever happens: it holds a slot, and its transaction an edition.
            with closing(self._make()) as chunks:
                for chunk in chunks:
                    if not self._is_wanted:
                        return
                    if self._written + len(chunk) > self._most_bytes:
                        raise OverflowError(f"more than {self._most_bytes} bytes")
                    self._write(chunk)
        except BaseException as fault:
            self.fault = fault
            # Its kind alone: what a database says may quote what somebody asked for.
            logger.error("A download could not be finished: %s.", type(fault).__name__)
        finally:
            connections.close_all()
            with self._moved:
                self._is_over = True
                self._moved.notify_all()

    def _write(self, chunk: bytes) -> None:
        view = memoryview(chunk)
        with self._moved:
            while view:
                self._file.seek(self._written)
                count = self._file.write(view) or 0
                self._written += count
                view = view[count:]
            self._moved.notify_all()

    def _read(self, start: int, size: int) -> bytes:
        with self._moved:
            self._file.seek(start)
            return self._file.read(size)

    def _wait_for_more(self, sent: int) -> int:
        with self._moved:
            while self._written <= sent and not self._is_over:
                self._moved.wait(_MOST_WAIT_S)
            return self._written
