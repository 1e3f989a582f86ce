"""Whether a colour of the catalogue can be told from what lies behind it."""

import re

WHITE = "#ffffff"

_HEX = re.compile(r"#[0-9a-f]{6}")


def is_hex_colour(text: str) -> bool:
    """Return whether ``text`` is a colour in the form ``#1a2b3c``, in small letters."""
    return _HEX.fullmatch(text) is not None


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast of two colours ``#rrggbb``, from 1 (the same) to 21 (black on white).

    Notes
    -----
    WCAG 2.2, "contrast ratio": 3 is the least for parts of a map (1.4.11),
    4.5 the least for text (1.4.3).
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
