"""A column that says, row by row, in which coordinate system its row is."""

import numpy as np
from numpy.typing import NDArray

from importers.catalogue.entries import CoordinateColumns, Crs
from importers.findings import Finding
from importers.read.batch import SourceBatch
from importers.transform.values import as_shown

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
    batch: SourceBatch,
    pair: CoordinateColumns,
    located: NDArray[np.bool_],
    findings: list[Finding],
) -> NDArray[np.object_]:
    """Return the CRS that each row says, None where it says none that is known.

    Parameters
    ----------
    located
        Which rows have coordinates: only for these an unknown CRS is a fault.
    findings
        Takes an error for each of them: numbers are never guessed to be degrees or metres.
    """
    assert pair.crs_column is not None
    known = _KNOWN | pair.crs_words
    values = batch.columns.column(pair.crs_column).to_pylist()
    codes = np.full(len(values), None, dtype=object)
    for at, value in enumerate(values):
        codes[at] = known.get(str(value or "").strip().casefold())
        if codes[at] is None and located[at]:
            shown = as_shown("" if value is None else value)
            message = (
                f"“{pair.crs_column}” is “{shown}”, so nobody can say what the coordinates are. "
                "Write OSGB36 for eastings and northings, WGS84 for longitudes and latitudes; or "
                "say what this word means in crs_words of the catalogue."
            )
            row = int(batch.rows[at])
            findings.append(Finding("CRS-UNKNOWN", "error", message, row, pair.crs_column, shown))
    return codes
