"""What somebody typed, taken apart."""

import pytest

from gazetteer.plain_text import LONGEST_TEXT, plain_text
from gazetteer.typed_text import read_typed


def words_of(text: str) -> str:
    return " ".join(read_typed(text).words)


@pytest.mark.parametrize(
    ("text", "number", "suffix", "words"),
    [
        ("12 Oak Road", "12", "", "oak road"),
        ("12a Oak Rd", "12", "A", "oak road"),
        ("12 A Oak Rd", "12", "A", "oak road"),
        ("12A, Oak Road", "12", "A", "oak road"),
        ("no. 12 Oak Road", "12", "", "oak road"),
        ("012 Oak Road", "12", "", "oak road"),
        ("0 Oak Road", "0", "", "oak road"),
        ("12-14 Oak Road", "12", "", "oak road"),
        ("Flat 2, 12 Oak Road", "12", "", "oak road"),
        ("unit b 7 Oak Road", "7", "", "oak road"),
        ("Oak Court, 12 Oak Road", "12", "", "oak court oak road"),
        ("  12   Oak   Road ", "12", "", "oak road"),
        ("１２ Oak Road", "12", "", "oak road"),
        ("12 Oak Road, Moseley", "12", "", "oak road moseley"),
        ("12 O’Brien Street", "12", "", "obrien street"),
        ("1 1st Avenue", "1", "", "first avenue"),
        ("Oak Road", "", "", "oak road"),
        ("Oak Road 12", "", "", "oak road 12"),
        ("12", "", "", "12"),
        ("", "", "", ""),
        ("123456 Oak Road", "", "", "123456 oak road"),
    ],
)
def test_it_takes_the_house_number_off(text, number, suffix, words):
    typed = read_typed(text)

    assert (typed.number, typed.suffix, " ".join(typed.words)) == (number, suffix, words)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Flat 2, 12 Oak Road", "2"),
        ("flat 2a 12 oak rd", "2A"),
        ("apt. b, 12 oak rd", "B"),
        ("Apartment 10 Oak Court", "10"),
        ("Unit 3 Forge Estate", "3"),
        ("Flat 0/1, 12 Oak Road", "0/1"),
        ("unit 4–6 Forge Estate", "4-6"),
        ("Flat 4 - 12 Oak Road", "4"),
        ("flat", ""),
        ("Flatfield Road", ""),
        ("Studio Way", ""),
    ],
)
def test_it_takes_the_flat_off(text, unit):
    assert read_typed(text).unit == unit


@pytest.mark.parametrize(
    ("text", "houses"),
    [
        ("12 Oak Road", [("12", "")]),
        ("12a-14b Oak Road", [("12A-14B", "")]),
        ("12 — 14 Oak Road", [("12-14", "")]),
        ("Flat 2, 12 Oak Road", [("12", "2")]),
        # A range, or as in Edinburgh flat 3.
        ("12/3 Oak Road", [("12-3", ""), ("12", "3")]),
        ("Flat 2, 12/14 Oak Road", [("12-14", "2")]),
        ("Oak Road", [("", "")]),
    ],
)
def test_it_says_which_house_and_flat_may_be_meant(text, houses):
    assert list(read_typed(text).houses) == houses


@pytest.mark.parametrize(
    ("text", "postcode", "number", "words"),
    [
        ("12 Oak Road, Birmingham B13 9AA", "B13 9AA", "12", "oak road birmingham"),
        ("12 oak road b139aa", "B13 9AA", "12", "oak road"),
        ("B13 9AA 12", "B13 9AA", "12", ""),
        ("12, B13-9AA", "B13 9AA", "12", ""),
        ("Oak Road B13", None, "", "oak road b13"),
    ],
)
def test_it_takes_the_postcode_off(text, postcode, number, words):
    typed = read_typed(text)

    assert (typed.postcode, typed.number, " ".join(typed.words)) == (postcode, number, words)


def test_the_last_word_may_go_on_until_something_follows_it():
    assert read_typed("12 broadw").is_open
    assert not read_typed("12 broadway,").is_open
    assert not read_typed("12 broadway b13 9aa").is_open


@pytest.mark.parametrize("text", ["%", "😀", "\0", "\ud800", "'", "—", "\u202e", "{}", "\\"])
def test_what_has_no_letters_has_no_words(text):
    assert read_typed(text).words == ()


def test_a_text_is_on_one_line_and_of_a_bounded_length():
    assert plain_text("  Ｏａｋ\u00a0\tRoad\0\u200b\n ") == "Oak Road"
    assert len(plain_text("x" * 10_000)) == LONGEST_TEXT
    # One character can stand for eighteen.
    assert len(plain_text("\ufdfa" * 10_000)) == LONGEST_TEXT


@pytest.mark.parametrize("text", ["1" * 100_000, "flat " * 20_000, "a b " * 25_000, "1-" * 50_000])
def test_a_very_long_text_has_few_words(text):
    assert len(read_typed(text).words) <= 12
