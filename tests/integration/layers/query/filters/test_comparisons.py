"""Comparisons with and between properties of each type."""

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "read"])


@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        ("species = 'Oak'", {"oak"}),
        ("'Oak' = species", {"oak"}),
        ("species <> 'Oak'", {"ash", "bay", "elm", "fir", "ivy", "yew"}),
        ("height_m > 10", {"elm", "fir", "oak"}),
        ("10 < height_m", {"elm", "fir", "oak"}),
        ("height_m BETWEEN 0 AND 9.25", {"ash", "box", "ivy"}),
        ("age IN (210, 80)", {"elm", "oak"}),
        ("species IN ('Oak', 'ash', 'none')", {"ash", "oak"}),
        ("protected = true", {"ash", "oak", "yew"}),
        ("protected < true", {"bay", "box", "elm"}),
        ("protected", {"ash", "oak", "yew"}),
        ("planted IS NULL", {"yew"}),
        ("geometry IS NULL", {"ivy"}),
    ],
)
def test_it_finds_what_fulfils_a_comparison(match, expression, keys):
    assert match(expression) == keys


# The index holds 200 characters of a text; those of the bay, x 250 times and then a, go on.
ALIKE = "x" * 250


@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        (f"species = '{ALIKE}a'", {"bay"}),
        (f"species = '{ALIKE}b'", set()),
        (f"species = '{ALIKE}'", set()),
        (f"species = '{ALIKE[:200]}'", set()),
        (f"species IN ('{ALIKE}b', 'none')", set()),
        (f"species IN ('{ALIKE}a', 'none')", {"bay"}),
        (f"species > '{ALIKE}'", {"bay", "elm"}),
        (f"species > '{ALIKE}b'", {"elm"}),
        (f"species >= '{ALIKE}a'", {"bay", "elm"}),
        (f"species < '{ALIKE}a'", {"oak", "ash", "fir", "yew", "ivy"}),
        (f"species LIKE '{ALIKE}%'", {"bay"}),
        (f"species LIKE '{ALIKE}b%'", set()),
        (f"species LIKE '{ALIKE[:199]}_%'", {"bay"}),
        (f"nickname LIKE '{ALIKE}b'", {"bay"}),
    ],
)
def test_texts_that_begin_alike_are_told_apart(match, expression, keys):
    assert match(expression) == keys


@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        (r"nickname LIKE 'Fir\_100\%'", {"fir"}),
        (r"species LIKE 'Fir 100\%'", {"fir"}),
        (r"species LIKE 'Fir 100_'", {"fir"}),
        (r"species LIKE '%\\\\%'", {"yew"}),
        (r"species LIKE 'O\'Yew%'", {"yew"}),
        ("species LIKE 'oak'", set()),
        ("species LIKE 'O_k'", {"oak"}),
        ("species LIKE '_ak'", {"oak"}),
        ("species NOT LIKE '%a%'", {"elm", "fir", "yew", "ivy"}),
    ],
)
def test_patterns_match_as_the_standard_says(match, expression, keys):
    assert match(expression) == keys


@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        ("girth_m / height_m > 0.2", {"elm", "ash", "bay"}),
        ("1 / girth_m IS NULL", {"oak", "box"}),
        ("height_m ^ 0.5 IS NULL", {"yew", "bay"}),
        ("0 ^ girth_m = 1", {"oak"}),
        ("0 ^ girth_m IS NULL", {"bay", "box"}),
        ("age ^ 100 IS NULL", {"oak", "elm", "ash", "fir", "yew", "box", "ivy"}),
        ("height_m ^ 2 = 462.25", {"oak"}),
    ],
)
def test_numbers_that_cannot_be_calculated_are_unknown(match, expression, keys):
    assert match(expression) == keys
