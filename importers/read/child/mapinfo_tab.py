"""Checks the parts of a MapInfo TAB before GDAL opens them."""

import re
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from importers.errors import SourceUnreadable
from importers.read.child.mapinfo_charset import check_charset
from importers.read.child.mapinfo_rows import MapInfoRows

_MOST_BYTES_OF_TEXT = 100_000
_PARTS = (".dat", ".map", ".id")
_TYPE = re.compile(rb"^\s*type\s+(\w+)", re.IGNORECASE | re.MULTILINE)
_ELSEWHERE = re.compile(
    rb'^\s*(?:file\s+"|open\s+table|create\s+view)|"\\IsSeamless"\s*=\s*"TRUE"',
    re.IGNORECASE | re.MULTILINE,
)
_DAT_HEADER = struct.Struct("<4xIHH")
_FIELD_BYTES = 32
# Where a .map says how many of its whole numbers make one unit, in x and in y.
_SCALES_AT = 0x170
_SCALES = struct.Struct("<dd")
_DELETED = ord("*")


def check_tab(tab: Path) -> MapInfoRows:
    """Return what rows the table holds.

    Raises
    ------
    SourceUnreadable
        ``TAB-PARTS``, ``TAB-LINKED``, ``TAB-COUNT``, ``TEXT-ENCODING`` or ``FMT-MISMATCH``.
    """
    with tab.open("rb") as file:
        text = file.read(_MOST_BYTES_OF_TEXT)
    _refuse_link(text)
    missing = [ending for ending in _PARTS if not tab.with_suffix(ending).exists()]
    if missing:
        raise SourceUnreadable(
            f"The MapInfo table lacks its {', '.join(missing)}. Also send .tab, .dat, .map and "
            ".id (zip them together).",
            code="TAB-PARTS",
        )
    dat = tab.with_suffix(".dat").read_bytes()
    records = _records(dat)
    shapes = np.fromfile(tab.with_suffix(".id"), "<u4")
    if len(shapes) != len(records):
        raise SourceUnreadable(
            f"The parts do not belong together: the .dat has {len(records):,} rows and the .id "
            f"{len(shapes):,}. Save a copy of the table in MapInfo and send that.",
            code="TAB-COUNT",
        )
    check_charset(text, _texts(dat, records))
    is_deleted = records[:, 0] == _DELETED
    return MapInfoRows(
        has_shape=shapes != 0,
        count=int((~is_deleted).sum()),
        step=_step(tab.with_suffix(".map")),
    )


def _step(map_part: Path) -> float:
    """Return the size of the grid to which positions were rounded when they were saved."""
    with map_part.open("rb") as file:
        file.seek(_SCALES_AT)
        scales = file.read(_SCALES.size)
    smallest = min(_SCALES.unpack(scales)) if len(scales) == _SCALES.size else 0.0
    return 1 / smallest if smallest > 0 else 0.0


def _refuse_link(text: bytes) -> None:
    if not text.lstrip().lower().startswith(b"!table"):
        raise SourceUnreadable(
            "The .tab file is not a MapInfo table. Export it again from MapInfo.",
            code="FMT-MISMATCH",
        )
    types = {found.upper() for found in _TYPE.findall(text)}
    if types != {b"NATIVE"} or _ELSEWHERE.search(text):
        raise SourceUnreadable(
            "The .tab file holds no data of its own but points at other files or a database "
            "(a linked, seamless or view table). In MapInfo: File, Save Copy As, and send the "
            "copy.",
            code="TAB-LINKED",
        )


def _records(dat: bytes) -> NDArray[np.uint8]:
    """Return the records of the .dat, one a row."""
    if len(dat) < _DAT_HEADER.size:
        raise _cut_short()
    count, start, width = _DAT_HEADER.unpack_from(dat)
    if not width or len(dat) < start + count * width:
        raise _cut_short()
    records = np.frombuffer(dat, np.uint8, count * width, offset=start)
    return records.reshape(count, width)


def _texts(dat: bytes, records: NDArray[np.uint8]) -> bytes:
    """Return the bytes of the columns of text; other columns hold numbers as bytes."""
    _, start, _ = _DAT_HEADER.unpack_from(dat)
    texts, place = b"", 1
    for field in range(_FIELD_BYTES, start - 1, _FIELD_BYTES):
        kind, width = dat[field + 11 : field + 12], dat[field + 16]
        if kind == b"C":
            texts += records[:, place : place + width].tobytes()
        place += width
    return texts


def _cut_short() -> SourceUnreadable:
    return SourceUnreadable(
        "The .dat part of the MapInfo table is cut short. Send it again.", code="TAB-COUNT"
    )
