"""Drops heights and measures from geometries."""

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.findings import Finding


def has_more_than_xy(geometries: NDArray[np.object_]) -> bool:
    """Return whether any geometry has heights or measures."""
    return bool((shapely.has_z(geometries) | shapely.has_m(geometries)).any())


def flat_wkb(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return ``geometries`` as 2D WKB; None stays None."""
    wkb: NDArray[np.object_] = shapely.to_wkb(shapely.force_2d(geometries), include_srid=False)
    return wkb


DROPPED_HEIGHTS = Finding(
    "GEOM-Z", "note", "The geometries have heights or measures, which were left out."
)
