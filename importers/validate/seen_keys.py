"""The keys of a whole source in little memory: 16 bytes and its own text for each."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Run:
    """Hashes in ascending order, and which key of the source each belongs to."""

    hashes: NDArray[np.int64]
    ordinals: NDArray[np.int64]

    @classmethod
    def of(cls, keys: Sequence[str]) -> "_Run":
        hashes = np.fromiter(map(hash, keys), np.int64, len(keys))
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], order)

    def merged(self, other: "_Run") -> "_Run":
        hashes = np.concatenate([self.hashes, other.hashes])
        order = np.argsort(hashes, kind="stable")
        return _Run(hashes[order], np.concatenate([self.ordinals, other.ordinals])[order])


class SeenKeys:
    """Keys in the order of the source, each with its row, to be asked which come again.

    A Python dictionary of millions of strings takes 200 bytes for each. Here their hashes (of
    `hash`, which has a secret in every process, so that nobody can make keys collide) stand in
    a few sorted runs; where two are equal, the texts themselves have the word.
    """

    def __init__(self) -> None:
        self._runs: list[_Run] = []
        self._texts: list[pa.StringArray] = []
        self._rows: list[NDArray[np.int64]] = []
        self._starts: list[int] = []
        self._count = 0

    def add(self, keys: Sequence[str], rows: NDArray[np.int64]) -> dict[int, int]:
        """Add keys; return the place of each that was there before, and the row that had it."""
        first_rows: dict[int, int] = {}
        of_batch: dict[str, int] = {}
        new = _Run.of(keys)
        for place in self._suspects(new).tolist():
            key = keys[place]
            first = of_batch[key] if key in of_batch else self._row_of(key)
            if first is None:
                of_batch[key] = int(rows[place])
            else:
                first_rows[place] = first
        if first_rows:
            kept = [place for place in range(len(keys)) if place not in first_rows]
            keys, rows = [keys[place] for place in kept], rows[kept]
            new = _Run.of(keys)
        self._keep(new, keys, rows)
        return first_rows

    def _suspects(self, new: _Run) -> NDArray[np.int64]:
        """Return the places of keys whose hash was there before, or comes twice among the new."""
        is_suspect = np.zeros(len(new.hashes), dtype=bool)
        is_twice = new.hashes[1:] == new.hashes[:-1]
        is_suspect[1:] |= is_twice
        is_suspect[:-1] |= is_twice
        for run in self._runs:
            at = np.searchsorted(run.hashes, new.hashes)
            at[at == len(run.hashes)] = 0
            is_suspect |= run.hashes[at] == new.hashes
        return np.sort(new.ordinals[is_suspect])

    def _keep(self, new: _Run, keys: Sequence[str], rows: NDArray[np.int64]) -> None:
        """Add what is new; runs that are no larger are merged, so that there are never many."""
        if not len(keys):
            return
        run = _Run(new.hashes, new.ordinals + self._count)
        while self._runs and len(self._runs[-1].hashes) <= len(run.hashes):
            run = self._runs.pop().merged(run)
        self._runs.append(run)
        self._texts.append(pa.array(keys, pa.string()))
        self._rows.append(np.array(rows))
        self._starts.append(self._count)
        self._count += len(keys)

    def _row_of(self, key: str) -> int | None:
        wanted = hash(key)
        for run in self._runs:
            for ordinal in run.ordinals[_span(run.hashes, wanted)].tolist():
                if self._text(ordinal) == key:
                    return self._row(ordinal)
        return None

    def _text(self, ordinal: int) -> str:
        batch = self._batch_of(ordinal)
        return str(self._texts[batch][ordinal - self._starts[batch]].as_py())

    def _row(self, ordinal: int) -> int:
        batch = self._batch_of(ordinal)
        return int(self._rows[batch][ordinal - self._starts[batch]])

    def _batch_of(self, ordinal: int) -> int:
        return bisect_right(self._starts, ordinal) - 1


def _span(hashes: NDArray[np.int64], wanted: int) -> slice:
    return slice(
        int(np.searchsorted(hashes, wanted, side="left")),
        int(np.searchsorted(hashes, wanted, side="right")),
    )
