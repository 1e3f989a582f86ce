"""The child's standard output, of which the parent takes no piece that is too large."""

from typing import IO


class MessageTooLarge(OSError):
    """The child announced a piece that no honest batch is as large as."""


class BoundedPipe:
    """A binary file to read from, for Arrow.

    Arrow asks for as many bytes as the child's own words promise. A child that lies would
    otherwise have the parent hold all that it cares to write.
    """

    def __init__(self, stream: IO[bytes], most_bytes: int) -> None:
        self._stream = stream
        self._most_bytes = most_bytes

    def read(self, size: int = -1) -> bytes:
        """Return the next ``size`` bytes, or fewer at the end.

        Raises
        ------
        MessageTooLarge
        """
        if not 0 <= size <= self._most_bytes:
            raise MessageTooLarge(f"{size} bytes in one piece")
        return self._stream.read(size)

    @property
    def closed(self) -> bool:
        return self._stream.closed

    def close(self) -> None:
        self._stream.close()
