"""Unpacks a gzip, counting what really comes out of it."""

import zlib
from collections.abc import Iterator
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.read.limits import ReadLimits

_CHUNK_BYTES = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"


def unpack_gzip(packed: Path, unpacked: Path, limits: ReadLimits) -> Path:
    """Write the content of ``packed`` to ``unpacked`` and return the latter.

    Raises
    ------
    SourceUnreadable
        ``ZIP-BOMB``, ``ZIP-TRUNCATED`` or ``ZIP-CORRUPT``.
    """
    size_bytes = 0
    with unpacked.open("wb") as target:
        for chunk, packed_bytes in _unpacked(packed):
            size_bytes += len(chunk)
            most_bytes = max(limits.ratio_counts_from_bytes, packed_bytes * limits.unpacked_ratio)
            if size_bytes > min(limits.unpacked_bytes, most_bytes):
                raise SourceUnreadable(
                    f"Unpacked it is larger than {size_bytes // 1_000_000} MB, far more than "
                    "data of its size unpacks to. Send it unpacked, or in parts.",
                    code="ZIP-BOMB",
                )
            target.write(chunk)
    return unpacked


def _unpacked(packed: Path) -> Iterator[tuple[bytes, int]]:
    """Yield what one gzip holds, a little at a time, with how much of it that took so far.

    What stands behind it is refused.
    """
    packed_bytes = 0
    unpacker = zlib.decompressobj(_GZIP)
    with packed.open("rb") as source:
        while not unpacker.eof:
            chunk = unpacker.unconsumed_tail or source.read(_CHUNK_BYTES)
            packed_bytes += len(chunk)
            if not chunk:
                raise SourceUnreadable(
                    "The compressed file is cut short. Send it again.", code="ZIP-TRUNCATED"
                )
            try:
                content = unpacker.decompress(chunk, _CHUNK_BYTES)
            except zlib.error:
                raise SourceUnreadable(
                    "The compressed file is damaged. Compress and send it again.",
                    code="ZIP-CORRUPT",
                ) from None
            packed_bytes -= len(unpacker.unconsumed_tail)
            yield content, packed_bytes
        _refuse_more(unpacker.unused_data or source.read(_CHUNK_BYTES))


def _refuse_more(behind: bytes) -> None:
    if behind.startswith(_MAGIC):
        raise SourceUnreadable(
            "Several compressed files were put one after another, so that a table would begin "
            "again in its middle. Compress one file by itself.",
            code="ZIP-CORRUPT",
        )
    # A tape or a disk block may be filled up with zeros.
    if behind.strip(b"\x00"):
        raise SourceUnreadable(
            "The compressed file has something after its end. Compress and send it again.",
            code="ZIP-CORRUPT",
        )
