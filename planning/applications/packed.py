"""Columns as bytes, for a table: numpy's own compressed archive, and nothing that runs."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

_CODES, _VALUES = "codes.", "values."


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that applications are counted by: its values, and the code of each id.

    A code is the place of a value among ``values``, or -1 for none.
    """

    values: tuple[str, ...]
    codes: Any

    def count(self, ids: Any) -> dict[str | None, int]:
        """Return how many of some applications have each value, and under None how many none."""
        numbers = np.bincount(self.codes[ids] + 1, minlength=len(self.values) + 1).tolist()
        found = zip((None, *self.values), numbers, strict=True)
        return {value: number for value, number in found if number}


def pack(columns: Mapping[str, Column]) -> bytes:
    """Return columns as bytes."""
    arrays: dict[str, Any] = {}
    for name, column in columns.items():
        arrays[_CODES + name] = column.codes
        arrays[_VALUES + name] = np.array(column.values, dtype=str)
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    return written.getvalue()


def unpack(packed: bytes) -> dict[str, Column]:
    """Return the columns that `pack` made bytes of."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as archive:
        names = [name.removeprefix(_CODES) for name in archive.files if name.startswith(_CODES)]
        return {
            name: Column(tuple(archive[_VALUES + name].tolist()), archive[_CODES + name])
            for name in names
        }
