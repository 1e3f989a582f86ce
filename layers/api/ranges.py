"""One range of bytes of a file (RFC 9110 section 14)."""

import re
from dataclasses import dataclass

from layers.errors import RangeNotSatisfiable

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
# A line of a header that is longer than this asks for many ranges, or for trouble.
_MOST_CHARACTERS = 60
_TOO_FAR = (
    "The file has {size} bytes, and “Range” asks for none of them. Leave it out, or ask for less."
)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def read_range(header: str, if_range: str, etag: str, size: int) -> ByteRange | None:
    """Return the range that a request asks for, or None for the whole file.

    Several ranges, and what cannot be read, are answered with the whole, as the RFC
    allows: nothing is put together from a thousand pieces. So is a range of another
    state of the file (`If-Range`).

    Raises
    ------
    RangeNotSatisfiable
        The file has no such bytes.
    """
    match = _ONE_RANGE.fullmatch(header.strip()) if len(header) <= _MOST_CHARACTERS else None
    if match is None or (if_range and if_range.strip() != etag):
        return None
    first, last = match.groups()
    if not first:
        return _last_bytes(last, size)
    start, end = int(first), int(last) if last else size - 1
    if last and end < start:
        return None
    if start >= size:
        raise RangeNotSatisfiable(_TOO_FAR.format(size=f"{size:,}"))
    return ByteRange(start, min(end, size - 1))


def _last_bytes(count: str, size: int) -> ByteRange | None:
    if not count:
        return None
    if int(count) == 0 or size == 0:
        raise RangeNotSatisfiable(_TOO_FAR.format(size=f"{size:,}"))
    return ByteRange(max(0, size - int(count)), size - 1)
