"""Checks the .shp and .shx of a shapefile against each other before GDAL reads them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from importers.errors import SourceUnreadable

_HEADER_BYTES = 100
_FILE_CODE = 9994
_VERSION = 1000
_SHAPE_TYPES = frozenset((0, 1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28))
_MULTIPATCH = 31
_WORD_BYTES = 2
_NULL_SHAPE = 0


@dataclass(frozen=True, slots=True)
class Shapes:
    """``has_shape`` says of each record, in order, whether it holds a geometry."""

    has_shape: NDArray[np.bool_]


def check_shapes(shp: Path, shx: Path) -> Shapes:
    """Return what the two files hold once every record is where the index says.

    Raises
    ------
    SourceUnreadable
        ``SHP-TRUNCATED``, ``SHP-CORRUPT`` or ``SHP-TYPE``.
    """
    _check_header(shp, "The .shp")
    _check_header(shx, "The .shx")
    shapes = np.memmap(shp, np.uint8, "r")
    _check_shape_type(int(shapes[32:36].view("<i4")[0]))
    index = np.fromfile(shx, ">i4", offset=_HEADER_BYTES)
    if len(index) % 2:
        raise _truncated("The .shx ends in the middle of an entry")
    starts = index[0::2].astype(np.int64) * _WORD_BYTES
    lengths = index[1::2].astype(np.int64) * _WORD_BYTES
    _check_records(shapes, starts, lengths)
    return Shapes(_field_at(shapes, starts + 8, "<i4") != _NULL_SHAPE)


def _check_header(path: Path, words: str) -> None:
    size_bytes = path.stat().st_size
    if size_bytes < _HEADER_BYTES:
        raise _truncated(f"{words} has {size_bytes} bytes, fewer than its header needs")
    with path.open("rb") as file:
        header = np.frombuffer(file.read(_HEADER_BYTES), np.uint8)
    if header[0:4].view(">i4")[0] != _FILE_CODE or header[28:32].view("<i4")[0] != _VERSION:
        raise SourceUnreadable(
            f"{words} does not begin like part of a shapefile. Export the shapefile again.",
            code="SHP-CORRUPT",
        )
    declared_bytes = int(header[24:28].view(">i4")[0]) * _WORD_BYTES
    if declared_bytes > size_bytes:
        raise _truncated(f"{words} says it has {declared_bytes:,} bytes and has {size_bytes:,}")


def _check_shape_type(shape_type: int) -> None:
    if shape_type not in _SHAPE_TYPES:
        found = "MultiPatch (3D surfaces)" if shape_type == _MULTIPATCH else f"type {shape_type}"
        raise SourceUnreadable(
            f"The shapefile holds {found}, which is not read. Export points, lines or polygons.",
            code="SHP-TYPE",
        )


def _check_records(
    shapes: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> None:
    outside = (starts < _HEADER_BYTES) | (lengths < 4) | (starts + 8 + lengths > len(shapes))
    if outside.any():
        raise _truncated(
            f"Row {int(np.argmax(outside)) + 1} of {len(starts)} lies beyond the end of the .shp"
        )
    differing = _field_at(shapes, starts + 4, ">i4") * _WORD_BYTES != lengths
    if differing.any():
        raise SourceUnreadable(
            f"Row {int(np.argmax(differing)) + 1} of {len(starts)} is not where the .shx says. "
            "The .shp and .shx are not of the same export; send them again together.",
            code="SHP-CORRUPT",
        )


def _field_at(
    shapes: NDArray[np.uint8], starts: NDArray[np.int64], number: str
) -> NDArray[np.int64]:
    """Return the four-byte number that stands at each of ``starts``."""
    found: NDArray[np.int64] = shapes[starts[:, None] + np.arange(4)].view(number)[:, 0]
    return found.astype(np.int64)


def count_records(shp: Path) -> int:
    """Return how many records the .shp holds by itself, following it from one to the next."""
    shapes = np.memmap(shp, np.uint8, "r")
    place, count = _HEADER_BYTES, 0
    while place + 8 <= len(shapes):
        place += 8 + int(shapes[place + 4 : place + 8].view(">i4")[0]) * _WORD_BYTES
        count += 1
    return count


def _truncated(what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"{what}: the shapefile is cut short. Send it again and check that it arrived whole.",
        code="SHP-TRUNCATED",
    )
