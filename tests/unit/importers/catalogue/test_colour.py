"""Colours that can be told apart."""

import pytest

from importers.catalogue.colour import contrast_ratio, is_hex_colour


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ffffff", "#767676", 4.54),
    ],
)
def test_contrast_is_wcags(one: str, other: str, expected: float) -> None:
    assert contrast_ratio(one, other) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("text", ["#fff", "red", "#12345G", "#ABCDEF", "123456"])
def test_only_six_small_digits_are_a_colour(text: str) -> None:
    assert not is_hex_colour(text)
