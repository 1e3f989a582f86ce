"""Finds columns of a GeoPackage with cells that are not of their type, and reads those as text.

SQLite keeps a text in a column of numbers if it is told to. GDAL then gives the number that
the text begins with, or 0, or nothing for a date, and says so to nobody. The standard wants
moments in UTC; GDAL itself writes others, and reads those as if they were.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.types

from importers.read.child.geopackage_safety import FeatureTable, quoted

# Beyond it a double does not hold every whole number.
_LARGEST_EXACT = 1 << 53
_LARGEST_AS_WHOLE = 1e15
_OFFSET = "*[+-][0-9][0-9]:[0-9][0-9]"


def find_mistyped(
    database: sqlite3.Connection, table: FeatureTable, fields: Sequence["pa.Field[Any]"]
) -> list[int]:
    """Return the places of those ``fields`` in which a cell is not what GDAL takes it for."""
    checks = {
        place: check
        for place, field in enumerate(fields)
        if (check := _mistyped(quoted(field.name), field.type))
    }
    if not checks:
        return []
    found = database.execute(
        f"SELECT {', '.join(f'max({check})' for check in checks.values())}"  # noqa: S608 - names are quoted
        f" FROM {quoted(table.name)}"
    ).fetchone()
    return [place for place, is_found in zip(checks, found, strict=True) if is_found]


def _mistyped(column: str, type_: pa.DataType) -> str | None:
    """Return the condition that a cell is not of ``type_``, None where every cell would be."""
    if pyarrow.types.is_boolean(type_):
        return _unless(column, "integer", f"{column} NOT IN (0, 1)")
    if pyarrow.types.is_integer(type_):
        most = 1 << type_.bit_width - 1
        return _unless(column, "integer", f"{column} NOT BETWEEN {-most} AND {most - 1}")
    if pyarrow.types.is_floating(type_):
        too_large = f"{column} NOT BETWEEN {-_LARGEST_EXACT} AND {_LARGEST_EXACT}"
        return _unless(column, "integer", too_large, "WHEN 'real' THEN 0")
    if pyarrow.types.is_date(type_):
        return _unless(column, "text", f"{_day(column)} IS NOT {column}")
    if pyarrow.types.is_timestamp(type_):
        day = f"substr({column}, 1, 10)"
        unreal = f"datetime({column}) IS NULL OR {_day(day)} IS NOT {day}"
        return _unless(column, "text", f"{unreal} OR {_zoned(column)}")
    return None


def _day(text: str) -> str:
    """Return the day that ``text`` says; adding nothing makes 1 March of the 30 February."""
    return f"date({text}, '+0 days')"


def _zoned(moment: str) -> str:
    """Return the condition that a moment is not in UTC, which GDAL takes all of them for."""
    return f"({moment} GLOB '{_OFFSET}' AND {moment} NOT GLOB '*[+-]00:00')"


def _unless(column: str, kind: str, fault: str, other: str = "") -> str:
    return f"CASE typeof({column}) WHEN 'null' THEN 0 WHEN '{kind}' THEN {fault} {other} ELSE 1 END"


def read_as_text(
    database: sqlite3.Connection, table: FeatureTable, column: str, fids: Sequence[int]
) -> "pa.Array[Any]":
    """Return the cells of ``column`` in the rows ``fids`` as the file holds them.

    They are bytes that may not be UTF-8, in an array of texts.
    """
    found: dict[int, Any] = dict(
        database.execute(
            f"SELECT rowid, {quoted(column)} FROM {quoted(table.name)}"  # noqa: S608 - names are quoted
            " WHERE rowid BETWEEN ? AND ?",
            (min(fids), max(fids)),
        )
        if fids
        else ()
    )
    cells = [_as_bytes(found.get(fid)) for fid in fids]
    return pa.array(cells, pa.binary()).view(pa.string())


def _as_bytes(cell: Any) -> bytes | None:
    if cell is None or isinstance(cell, bytes):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_AS_WHOLE:
        cell = int(cell)
    return str(cell).encode()
