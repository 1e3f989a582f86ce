"""A list that only grows, in memory as far as it is short and in a temporary file beyond."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Generic, TypeVar
from weakref import finalize

_Item = TypeVar("_Item")
_IN_MEMORY = 10_000


class Spool(Generic[_Item]):
    """What an import finds, be it nothing or something in each of millions of rows.

    The file belongs to nobody else and goes with this object, however the process ends.
    """

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._latest: list[_Item] = []
        self._file: IO[bytes] | None = None
        self._written = 0

    def append(self, item: _Item) -> None:
        """Add one item."""
        self.extend((item,))

    def extend(self, items: Iterable[_Item]) -> None:
        """Add items."""
        self._latest.extend(items)
        if len(self._latest) > self._in_memory:
            self._write()

    def __len__(self) -> int:
        return self._written + len(self._latest)

    def __iter__(self) -> Iterator[_Item]:
        """Give all items in the order in which they came; none may be added meanwhile."""
        if self._file is not None:
            self._file.seek(0)
            given = 0
            while given < self._written:
                some = pickle.load(self._file)
                given += len(some)
                yield from some
        yield from self._latest

    def _write(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="findings-")  # noqa: SIM115 - as long as this lives
            finalize(self, self._file.close)
        self._file.seek(0, 2)
        pickle.dump(self._latest, self._file, pickle.HIGHEST_PROTOCOL)
        self._written += len(self._latest)
        self._latest = []
