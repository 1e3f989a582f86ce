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
