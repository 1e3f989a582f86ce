"""What is still being made, on its way through a file that may be full."""

import errno
from collections.abc import Generator

import pytest

from layers.exports.spool import Spool

CUT_OFF = b"not whole"


class FullDisk:
    """Holds so many bytes and no more, as a file on a disk that is full."""

    def __init__(self, room: int) -> None:
        self._room, self._bytes = room, b""
        self._place = 0

    def seek(self, place: int) -> None:
        self._place = place

    def write(self, chunk: bytes) -> int:
        if len(self._bytes) + len(chunk) > self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._bytes += bytes(chunk)
        return len(chunk)

    def read(self, size: int) -> bytes:
        return self._bytes[self._place : self._place + size]

    def close(self) -> None:
        pass


def spool_of(make, **limits: int) -> Spool:
    return Spool(make, first=b"head,", cut_off=CUT_OFF, **{"most_bytes": 1000, **limits})


def test_what_is_made_comes_whole_and_in_order():
    def make() -> Generator[bytes]:
        yield from (b"one,", b"two,", b"end")

    spool = spool_of(make)

    assert b"".join(spool) == b"head,one,two,end"
    spool.close()


@pytest.mark.parametrize("limit", ["disk", "bytes", "fault"])
def test_whatever_ends_it_early_the_reader_is_told_and_what_made_it_is_closed(monkeypatch, limit):
    if limit == "disk":
        monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: FullDisk(room=8))
    is_closed = []

    def make() -> Generator[bytes]:
        try:
            yield b"one,"
            yield b"two,"
            if limit == "fault":
                raise RuntimeError
            yield b"end"
        finally:
            is_closed.append(True)

    spool = spool_of(make, most_bytes=8 if limit == "bytes" else 1000)

    assert b"".join(spool) == b"head,one,two," + CUT_OFF
    # While its fault is still held, and what the fault's frames hold.
    assert spool.fault is not None
    assert is_closed == [True]
    spool.close()
