"""Refuses a zip that one program would read as other files than the next.

A zip's list of members stands at its end and is found by searching. What is put
before, after or between may make a second list appear, or hide the first.
"""

import struct
import zipfile
from pathlib import Path

from importers.errors import SourceUnreadable

_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_SIGNATURE = b"PK\x06\x07"
_END_64 = struct.Struct("<4sQ2H2L4Q")
_END_64_SIGNATURE = b"PK\x06\x06"
_LONGEST_COMMENT = 0xFFFF


def check_directory(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise `SourceUnreadable` unless there is one list of members, and it fills the zip.

    Raises
    ------
    SourceUnreadable
        ``ZIP-CORRUPT``.
    """
    with path.open("rb") as file:
        size_bytes = file.seek(0, 2)
        start = max(0, size_bytes - _LONGEST_COMMENT - _END.size - _LOCATOR.size - _END_64.size)
        # zipfile knows where the list begins; the end of the zip comes after it.
        start = max(start, archive.start_dir)
        file.seek(start)
        tail = file.read()
    if tail.count(_END_SIGNATURE) != 1:
        raise _ambiguous("has several ends, each with a list of members")
    place = tail.index(_END_SIGNATURE)
    _, _, _, _, members, _, _, comment_bytes = _END.unpack_from(tail, place)
    if place + _END.size + comment_bytes != len(tail):
        raise _ambiguous("has something after its end")
    if tail[max(0, place - _LOCATOR.size) :][:4] == _LOCATOR_SIGNATURE:
        members = _members_of_zip64(path, tail[place - _LOCATOR.size :])
    if members != len(archive.filelist):
        raise _ambiguous(f"says that it has {members:,} members and has {len(archive.filelist):,}")
    if archive.filelist and min(each.header_offset for each in archive.filelist) != 0:
        raise _ambiguous("has something before its first member")


def _members_of_zip64(path: Path, locator: bytes) -> int:
    _, _, offset, _ = _LOCATOR.unpack_from(locator)
    with path.open("rb") as file:
        file.seek(min(offset, path.stat().st_size))
        record = file.read(_END_64.size)
    if len(record) < _END_64.size or not record.startswith(_END_64_SIGNATURE):
        raise _ambiguous("has an end that points to the wrong place")
    return int(_END_64.unpack(record)[7])


def _ambiguous(what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"The zip {what}, so that programs read different files from it. Zip the files again.",
        code="ZIP-CORRUPT",
    )
