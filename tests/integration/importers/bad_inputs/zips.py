"""Zips with one fault each, written byte by byte where zipfile would refuse to."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CSV = b"ref,name,Easting,Northing\nT7,Elm,405007,285000\n"


def write_zip(path: Path, members: Mapping[str, bytes], **info: Any) -> Path:
    """Zip ``members``; ``info`` are attributes that each of them gets."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            for key, value in info.items():
                setattr(member, key, value)
            archive.writestr(member, content)
    return path


def change(path: Path, old: bytes, new: bytes) -> Path:
    """Write other bytes of the same length over ``old``, wherever it stands."""
    assert len(old) == len(new)
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    return path


def set_flag(path: Path, *, flag: int) -> Path:
    """Set a flag of every member, in front of it and in the list at the end."""
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for place in _places(content, signature):
            content[place + offset] |= flag
    path.write_bytes(content)
    return path


def set_method(path: Path, method: int) -> Path:
    """Say of every member that it is compressed by another method."""
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        for place in _places(content, signature):
            content[place + offset : place + offset + 2] = struct.pack("<H", method)
    path.write_bytes(content)
    return path


def declare_size(path: Path, size_bytes: int) -> Path:
    """Say of the first member that it unpacks to ``size_bytes``."""
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(signature)
        content[place + offset : place + offset + 4] = struct.pack("<I", size_bytes)
    path.write_bytes(content)
    return path


def _places(content: bytes, signature: bytes) -> list[int]:
    return [at for at in range(len(content)) if content[at : at + 4] == signature]


def zeros_deflated(size_bytes: int) -> tuple[bytes, int]:
    """Return zeros as one stream of deflate, and how many: whole blocks repeat."""
    block_bytes = 64 << 20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(block_bytes)) + packer.flush(zlib.Z_FULL_FLUSH)
    blocks = size_bytes // block_bytes
    return block * blocks + packer.flush(), blocks * block_bytes


def write_stored_stream(path: Path, name: bytes, stream: bytes, *, size_bytes: int) -> Path:
    """Write one member of which the zip says, by Zip64, that it unpacks to ``size_bytes``."""
    in_zip64 = 0xFFFFFFFF
    extra = struct.pack("<HHQ", 1, 8, size_bytes)
    sizes = struct.pack("<III", 0, len(stream), in_zip64)
    local = b"PK\x03\x04" + struct.pack("<5H", 45, 0, 8, 0, 0) + sizes
    local += struct.pack("<HH", len(name), len(extra)) + name + extra
    entry = b"PK\x01\x02" + struct.pack("<6H", 45, 45, 0, 8, 0, 0) + sizes
    entry += struct.pack("<HHHHHII", len(name), len(extra), 0, 0, 0, 0, 0) + name + extra
    start = len(local) + len(stream)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), start, 0)
    path.write_bytes(local + stream + entry + end)
    return path


def end_64(members: int, size_bytes: int, start: int, *, says: int | None = None) -> bytes:
    """Return the end of a zip in Zip64, which stands at ``says`` or where it says."""
    record = b"PK\x06\x06" + struct.pack(
        "<QHHIIQQQQ", 44, 45, 45, 0, 0, members, members, size_bytes, start
    )
    place = start + size_bytes if says is None else says
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, place, 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return record + locator + end


def without_end(path: Path) -> tuple[bytes, int, int]:
    """Return a zip up to the end of its list of members, and the list's size and start."""
    content = path.read_bytes()
    place = content.rindex(b"PK\x05\x06")
    size_bytes, start = struct.unpack_from("<II", content, place + 12)
    return content[:place], size_bytes, start
