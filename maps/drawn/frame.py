"""The piece of ground that a drawn map shows, and how large it is on paper."""

import math
from dataclasses import dataclass
from functools import cached_property

from layers.query.drawn import Sheet

Box = tuple[float, float, float, float]

# How large on paper what rules of web maps give in pixels is: a printed line may be finer than one
# on a screen.
MM_PER_PX = 0.2
# Web maps are so much larger than the ground in the middle of Great Britain's latitudes: they
# choose what to show by a zoom, and a sheet shows the same.
_METRES_PER_PX_AT_ZOOM_0 = 156_543.03 * math.cos(math.radians(53))
_ROUND = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0)
_SMALLEST_FIT = 250.0
_ROOM = 1.04


@dataclass(frozen=True)
class Frame:
    """A sheet around a middle (EPSG:27700, metres), 1 to ``scale``."""

    easting: float
    northing: float
    scale: float
    width_mm: float
    height_mm: float

    @cached_property
    def box_27700(self) -> Box:
        """West, south, east, north in metres."""
        half_width_m = self.width_mm / self.mm_per_m / 2
        half_height_m = self.height_mm / self.mm_per_m / 2
        return (
            self.easting - half_width_m,
            self.northing - half_height_m,
            self.easting + half_width_m,
            self.northing + half_height_m,
        )

    @property
    def mm_per_m(self) -> float:
        """How many millimetres of the sheet a metre of the ground is."""
        return 1000 / self.scale

    @property
    def zoom(self) -> float:
        """The zoom of a web map that shows as much detail as the sheet does."""
        metres_per_px = MM_PER_PX / self.mm_per_m
        return math.log2(_METRES_PER_PX_AT_ZOOM_0 / metres_per_px)

    @property
    def sheet(self) -> Sheet:
        """The same for the queries of a layer."""
        return Sheet(*self.box_27700, self.mm_per_m)

    def on_sheet(self, easting: float, northing: float) -> tuple[float, float]:
        """Return where a point is, in millimetres from the upper left corner."""
        west, _, _, north = self.box_27700
        return (easting - west) * self.mm_per_m, (north - northing) * self.mm_per_m

    def holds(self, easting: float, northing: float) -> bool:
        """Return whether a point is on the sheet."""
        west, south, east, north = self.box_27700
        return west <= easting <= east and south <= northing <= north


def fit_frame(box_27700: Box, width_mm: float, height_mm: float) -> Frame:
    """Return the frame of the largest round scale that shows all of a box."""
    west, south, east, north = box_27700
    needed = 1000 * _ROOM * max((east - west) / width_mm, (north - south) / height_mm)
    scale = _round_up(max(needed, _SMALLEST_FIT))
    return Frame((west + east) / 2, (south + north) / 2, scale, width_mm, height_mm)


def _round_up(scale: float) -> float:
    ten = 10.0 ** math.floor(math.log10(scale))
    return next((step * ten for step in _ROUND if step * ten >= scale), 10 * ten)
