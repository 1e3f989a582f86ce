"""Unpacks a gzipped answer piece by piece, and knows whether it was whole."""

import zlib
from collections.abc import Iterator

from importers.errors import FetchFailed

_PIECE_BYTES = 1 << 18
_GZIP = 31  # zlib's word for a gzip header and trailer, and nothing else


class Unpacker:
    """One answer that a server sent as gzip, which may be of several members.

    urllib3 would unpack it too, but takes a stream that just stops for one that ends.
    """

    def __init__(self, host: str) -> None:
        self._host = host
        self._stream = zlib.decompressobj(_GZIP)

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """Yield what ``packed`` unpacks to, never more than a piece at a time.

        Raises
        ------
        FetchFailed
            ``SOURCE-PARTIAL``: it is damaged.
        """
        piece = b""
        while packed or len(piece) == _PIECE_BYTES:
            if self._stream.eof:
                self._stream = zlib.decompressobj(_GZIP)
            try:
                piece = self._stream.decompress(packed, _PIECE_BYTES)
            except zlib.error:
                raise self._damaged() from None
            packed = self._stream.unused_data or self._stream.unconsumed_tail
            yield piece

    def require_end(self) -> None:
        """Raise ``SOURCE-PARTIAL`` unless the last member came to its end, its checksum right."""
        if not self._stream.eof:
            raise self._damaged()

    def _damaged(self) -> FetchFailed:
        return FetchFailed(
            f"The answer of {self._host} is not complete: its compressed content is damaged or "
            "cut short. Try again later.",
            code="SOURCE-PARTIAL",
            can_retry=True,
        )
