"""Reads the header of a .dbf and its cells as bytes, so that nothing is cut unnoticed."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from importers.errors import SourceUnreadable
from importers.read.limits import ReadLimits

_HEADER_BYTES = 32
_FIELD_BYTES = 32
_HEADER_END = 0x0D
_LEVEL_MASK = 0x07
_LEVEL_DBASE_3 = 3
_DELETED = ord("*")
_LONG_TEXT_UNIT = 256


@dataclass(frozen=True, slots=True)
class DbfField:
    """One column: its name, dBase type letter, and where its cells lie in a record."""

    name: str
    letter: str
    start: int
    end: int
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class DbfTable:
    """``records`` is one row of bytes a record, the deletion mark first."""

    language: int
    fields: tuple[DbfField, ...]
    records: NDArray[np.uint8] = field(repr=False)

    @property
    def is_deleted(self) -> NDArray[np.bool_]:
        """Whether each record is marked as deleted."""
        return np.equal(self.records[:, 0], _DELETED)

    def cells(self, column: DbfField) -> NDArray[np.bytes_]:
        """Return one column's cells as bytes, padding included."""
        width = column.end - column.start
        cells = np.ascontiguousarray(self.records[:, column.start : column.end])
        return cells.view(f"S{width}")[:, 0]


def open_table(path: Path, limits: ReadLimits) -> DbfTable:
    """Return the table at ``path`` once its header agrees with its size.

    Raises
    ------
    SourceUnreadable
        ``SHP-TRUNCATED``, ``DBF-UNSUPPORTED``, ``COL-TOO-MANY`` or ``TOO-BIG``.
    """
    with path.open("rb") as file:
        start = file.read(_HEADER_BYTES)
        if len(start) < _HEADER_BYTES:
            raise _truncated("its header")
        count = int.from_bytes(start[4:8], "little")
        header_bytes = int.from_bytes(start[8:10], "little")
        record_bytes = int.from_bytes(start[10:12], "little")
        descriptors = file.read(max(0, header_bytes - _HEADER_BYTES))
    if start[0] & _LEVEL_MASK != _LEVEL_DBASE_3:
        raise _unsupported("is not of dBase III, which shapefiles use")
    fields = _fields(descriptors, limits)
    if record_bytes < 1 or (fields and fields[-1].end > record_bytes):
        raise _unsupported("has columns that do not fit its rows")
    if count * record_bytes > limits.unpacked_bytes:
        raise SourceUnreadable(
            f"The .dbf says that it has {count:,} rows of {record_bytes:,} bytes, more than "
            f"{limits.unpacked_bytes // 1_000_000} MB. Send it in parts.",
            code="TOO-BIG",
        )
    if header_bytes + count * record_bytes > path.stat().st_size:
        raise _truncated(f"{count:,} rows")
    return DbfTable(start[29], fields, _records(path, header_bytes, count, record_bytes))


def _records(path: Path, header_bytes: int, count: int, record_bytes: int) -> NDArray[np.uint8]:
    if not count:
        return np.empty((0, record_bytes), np.uint8)
    return np.memmap(path, np.uint8, "r", offset=header_bytes, shape=(count, record_bytes))


def _fields(descriptors: bytes, limits: ReadLimits) -> tuple[DbfField, ...]:
    fields: list[DbfField] = []
    start = 1
    for place in range(0, len(descriptors) - _FIELD_BYTES + 1, _FIELD_BYTES):
        each = descriptors[place : place + _FIELD_BYTES]
        if each[0] == _HEADER_END:
            break
        letter = chr(each[11])
        # Text longer than 255 keeps the rest of its length where numbers keep their decimals.
        length = each[16] + (_LONG_TEXT_UNIT * each[17] if letter == "C" else 0)
        name = each[:11].split(b"\x00")[0].decode("latin-1").strip()
        if letter == "M":
            raise _unsupported(f"keeps the texts of {name} in another file (memo)")
        if not length:
            raise _unsupported(f"has a column {name} without a width")
        decimals = 0 if letter == "C" else each[17]
        fields.append(DbfField(name, letter, start, start + length, decimals))
        start += length
    if len(fields) > limits.columns:
        raise SourceUnreadable(
            f"The shapefile has {len(fields)} columns and at most {limits.columns} are read.",
            code="COL-TOO-MANY",
        )
    return tuple(fields)


def _truncated(what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"The .dbf is too short for {what}: the shapefile is cut short. "
        "Send it again and check that it arrived whole.",
        code="SHP-TRUNCATED",
    )


def _unsupported(what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"The .dbf {what}. In QGIS: Export, Save Features As, GeoPackage; then send that.",
        code="DBF-UNSUPPORTED",
    )
