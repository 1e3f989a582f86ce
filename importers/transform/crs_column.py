"""A column that says, row by row, in which coordinate system its row is."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from importers.catalogue.entries import CoordinateColumns, Crs
from importers.findings import Finding
from importers.invisible import strip_unseen
from importers.read.batch import SourceBatch
from importers.transform.values import as_shown, is_empty

# As the LGA's schemas and the brownfield register have them. ETRS89 there means degrees, which
# are WGS 84's to well under a metre.
_KNOWN: dict[str, Crs] = {
    "osgb36": "EPSG:27700",
    "epsg:27700": "EPSG:27700",
    "27700": "EPSG:27700",
    "british national grid": "EPSG:27700",
    "wgs84": "EPSG:4326",
    "wgs 84": "EPSG:4326",
    "epsg:4326": "EPSG:4326",
    "4326": "EPSG:4326",
    "etrs89": "EPSG:4326",
}


def read_crs_column(
    batch: SourceBatch, pair: CoordinateColumns, findings: list[Finding]
) -> NDArray[np.object_]:
    """Return the CRS that each row says, None where it says none that is known.

    Parameters
    ----------
    findings
        Takes an error for each of these that has anything for a coordinate: numbers are never
        guessed to be degrees or metres.
    """
    assert pair.crs_column is not None
    known = _KNOWN | pair.crs_words
    values, *cells = (
        batch.columns.column(name).to_pylist() for name in (pair.crs_column, pair.x, pair.y)
    )
    codes = np.full(len(values), None, dtype=object)
    for at, value in enumerate(values):
        codes[at] = known.get(strip_unseen(str(value or "")).casefold())
        if codes[at] is None and not all(is_empty(column[at]) for column in cells):
            findings.append(_unknown(pair.crs_column, value, int(batch.rows[at])))
    return codes


def _unknown(column: str, value: Any, row: int) -> Finding:
    shown = as_shown("" if value is None else value)
    message = (
        f"“{column}” is “{shown}”, so nobody can say what the coordinates are. "
        "Write OSGB36 for eastings and northings, WGS84 for longitudes and latitudes; or "
        "say what this word means in crs_words of the catalogue."
    )
    return Finding("CRS-UNKNOWN", "error", message, row, column, shown)
