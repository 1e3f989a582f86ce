"""Looks at the heads of a GeoPackage's geometries, which GDAL only skims."""

import sqlite3
from dataclasses import dataclass, field

from importers.read.child.geopackage_safety import FeatureTable, quoted

_HEAD_BYTES = 8
_MAGIC = b"GP\x00"
_LITTLE_ENDIAN, _EMPTY, _EXTENDED = 0x01, 0x10, 0x20
_ENVELOPE_MASK, _ENVELOPE_SHIFT = 0x0E, 1
# Bytes of the bounds that follow the head, by their code.
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_COUNT_BYTES = 5
# A point is empty when both its coordinates are NaN; anything else when it counts nothing.
_MOST_EMPTY_BYTES = 9
_UNDEFINED = (-1, 0)
_CORRUPT = "GEOM-CORRUPT"

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GeometryHeads:
    """``without`` are the ids of rows without a geometry, ``faults`` what is wrong with others."""

    without: frozenset[int] = frozenset()
    faults: dict[int, Fault] = field(default_factory=dict)


def read_heads(database: sqlite3.Connection, table: FeatureTable) -> GeometryHeads:
    """Return which rows of ``table`` have no geometry, and which have one that lies.

    The database is asked only for those that are not quite usual: of version 0,
    not empty, in the table's own CRS.
    """
    if table.geometry is None:
        return GeometryHeads()
    column, srid = quoted(table.geometry), table.srs_id
    usual = [_MAGIC + bytes([flags]) for flags in (1, 3, 5, 7, 9)]
    numbers = srid.to_bytes(4, "little", signed=True)
    found = database.execute(
        f"SELECT rowid, typeof({column}), length({column}), substr({column}, 1, {_HEAD_BYTES})"  # noqa: S608 - names are quoted
        f" FROM {quoted(table.name)} WHERE {column} IS NULL OR typeof({column}) <> 'blob'"
        f" OR substr({column}, 1, 4) NOT IN (?, ?, ?, ?, ?) OR substr({column}, 5, 4) <> ?",
        (*usual, numbers),
    )
    without: set[int] = set()
    faults: dict[int, Fault] = {}
    for fid, kind, size_bytes, head in found:
        if kind == "null":
            without.add(fid)
        elif fault := _fault(kind, size_bytes, head, srid):
            faults[fid] = (_CORRUPT, fault)
    return GeometryHeads(frozenset(without), faults)


def _fault(kind: str, size_bytes: int, head: bytes, srid: int) -> str | None:
    """Return what is wrong with a geometry by its first bytes, None if it may be read."""
    if kind != "blob" or len(head) < _HEAD_BYTES or not head.startswith(_MAGIC):
        return "its geometry does not begin like one of a GeoPackage."
    flags = head[3]
    envelope_bytes = _ENVELOPE_BYTES.get((flags & _ENVELOPE_MASK) >> _ENVELOPE_SHIFT)
    if envelope_bytes is None or size_bytes < _HEAD_BYTES + envelope_bytes + _COUNT_BYTES:
        return "its geometry has bounds that the format does not know, or nothing after them."
    if flags & _EXTENDED:
        return "its geometry is of a program's own kind (extended), which others cannot read."
    if flags & _EMPTY and size_bytes > _HEAD_BYTES + envelope_bytes + _MOST_EMPTY_BYTES:
        return "its geometry says that it is empty and is not."
    is_little = flags & _LITTLE_ENDIAN
    found = int.from_bytes(head[4:8], "little" if is_little else "big", signed=True)
    if found != srid and found not in _UNDEFINED:
        return f"its geometry says that it is in the system {found} and its layer in {srid}."
    return None
