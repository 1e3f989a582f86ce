"""A map of the wards, shaded and numbered by how many applications each has."""

from collections.abc import Mapping
from dataclasses import dataclass

from layers.query.registry import PublishedLayer
from planning.applications.columns import wards_of
from planning.applications.ward_shapes import WardShape, shapes_of

# Each is hatched more closely than the one before: they can be told apart without colour.
SHADES = 5
_NUMBERS_ACROSS = 42
_MARGIN = 0.01


@dataclass(frozen=True, slots=True)
class ShadedWard:
    """``shade`` is 0 for none, and up to `SHADES`."""

    name: str
    count: int
    shade: int
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Shade:
    """A line of the legend: from ``least`` to ``most`` applications.

    ``ink_m`` is how much of its hatching is drawn.
    """

    shade: int
    least: int
    most: int
    ink_m: int


@dataclass(frozen=True, slots=True)
class WardMap:
    """``view_box`` is SVG's; ``text_m`` the size of its numbers, ``hatch_m`` that of its hatching.

    All are in metres.
    """

    view_box: str
    text_m: int
    hatch_m: int
    wards: list[ShadedWard]
    legend: list[Shade]

    @property
    def halo_m(self) -> int:
        """How wide the paper around a number is, so that it can be read on any hatching."""
        return max(1, self.text_m // 4)

    @property
    def key_m(self) -> int:
        """How wide a sample of the legend is."""
        return self.hatch_m * 2


def describe_ward_map(layer: PublishedLayer, counts: Mapping[str, int]) -> WardMap | None:
    """Return the map, or None where no ward has a shape."""
    shapes = shapes_of(layer)
    if not shapes or layer.extent_27700 is None:
        return None
    west, south, east, north = layer.extent_27700
    width, height = east - west, north - south
    margin = max(width, height) * _MARGIN
    step = _step(max(counts.values(), default=0))
    names = {ward.fid: ward.name for ward in wards_of(layer)}
    hatch_m = max(SHADES + 1, round(max(width, height) / 60))
    view_box = (west - margin, -north - margin, width + 2 * margin, height + 2 * margin)
    return WardMap(
        view_box=" ".join(f"{number:.0f}" for number in view_box),
        text_m=max(1, round(max(width, height) / _NUMBERS_ACROSS)),
        hatch_m=hatch_m,
        wards=[
            _shaded(shape, names.get(shape.fid, shape.fid), counts.get(shape.fid, 0), step)
            for shape in shapes
        ],
        legend=[
            Shade(shade, (shade - 1) * step + 1, shade * step, hatch_m * shade // (SHADES + 1))
            for shade in range(1, -(-max(counts.values(), default=0) // step) + 1)
        ],
    )


def _shaded(shape: WardShape, name: str, count: int, step: int) -> ShadedWard:
    return ShadedWard(name, count, -(-count // step), shape.path, shape.x, shape.y)


def _step(most: int) -> int:
    """Return how many applications a shade is wide: a round number that people can read."""
    least = max(1, -(-most // SHADES))
    size = 10 ** (len(str(least)) - 1)
    return next(step for share in (1, 2, 3, 4, 5, 6, 8, 10) if (step := share * size) >= least)
