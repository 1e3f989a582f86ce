"""From what people draw, type or send to the boundary of a site."""

from planning.boundary.corners import read_corners
from planning.boundary.examples import example_corner
from planning.boundary.faults import SiteUnusable
from planning.boundary.judge import MOST_AREA_M2, MOST_CORNERS, Extent, judge_shape
from planning.boundary.positions import place_shape
from planning.boundary.typed import LONGEST_BOUNDARY, read_boundary

__all__ = [
    "LONGEST_BOUNDARY",
    "MOST_AREA_M2",
    "MOST_CORNERS",
    "Extent",
    "SiteUnusable",
    "example_corner",
    "judge_shape",
    "place_shape",
    "read_boundary",
    "read_corners",
]
