"""What a map has around its features: scale bar, north arrow, coordinates at its edges."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from maps.drawn.frame import Frame
from maps.drawn.lettering import LETTER, Word, draw_word
from maps.drawn.markup import element, number
from maps.drawn.paint import INK, PAPER, Palette

_TEXT_MM = 2.3
_LONGEST_BAR_MM = 60.0
_BAR_MM = 1.2
_PARTS = 4
_INSET_MM = 4.0
_TICK_MM = 2.5
_LEAST_BETWEEN_TICKS_MM = 35.0
_STEPS = (1, 2, 5)
_NORTH_MM = 10.0
_CREDIT_MM = 1.9
_MOST_CREDIT_LINES = 6


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar of a round length, and what it stands for on the ground."""

    length_m: float
    length_mm: float

    @property
    def text(self) -> str:
        return _length(self.length_m)


def scale_bar(frame: Frame) -> ScaleBar:
    """Return the longest bar of round length that a map has room for."""
    most_mm = min(_LONGEST_BAR_MM, frame.width_mm / 3)
    length_m = _round_down(most_mm / frame.mm_per_m)
    return ScaleBar(length_m, length_m * frame.mm_per_m)


def draw_scale_bar(frame: Frame, palette: Palette) -> str:
    """Return the bar for the lower left corner, on a ground of its own."""
    bar = scale_bar(frame)
    x, y = _INSET_MM + 2, frame.height_mm - _INSET_MM - 2
    ground = _ground(_INSET_MM, y - 7.2, bar.length_mm + 12, 8.4, palette)
    part_mm = bar.length_mm / _PARTS
    boxes = "".join(
        element(
            "rect",
            x=x + index * part_mm,
            y=y - _BAR_MM,
            width=part_mm,
            height=_BAR_MM,
            fill=INK[palette] if index % 2 == 0 else PAPER[palette],
            stroke=INK[palette],
            stroke_width=0.15,
        )
        for index in range(_PARTS)
    )
    marks = "".join(
        _text(x + share * bar.length_mm, y - 3.2, text, palette)
        for share, text in ((0, "0"), (0.5, _bare(bar.length_m / 2, bar.length_m)), (1, bar.text))
    )
    title = element("title", _("Scale bar: %(length)s") % {"length": bar.text})
    return element("g", title + ground + boxes + marks, class_="drawn__scale")


def draw_north(frame: Frame, palette: Palette) -> str:
    """Return the arrow for the upper right corner: grid north is straight up."""
    x, y = frame.width_mm - _INSET_MM - 5, _INSET_MM + 2
    ground = _ground(x - 5, _INSET_MM, 10, _NORTH_MM + 6, palette)
    arrow = f"M{number(x)} {number(y + 3.4)}l2.6 {_NORTH_MM - 1}l-2.6 -2l-2.6 2z"
    half = f"M{number(x)} {number(y + 3.4)}l2.6 {_NORTH_MM - 1}l-2.6 -2z"
    drawing = element(
        "path", d=arrow, fill=PAPER[palette], stroke=INK[palette], stroke_width=0.3
    ) + element("path", d=half, fill=INK[palette])
    letter = Word("N", x, y + 1.2, 3.2, INK[palette], PAPER[palette], is_bold=True)
    title = element("title", _("Grid north is up"))
    return element("g", title + ground + drawing + draw_word(letter), class_="drawn__north")


def draw_coordinates(frame: Frame, palette: Palette) -> str:
    """Return eastings along the lower edge and northings along the left one, in metres."""
    west, south, east, north = frame.box_27700
    step_m = _round_up(_LEAST_BETWEEN_TICKS_MM / frame.mm_per_m)
    lower, left = frame.height_mm, 0.0
    marks = []
    for easting in _multiples(west, east, step_m):
        x, _y = frame.on_sheet(easting, south)
        # The scale bar stands in the corner.
        if x > frame.width_mm / 3 + 18 and x < frame.width_mm - 8:
            marks.append(_tick(f"M{number(x)} {number(lower)}v{-_TICK_MM}", palette))
            marks.append(_text(x, lower - _TICK_MM - 1.6, f"{easting:.0f} E", palette))
    for northing in _multiples(south, north, step_m):
        _x, y = frame.on_sheet(west, northing)
        if 12 < y < frame.height_mm - 22:
            marks.append(_tick(f"M{left} {number(y)}h{_TICK_MM}", palette))
            marks.append(_text(_TICK_MM + 1.8, y, f"{northing:.0f} N", palette, angle=-90))
    return element("g", "".join(marks), aria_hidden="true") if marks else ""


def draw_credit(attributions: Sequence[str], frame: Frame, palette: Palette) -> str:
    """Return whose data a map shows, in lines from its lower right corner upwards."""
    # The scale bar has the corner on the left.
    room_mm = frame.width_mm - scale_bar(frame).length_mm - 24
    most = max(20, int(room_mm / (_CREDIT_MM * LETTER)))
    text = " · ".join(dict.fromkeys(attributions))
    lines = textwrap.wrap(text, most)[-_MOST_CREDIT_LINES:]
    first_y = frame.height_mm - 1.8 - (len(lines) - 1) * _CREDIT_MM * 1.25
    words_ = "".join(
        draw_word(
            Word(
                line,
                frame.width_mm - 2,
                first_y + index * _CREDIT_MM * 1.25,
                _CREDIT_MM,
                INK[palette],
                PAPER[palette],
            ),
            anchor="end",
        )
        for index, line in enumerate(lines)
    )
    return element("g", words_) if lines else ""


def _tick(path: str, palette: Palette) -> str:
    return element("path", d=path, stroke=INK[palette], stroke_width=0.25)


def _text(x: float, y: float, text: str, palette: Palette, angle: float = 0) -> str:
    return draw_word(Word(text, x, y, _TEXT_MM, INK[palette], PAPER[palette], angle=angle))


def _ground(x: float, y: float, width: float, height: float, palette: Palette) -> str:
    return element(
        "rect",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=0.8,
        fill=PAPER[palette],
        fill_opacity=0.85,
    )


def _multiples(start: float, end: float, step: float) -> list[float]:
    first = math.ceil(start / step)
    return [index * step for index in range(first, math.floor(end / step) + 1)]


def _round_down(value: float) -> float:
    ten = 10.0 ** math.floor(math.log10(value))
    return max(step * ten for step in _STEPS if step * ten <= value)


def _round_up(value: float) -> float:
    ten = 10.0 ** math.floor(math.log10(value))
    return next((step * ten for step in _STEPS if step * ten >= value), 10 * ten)


def _length(metres: float) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


def _bare(metres: float, whole_m: float) -> str:
    return f"{metres / 1000:g}" if whole_m >= 1000 else f"{metres:g}"
