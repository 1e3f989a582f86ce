"""Sheets, scale bars and words: sizes that can be worked out by hand."""

import pytest

from maps.drawn.frame import Frame, fit_frame
from maps.drawn.furniture import scale_bar
from maps.drawn.lettering import Lettering, Word


def word(text: str, x: float, y: float, **how: object) -> Word:
    return Word(text, x, y, 2.5, "#000000", "#ffffff", **how)


def test_a_frame_is_so_many_metres_wide() -> None:
    frame = Frame(406_600, 286_800, 1250, 200, 100)

    assert frame.box_27700 == (406_475, 286_737.5, 406_725, 286_862.5)
    assert frame.on_sheet(406_600, 286_862.5) == (100, 0)


@pytest.mark.parametrize(
    ("scale", "length_m", "text"),
    [(500, 20, "20 m"), (1250, 50, "50 m"), (10_000, 500, "500 m"), (25_000, 1000, "1 km")],
)
def test_a_scale_bar_is_round_and_as_long_as_it_says(
    scale: int, length_m: float, text: str
) -> None:
    bar = scale_bar(Frame(0, 0, scale, 190, 190))

    assert (bar.length_m, bar.text) == (length_m, text)
    assert bar.length_mm == pytest.approx(length_m * 1000 / scale)
    assert 25 <= bar.length_mm <= 60


def test_a_fitted_frame_has_a_round_scale_and_holds_everything() -> None:
    frame = fit_frame((400_000, 280_000, 410_000, 285_000), 190, 190)

    assert frame.scale == 60_000
    assert frame.holds(400_000, 280_000) and frame.holds(410_000, 285_000)


def test_no_word_stands_over_another_or_beyond_the_sheet() -> None:
    lettering = Lettering(100, 100)

    assert lettering.write(word("High Street", 50, 50))
    assert not lettering.write(word("Mill Lane", 52, 51))
    assert not lettering.write(word("Mill Lane", 2, 50))
    assert not lettering.write(word("High Street", 50, 60)), "its like is near"
    assert not lettering.write(word("Mill Lane", 50, 80, length_mm=5)), "its line is short"
    assert lettering.write(word("Mill Lane", 50, 80, angle=170))
    assert "rotate(-10 50 80)" in lettering.svg
