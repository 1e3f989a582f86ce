"""One range of a file of 1,000 bytes."""

import pytest

from layers.api.ranges import ByteRange, read_range
from layers.errors import RangeNotSatisfiable

ETAG = '"abc"'


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=990-", 990, 999),
        ("bytes=990-5000", 990, 999),
        ("bytes=-10", 990, 999),
        ("bytes=-5000", 0, 999),
    ],
)
def test_it_gives_the_bytes_that_are_there(header, first, last):
    assert read_range(header, "", ETAG, 1000) == ByteRange(first, last)


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_it_refuses_what_begins_after_the_end(header):
    with pytest.raises(RangeNotSatisfiable):
        read_range(header, "", ETAG, 1000)


def test_an_empty_file_has_no_range():
    with pytest.raises(RangeNotSatisfiable):
        read_range("bytes=0-0", "", ETAG, 0)


@pytest.mark.parametrize(
    "header",
    [
        "bytes=0-0,2-3",
        "bytes=5-2",
        "bytes=-",
        "bytes=a-b",
        "bytes= 0-1",
        "lines=0-1",
        "bytes=٣-٤",
        "bytes=0-99999999999999999999",
        "",
        "bytes=" + ",".join(["0-0"] * 1000),
    ],
)
def test_it_gives_the_whole_for_what_is_not_one_range(header):
    assert read_range(header, "", ETAG, 1000) is None


@pytest.mark.parametrize("if_range", ['"other"', 'W/"abc"', "Sat, 01 Jan 2028 00:00:00 GMT"])
def test_it_gives_the_whole_of_a_file_that_has_changed(if_range):
    assert read_range("bytes=0-9", if_range, ETAG, 1000) is None


def test_it_goes_on_with_the_same_file():
    assert read_range("bytes=0-9", ETAG, ETAG, 1000) == ByteRange(0, 9)
