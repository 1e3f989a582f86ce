"""What may have happened to eastings and northings that fit nowhere: lost digits, other units."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Extent = tuple[float, float, float, float]

_SQUARE_M = 100_000
_FEET_M = 0.3048
_FITS = 0.9


def guess_damage(x: Numbers, y: Numbers, extent: Extent) -> str | None:
    """Return in words what makes the numbers fit, None where nothing does.

    Parameters
    ----------
    x, y
        Some positions of a source that says it is in British National Grid.
    extent
        West, south, east, north in metres, with the margin added.
    """
    west, south, east, north = extent
    for words, mend in _DAMAGES:
        for mended_x, mended_y in mend(x, y, extent):
            inside = (
                (mended_x >= west) & (mended_x <= east) & (mended_y >= south) & (mended_y <= north)
            )
            if inside.mean() >= _FITS:
                return words
    return None


_Mended = list[tuple[Numbers, Numbers]]
_Mend = Callable[[Numbers, Numbers, Extent], _Mended]


def _scaled(factor: float) -> _Mend:
    return lambda x, y, extent: [(x * factor, y * factor)]


def _with_lost_digits(x: Numbers, y: Numbers, extent: Extent) -> _Mended:
    """Return the positions with the first digit of either number put before it again."""
    xs = [x, *(x + square for square in _squares(x, extent[0], extent[2]))]
    ys = [y, *(y + square for square in _squares(y, extent[1], extent[3]))]
    return [(one_x, one_y) for one_x in xs for one_y in ys]


def _squares(numbers: Numbers, least: float, most: float) -> list[float]:
    """Return the hundreds of kilometres that the extent lies in, if the numbers lack theirs."""
    if not ((numbers >= 0) & (numbers < _SQUARE_M)).all():
        return []
    first, last = int(least // _SQUARE_M), int(most // _SQUARE_M)
    return [float(count * _SQUARE_M) for count in range(first, last + 1)]


_DAMAGES: tuple[tuple[str, _Mend], ...] = (
    ("kilometres instead of metres", _scaled(1_000)),
    ("millimetres instead of metres", _scaled(0.001)),
    ("centimetres instead of metres", _scaled(0.01)),
    ("feet instead of metres", _scaled(_FEET_M)),
    (
        "metres with a minus sign too many",
        lambda x, y, extent: [(abs(x), abs(y))],
    ),
    ("metres that have lost their first digit, that of the 100 km square", _with_lost_digits),
)
