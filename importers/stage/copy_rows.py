"""A batch as the bytes of PostgreSQL's binary COPY, put together a column at a time.

Each row is the number of its columns and, for each, its length and its bytes; a length of -1
is NULL. https://www.postgresql.org/docs/15/sql-copy.html describes it. Geometries and JSON go
over as the bytes that PostgreSQL's own receivers take: EWKB, and jsonb with its version in front.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from layers.crs import Geometries

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
_JSONB_VERSION = b"\x01"
_NULL = b"\xff" * 4
_EWKB_HAS_SRID = 0x20000000
_EWKB_POINT = np.dtype(
    [("order", "u1"), ("type", "<u4"), ("srid", "<u4"), ("x", "<f8"), ("y", "<f8")]
)

# What stands in the rows one after another: a column, or bytes that are the same in each.
Piece: TypeAlias = "pa.Array[Any] | bytes"


def copy_rows(columns: Sequence[Sequence[Piece]]) -> pa.Buffer:
    """Return rows whose values are those of ``columns``, made by the functions below."""
    pieces: list[Any] = [len(columns).to_bytes(2, "big")]
    for column in columns:
        pieces += column
    joined = pc.binary_join_element_wise(*map(_large, pieces), _large(b""))
    start, end = np.frombuffer(joined.buffers()[1], np.int64)[[0, len(joined)]]
    return joined.buffers()[2].slice(start, end - start)


def same_integer(value: int) -> list[Piece]:
    """Return a column of one int8."""
    return [(8).to_bytes(4, "big") + value.to_bytes(8, "big", signed=True)]


def integers(values: NDArray[np.int64]) -> list[Piece]:
    """Return a column of int8, none of them NULL."""
    return [(8).to_bytes(4, "big"), _fixed(values.astype(">i8"))]


def texts(column: "pa.StringArray") -> list[Piece]:
    """Return a column of text, none of it NULL."""
    return _varying(column.cast(pa.binary()))


def jsons(column: "pa.LargeBinaryArray") -> list[Piece]:
    """Return a column of jsonb."""
    if column.null_count == len(column):
        return [_NULL]
    return _varying(_JSONB_VERSION, column)


def geometries(shapes: Geometries, srid: int) -> list[Piece]:
    """Return a column of 2D geometry in ``srid``."""
    types = shapely.get_type_id(shapes)
    if np.all(types == shapely.GeometryType.MISSING):
        return [_NULL]
    if np.all(types == shapely.GeometryType.POINT):
        rows = _point_ewkb(shapes, srid)
        return [rows.type.byte_width.to_bytes(4, "big"), rows]
    wkb = pa.array(shapely.to_wkb(shapes, byte_order=1), pa.binary())
    # After one byte of order and three of type: a flag, and what it announces. Shapely would have
    # to copy each shape first, only to give it its SRID.
    srid_follows = bytes([_EWKB_HAS_SRID >> 24]) + srid.to_bytes(4, "little")
    return _varying(pc.binary_replace_slice(wkb, 4, 5, srid_follows))


def _point_ewkb(points: Geometries, srid: int) -> "pa.Array[Any]":
    """Return what PostGIS takes for points without height, in an eighth of shapely's time."""
    rows = np.empty(len(points), _EWKB_POINT)
    rows["order"], rows["type"] = 1, _EWKB_HAS_SRID | 1
    rows["srid"] = srid
    rows["x"], rows["y"] = shapely.get_x(points), shapely.get_y(points)
    return _fixed(rows)


def _varying(*parts: Piece) -> list[Piece]:
    """Return a column whose values are these parts put together; NULL where one of them is."""
    columns = [part for part in parts if not isinstance(part, bytes)]
    if not any(column.null_count for column in columns):
        same = sum(len(part) for part in parts if isinstance(part, bytes))
        lengths = sum((np.asarray(pc.binary_length(column)) for column in columns), start=same)
        return [_fixed(np.asarray(lengths, ">i4")), *parts]
    joined = pc.binary_join_element_wise(*map(_large, parts), _large(b""))
    # NULL is its length alone.
    lengths = np.asarray(pc.fill_null(pc.binary_length(joined), -1))
    return [_fixed(lengths.astype(">i4")), pc.fill_null(joined, b"")]


def _fixed(values: "NDArray[Any]") -> "pa.Array[Any]":
    """Return the bytes of each item of an array."""
    width, count = values.dtype.itemsize, len(values)
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(width), count, [None, pa.py_buffer(np.ascontiguousarray(values))]
    )


def _large(piece: Any) -> Any:
    if isinstance(piece, bytes):
        return pa.scalar(piece, pa.large_binary())
    return piece.cast(pa.large_binary())
