"""What applies to a site, and who lives around it."""

from planning.query.check import check_site
from planning.query.neighbours import (
    FARTHEST_M,
    MOST_NEIGHBOURS,
    Neighbour,
    Neighbours,
    neighbours_of,
)

__all__ = [
    "FARTHEST_M",
    "MOST_NEIGHBOURS",
    "Neighbour",
    "Neighbours",
    "check_site",
    "neighbours_of",
]
