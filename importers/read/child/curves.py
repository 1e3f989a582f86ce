"""Turns curves of WKT into straight segments, which is all that the service keeps."""

import csv
import re
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

# A chord of half a degree leaves its arc by less than 1 cm up to a radius of a kilometre.
ARC_STEP_DEGREES = 0.5
CURVED = re.compile(r"CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|MULTICURVE|MULTISURFACE", re.I)


def straighten(texts: Sequence[str], scratch: Path) -> NDArray[np.object_]:
    """Return geometries without arcs for WKT with arcs; None for what GDAL cannot read.

    GEOS knows no arcs, GDAL does: it reads the texts out of a table in ``scratch``.
    """
    # Only here: most tables hold no curve, and GDAL takes a quarter of a second to load.
    import pyogrio

    table = scratch / "curves.csv"
    with table.open("w", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["place", "WKT"], *enumerate(texts)])
    pyogrio.set_gdal_config_options({"OGR_ARC_STEPSIZE": ARC_STEP_DEGREES})
    try:
        with warnings.catch_warnings(action="ignore"):  # of what it cannot read None is left
            _, _, wkb, (places,) = pyogrio.raw.read(
                table, columns=["place"], GEOM_POSSIBLE_NAMES="WKT", AUTODETECT_TYPE="NO"
            )
    finally:
        table.unlink()
    straight = np.full(len(texts), None, dtype=object)
    straight[places.astype(int)] = shapely.from_wkb(wkb, on_invalid="ignore")
    return straight
