"""Unpacks a gzip, counting what really comes out of it."""

import gzip
import zlib
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.read.limits import ReadLimits

_CHUNK_BYTES = 1 << 20


def unpack_gzip(packed: Path, unpacked: Path, limits: ReadLimits) -> Path:
    """Write the content of ``packed`` to ``unpacked`` and return the latter.

    Raises
    ------
    SourceUnreadable
        ``ZIP-BOMB``, ``ZIP-TRUNCATED`` or ``ZIP-CORRUPT``.
    """
    most_bytes = min(
        limits.unpacked_bytes,
        max(limits.ratio_counts_from_bytes, packed.stat().st_size * limits.unpacked_ratio),
    )
    try:
        _unpack(packed, unpacked, most_bytes)
    except EOFError:
        raise SourceUnreadable(
            "The compressed file is cut short. Send it again.", code="ZIP-TRUNCATED"
        ) from None
    except (gzip.BadGzipFile, zlib.error):
        raise SourceUnreadable(
            "The compressed file is damaged. Compress and send it again.", code="ZIP-CORRUPT"
        ) from None
    return unpacked


def _unpack(packed: Path, unpacked: Path, most_bytes: int) -> None:
    size_bytes = 0
    with gzip.open(packed) as source, unpacked.open("wb") as target:
        while chunk := source.read(_CHUNK_BYTES):
            size_bytes += len(chunk)
            if size_bytes > most_bytes:
                raise SourceUnreadable(
                    f"Unpacked it is larger than {most_bytes // 1_000_000} MB, far more than "
                    "data of its size unpacks to. Send it unpacked, or in parts.",
                    code="ZIP-BOMB",
                )
            target.write(chunk)
