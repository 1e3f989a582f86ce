"""A gzipped answer arrives whole or not at all, whatever the pieces it comes in."""

import gzip
import random

import pytest

from importers.errors import FetchFailed
from importers.fetch.unpack import Unpacker

TEXT = random.Random(3).randbytes(300_000) + b"a" * 2_000_000


def unpack(packed: bytes, step: int) -> bytes:
    unpacker = Unpacker("a.example.org")
    pieces = [
        piece
        for start in range(0, len(packed), step)
        for piece in unpacker.feed(packed[start : start + step])
    ]
    unpacker.require_end()
    assert max(map(len, pieces)) <= 1 << 18
    return b"".join(pieces)


@pytest.mark.parametrize("step", [7_001, 65_536, 10_000_000])
def test_all_of_it_comes_out(step):
    assert unpack(gzip.compress(TEXT), step) == TEXT


def test_members_follow_each_other():
    assert unpack(gzip.compress(b"one,") + gzip.compress(b"two"), 1000) == b"one,two"


@pytest.mark.parametrize("cut", [1, 8, 9, 1000])
def test_one_that_stops_is_not_taken_for_one_that_ends(cut):
    with pytest.raises(FetchFailed, match="cut short"):
        unpack(gzip.compress(TEXT)[:-cut], 65_536)


def test_a_wrong_checksum_is_noticed():
    packed = bytearray(gzip.compress(TEXT))
    packed[-6] ^= 1

    with pytest.raises(FetchFailed, match="damaged"):
        unpack(bytes(packed), 65_536)
