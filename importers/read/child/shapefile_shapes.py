"""Checks the .shp and .shx of a shapefile against each other before GDAL reads them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from importers.errors import SourceUnreadable
from importers.findings import Finding

_HEADER_BYTES = 100
_FILE_CODE = 9994
_VERSION = 1000
_SHAPE_TYPES = frozenset((0, 1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28))
_MULTIPATCH = 31
# Or with measures alone.
_FIRST_WITH_HEIGHTS = 11
_WORD_BYTES = 2
_NULL_SHAPE = 0
_RECORD_HEADER_BYTES = 8
_LENGTH = Finding(
    "SHP-LENGTH",
    "fixed",
    "The .shp is longer than its header says; every row of it is where the .shx says and was read.",
)


@dataclass(frozen=True, slots=True)
class Shapes:
    """``has_shape`` says of each record of the index, in order, whether it holds a geometry.

    ``count`` is how many records the .shp holds by itself; ``has_heights`` says that
    they are of a type with heights or measures.
    """

    has_shape: NDArray[np.bool_]
    count: int
    has_heights: bool = False
    findings: tuple[Finding, ...] = ()


def check_shapes(shp: Path, shx: Path) -> Shapes:
    """Return what the two files hold once every record is where the index says.

    A header that is wrong about the length of a file in which nothing is missing
    is passed over, with a note. An index without entries counts as one of none.

    Raises
    ------
    SourceUnreadable
        ``SHP-TRUNCATED``, ``SHP-CORRUPT`` or ``SHP-TYPE``.
    """
    declared_bytes = _check_header(shp, "The .shp")
    shapes = np.memmap(shp, np.uint8, "r")
    shape_type = int(shapes[32:36].view("<i4")[0])
    _check_shape_type(shape_type)
    starts, lengths = _read_index(shx)
    _check_records(shapes, starts, lengths)
    if declared_bytes > len(shapes):
        raise _truncated(f"The .shp says it has {declared_bytes:,} bytes and has {len(shapes):,}")
    indexed_bytes = _HEADER_BYTES + int((_RECORD_HEADER_BYTES + lengths).sum())
    is_whole = indexed_bytes in (declared_bytes, len(shapes))
    return Shapes(
        has_shape=_field_at(shapes, starts + 8, "<i4") != _NULL_SHAPE,
        count=len(starts) if is_whole else _count_records(shapes),
        has_heights=shape_type >= _FIRST_WITH_HEIGHTS,
        findings=() if declared_bytes == len(shapes) else (_LENGTH,),
    )


def _read_index(shx: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each record starts and how long it is, in bytes."""
    size_bytes = shx.stat().st_size
    if size_bytes > 0 and _check_header(shx, "The .shx") > size_bytes:
        raise _truncated("The .shx is shorter than it says")
    index = np.fromfile(shx, ">i4", offset=min(size_bytes, _HEADER_BYTES))
    if len(index) % 2:
        raise _truncated("The .shx ends in the middle of an entry")
    return (
        index[0::2].astype(np.int64) * _WORD_BYTES,
        index[1::2].astype(np.int64) * _WORD_BYTES,
    )


def _check_header(path: Path, words: str) -> int:
    """Return the length in bytes that a header gives its file."""
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
    return int(header[24:28].view(">i4")[0]) * _WORD_BYTES


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


def _count_records(shapes: NDArray[np.uint8]) -> int:
    """Return how many records the .shp holds by itself, following it from one to the next."""
    place, count = _HEADER_BYTES, 0
    while place + _RECORD_HEADER_BYTES <= len(shapes):
        length = int(shapes[place + 4 : place + 8].view(">i4")[0]) * _WORD_BYTES
        if length < 0:
            break
        place += _RECORD_HEADER_BYTES + length
        count += 1
    return count


def _truncated(what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"{what}: the shapefile is cut short. Send it again and check that it arrived whole.",
        code="SHP-TRUNCATED",
    )
