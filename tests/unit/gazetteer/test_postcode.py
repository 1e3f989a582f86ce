"""Postcodes as people type them."""

import pytest

from gazetteer.postcode import read_postcode


@pytest.mark.parametrize(
    "text",
    [
        "B1 1BB",
        "b11bb",
        " B1  1BB ",
        "B1-1BB",
        "B1.1BB",
        "B1\u00a01BB",
        "B1\u20091BB",
        "Ｂ１ １ＢＢ",
        "b 1 1 b b",
        "B1\t1BB\n",
    ],
)
def test_it_reads_a_postcode_however_it_is_typed(text):
    assert read_postcode(text) == "B1 1BB"


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("NG15DT", "NG1 5DT"),
        ("ng1 5dt", "NG1 5DT"),
        ("B100AA", "B10 0AA"),
        ("SW1A1AA", "SW1A 1AA"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("W1A 0AX", "W1A 0AX"),
        ("M11AE", "M1 1AE"),
    ],
)
def test_it_finds_where_the_two_halves_meet(text, postcode):
    assert read_postcode(text) == postcode


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "NG15D",
        "NG1",
        "12345",
        "NG1 5DTNG1 5DT",
        "SW1A 1AA; drop table",
        "<script>",
        "B1 1BB\0",
        "😀",
        "B1 1B😀",
        "B١ 1BB",
        "BBB1 1BB",
        "B1_1BB",
        "B1 1BB" * 2_000,
        " " * 10_000,
    ],
)
def test_what_is_no_full_postcode_is_none(text):
    assert read_postcode(text) is None
