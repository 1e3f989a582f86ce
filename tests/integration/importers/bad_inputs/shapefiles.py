"""Shapefiles of three trees, every byte of which a test may choose."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.integration.importers.bad_inputs.zips import write_zip
from tests.unit.importers.read.made_files import NATIONAL_GRID_WKT

POINT, POLYGON = 1, 5
PLACES = ((405_001.0, 285_000.0), (405_002.0, 285_000.0), (405_003.0, 285_000.0))
# As many double zeros as a header has for its bounds.
_BOUNDS = bytes(64)


@dataclass(frozen=True)
class Column:
    """One column of a .dbf with its cells."""

    name: bytes
    cells: Sequence[bytes]
    letter: bytes = b"C"
    width: int = 20
    decimals: int = 0


REFS = Column(b"REF", (b"T1", b"T2", b"T3"))
NAMES = Column(b"NAME", (b"Oak", b"Ash", b"Elm"))


def parts(
    *columns: Column, records: Sequence[bytes] | None = None, shape_type: int = POINT
) -> dict[str, bytes]:
    """Return the parts of a shapefile in EPSG:27700 with a reference, a name and ``columns``."""
    columns = columns or (REFS, NAMES)
    if records is None:
        records = [point(*place) for place in PLACES]
    return {
        ".shp": shp(records, shape_type),
        ".shx": shx(records, shape_type),
        ".dbf": dbf(columns),
        ".prj": NATIONAL_GRID_WKT.encode(),
        ".cpg": b"UTF-8",
    }


def point(x: float, y: float) -> bytes:
    return struct.pack("<idd", POINT, x, y)


def polygon(*ring: tuple[float, float]) -> bytes:
    """Return one ring, which begins and ends with the same position."""
    head = struct.pack("<i4dii", POLYGON, 0, 0, 0, 0, 1, len(ring)) + struct.pack("<i", 0)
    return head + b"".join(struct.pack("<dd", *position) for position in ring)


def header(length_bytes: int, shape_type: int = POINT) -> bytes:
    start = struct.pack(">i20xi", 9994, length_bytes // 2)
    return start + struct.pack("<ii", 1000, shape_type) + _BOUNDS


def shp(records: Sequence[bytes], shape_type: int = POINT) -> bytes:
    body = b"".join(
        struct.pack(">ii", number, len(record) // 2) + record
        for number, record in enumerate(records, start=1)
    )
    return header(100 + len(body), shape_type) + body


def shx(records: Sequence[bytes], shape_type: int = POINT) -> bytes:
    place, entries = 100, b""
    for record in records:
        entries += struct.pack(">ii", place // 2, len(record) // 2)
        place += 8 + len(record)
    return header(100 + len(entries), shape_type) + entries


def dbf(columns: Sequence[Column], *, level: int = 3, language: int = 0) -> bytes:
    rows = list(zip(*(column.cells for column in columns), strict=True))
    record_bytes = 1 + sum(column.width for column in columns)
    header_bytes = 32 + 32 * len(columns) + 1
    start = struct.pack(
        "<4BIHH17xB2x", level, 125, 1, 1, len(rows), header_bytes, record_bytes, language
    )
    fields = b"".join(
        struct.pack("<11sc4xBB14x", each.name, each.letter, each.width, each.decimals)
        for each in columns
    )
    body = b"".join(
        b" " + b"".join(_cell(cell, of) for cell, of in zip(row, columns, strict=True))
        for row in rows
    )
    return start + fields + b"\x0d" + body + b"\x1a"


def _cell(cell: bytes, column: Column) -> bytes:
    return cell.rjust(column.width) if column.letter in b"NF" else cell.ljust(column.width)


def zip_parts(path: Path, members: Mapping[str, bytes | None], stem: str = "trees") -> Path:
    """Zip the parts that are not None."""
    present = {f"{stem}{ending}": part for ending, part in members.items() if part is not None}
    return write_zip(path, present)
