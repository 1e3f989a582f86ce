"""Words on a map: with a halo, and none over another."""

import math
from dataclasses import dataclass, field

from maps.drawn.markup import element, number, words

FONT = "Atkinson Hyperlegible, Liberation Sans, DejaVu Sans, sans-serif"
# How wide a letter is on average, of what it is high; a little more than measured.
LETTER = 0.56
_HALO = 0.28
_APART_MM = 0.6
# A word may reach so far beyond the line that it is written along.
_OVERHANG = 1.15


@dataclass(frozen=True, slots=True)
class Word:
    """A text around a point, in millimetres; ``angle`` is in degrees, clockwise.

    ``length_mm`` is the room that its feature gives it, 0 where there is no telling. Two words
    alike are ``apart_mm`` from each other at least.
    """

    text: str
    x_mm: float
    y_mm: float
    size_mm: float
    colour: str
    halo: str
    angle: float = 0.0
    length_mm: float = 0.0
    is_bold: bool = False
    is_italic: bool = False
    apart_mm: float = 40.0

    @property
    def width_mm(self) -> float:
        """How long it is, about."""
        return len(self.text) * self.size_mm * LETTER


@dataclass
class Lettering:
    """The words that found room, in the order in which they were tried."""

    width_mm: float
    height_mm: float
    _taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)
    _places: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def keep_free(self, x: float, y: float, width: float, height: float) -> None:
        """Have no word over what stands here (millimetres)."""
        self._taken.append((x, y, x + width, y + height))

    def write(self, word: Word) -> bool:
        """Write a word if it has room, and return whether it had."""
        if self._is_too_long(word) or self._is_near_its_like(word):
            return False
        box = _box_around(word)
        if not self._is_free(box):
            return False
        self._taken.append(box)
        self._places.setdefault(word.text, []).append((word.x_mm, word.y_mm))
        self._written.append(draw_word(word))
        return True

    @property
    def svg(self) -> str:
        """All of them."""
        return "".join(self._written)

    def _is_too_long(self, word: Word) -> bool:
        return bool(word.length_mm) and word.width_mm > word.length_mm * _OVERHANG

    def _is_near_its_like(self, word: Word) -> bool:
        return any(
            math.dist(place, (word.x_mm, word.y_mm)) < word.apart_mm
            for place in self._places.get(word.text, ())
        )

    def _is_free(self, box: tuple[float, float, float, float]) -> bool:
        west, top, east, bottom = box
        if west < 0 or top < 0 or east > self.width_mm or bottom > self.height_mm:
            return False
        return not any(
            west < right and left < east and top < below and above < bottom
            for left, above, right, below in self._taken
        )


def draw_word(word: Word, anchor: str = "middle") -> str:
    """Return a word with its halo: the letters twice, the first time with a broad edge."""
    angle = _upright(word.angle)
    turn = f"rotate({number(angle)} {number(word.x_mm)} {number(word.y_mm)})" if angle else None
    where = {
        "x": number(word.x_mm),
        "y": number(word.y_mm + word.size_mm * 0.35),
    }
    letters = words(word.text)
    edge = element(
        "text",
        letters,
        **where,
        fill=word.halo,
        stroke=word.halo,
        stroke_width=word.size_mm * _HALO,
        stroke_linejoin="round",
        aria_hidden="true",
    )
    return element(
        "g",
        edge + element("text", letters, **where, fill=word.colour),
        font_size=word.size_mm,
        text_anchor=anchor,
        font_weight="700" if word.is_bold else None,
        font_style="italic" if word.is_italic else None,
        transform=turn,
    )


def _upright(angle: float) -> float:
    """Return an angle by which no letter stands on its head."""
    turned = (angle + 90) % 180 - 90
    return turned if abs(turned) > 0.5 else 0.0


def _box_around(word: Word) -> tuple[float, float, float, float]:
    """Return the box around a turned word."""
    turn = math.radians(_upright(word.angle))
    width, height = word.width_mm, word.size_mm * 1.1
    half_x = (abs(width * math.cos(turn)) + abs(height * math.sin(turn))) / 2 + _APART_MM
    half_y = (abs(width * math.sin(turn)) + abs(height * math.cos(turn))) / 2 + _APART_MM
    return word.x_mm - half_x, word.y_mm - half_y, word.x_mm + half_x, word.y_mm + half_y
