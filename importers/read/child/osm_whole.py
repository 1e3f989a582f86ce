"""Sees to it that an OpenStreetMap extract has arrived whole: GDAL reads a torn one without a word.

https://wiki.openstreetmap.org/wiki/PBF_Format
"""

import struct
import zlib
from pathlib import Path
from typing import BinaryIO

from importers.errors import SourceUnreadable
from importers.read.child.xml_syntax import XmlWalk, walk_xml
from importers.read.limits import ReadLimits

_LENGTH = struct.Struct(">I")
# The format's own limits.
_MOST_HEADER_BYTES, _MOST_BLOB_BYTES = 64 * 1024, 32 * 1024 * 1024
_DATASIZE_FIELD = _ZLIB_FIELD = 3
_VARINT, _LENGTH_DELIMITED = 0, 2


def check_xml(path: Path, limits: ReadLimits) -> None:
    """Raise `SourceUnreadable` unless the XML is OpenStreetMap's, to its end.

    Raises
    ------
    SourceUnreadable
        ``FMT-MISMATCH`` and what `walk_xml` raises.
    """
    walk_xml(path, XmlWalk(), limits, refuse_root=_refuse_root)


def _refuse_root(name: str) -> None:
    if name == "osmChange":
        raise SourceUnreadable(
            "The file holds changes to OpenStreetMap, not a part of the map. Send an extract.",
            code="FMT-MISMATCH",
        )
    if name != "osm":
        raise SourceUnreadable(
            f"The XML is not OpenStreetMap's: it begins with <{name[:30]}>, not with <osm>.",
            code="FMT-MISMATCH",
        )


def check_blocks(path: Path) -> None:
    """Raise `SourceUnreadable` unless each block of a PBF is whole, and the last ends the file.

    Raises
    ------
    SourceUnreadable
        ``FILE-CORRUPT``.
    """
    with path.open("rb") as file:
        while length := file.read(_LENGTH.size):
            header = _exactly(file, _number(length), _MOST_HEADER_BYTES)
            blob_bytes = _fields(header).get(_DATASIZE_FIELD)
            if not isinstance(blob_bytes, int):
                raise _torn()
            _check_packed(_exactly(file, blob_bytes, _MOST_BLOB_BYTES))


def _number(length: bytes) -> int:
    if len(length) < _LENGTH.size:
        raise _torn()
    return int(_LENGTH.unpack(length)[0])


def _exactly(file: BinaryIO, count: int, most: int) -> bytes:
    content = file.read(count) if count <= most else b""
    if len(content) < count or count > most:
        raise _torn()
    return content


def _check_packed(blob: bytes) -> None:
    """Unpack a block, whose checksum tells of any byte that is another now."""
    packed = _fields(blob).get(_ZLIB_FIELD)
    if not isinstance(packed, bytes):
        return
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(packed, _MOST_BLOB_BYTES)
    except zlib.error:
        raise _torn() from None
    if not unpacking.eof or not unpacked:
        raise _torn()


def _fields(message: bytes) -> dict[int, int | bytes]:
    """Return the last value of each field of a protobuf message that has numbers and bytes."""
    fields: dict[int, int | bytes] = {}
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        value, at = _varint(message, at)
        if key & 7 == _VARINT:
            fields[key >> 3] = value
        elif key & 7 == _LENGTH_DELIMITED and at + value <= len(message):
            fields[key >> 3] = message[at : at + value]
            at += value
        else:
            raise _torn()
    return fields


def _varint(header: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at ``at``, and where the next thing does."""
    value = shift = 0
    while at < len(header):
        byte = header[at]
        value, at, shift = value | (byte & 0x7F) << shift, at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise _torn()


def _torn() -> SourceUnreadable:
    return SourceUnreadable(
        "The extract breaks off or is damaged: its blocks do not end where the file does. "
        "Download it again.",
        code="FILE-CORRUPT",
    )
