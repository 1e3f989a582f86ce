"""Postcodes as people type them."""

import pytest

from gazetteer.postcode import is_elsewhere, read_beginnings, read_postcode, take_postcode


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


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("B29", ["B29", "B2 9"]),
        ("b29 6", ["B29 6"]),
        ("B296", ["B29 6"]),
        ("B2 9", ["B2 9"]),
        ("B29 6Q", ["B29 6Q"]),
        ("b29-6q", ["B29 6Q"]),
        ("SW1A", ["SW1A"]),
        ("SW1A 1", ["SW1A 1"]),
        ("B1", ["B1"]),
        ("NG15D", ["NG1 5D"]),
        ("B", []),
        ("", []),
        ("12345", []),
        ("B29 6QT", []),
        ("B29 QT", []),
        ("A road", []),
        ("B29" * 3_000, []),
    ],
)
def test_it_reads_what_a_text_may_be_the_beginning_of(text, labels):
    assert [beginning.label for beginning in read_beginnings(text)] == labels


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("JE2 3AB", "crown-dependency"),
        ("gy11aa", "crown-dependency"),
        ("IM1 1AA", "crown-dependency"),
        ("BT1 1AA", "northern-ireland"),
        ("GIR 0AA", "giro"),
        ("gir0aa", "giro"),
        ("BF1 2AT", "forces"),
        ("BFPO 57", "forces"),
        ("B13 9AA", None),
        ("JE2", None),
        ("", None),
    ],
)
def test_it_knows_postcodes_that_are_no_place_of_a_council_here(text, why):
    assert is_elsewhere(text) == why


@pytest.mark.parametrize(
    ("text", "postcode", "rest"),
    [
        ("12 Oak Road, B13 9AA", "B13 9AA", ["12 Oak Road"]),
        ("b139aa, 12 oak road", "B13 9AA", ["12 oak road"]),
        ("B13 9AA or B1 1BB", "B1 1BB", ["B13 9AA or"]),
        ("Oak Road", None, ["Oak Road"]),
        ("ß B13 9AA", None, ["ß B13 9AA"]),
    ],
)
def test_it_takes_a_postcode_out_of_a_text(text, postcode, rest):
    found, left = take_postcode(text)

    assert found == postcode
    assert [part.strip() for part in left.split(",") if part.strip()] == rest
