"""What an opened source turned out to be: its columns, its coordinates, its filters."""

from dataclasses import dataclass

from importers.catalogue.entries import CoordinateColumns, FilterEntry, LatLonColumn, LayerEntry
from importers.findings import Finding
from importers.read.batch import SourceReading
from importers.transform.columns import find_coordinates, match_columns
from importers.transform.geometry import require_known_crs
from importers.validate.filters import applicable_filters


@dataclass(frozen=True, slots=True)
class Understanding:
    """How the rows of one source are to be read.

    ``coordinates`` is set for tables; other forms carry geometries in ``crs``.
    """

    column_of: dict[str, str]
    crs: str
    coordinates: CoordinateColumns | LatLonColumn | None
    filters: tuple[FilterEntry, ...]
    findings: tuple[Finding, ...]


def understand(entry: LayerEntry, reading: SourceReading) -> Understanding:
    """Match an opened source to its catalogue entry, before any row is read.

    Raises
    ------
    CheckFailed
        A column that is needed is missing, or the CRS is unknown or unsupported.
    """
    names = reading.column_names
    column_of, column_findings = match_columns(entry, names)
    filters, filter_findings = applicable_filters(entry.filters, names)
    findings = (*reading.findings, *column_findings, *filter_findings)
    if reading.geometry_type is None and entry.geometry_type != "None":
        pair = find_coordinates(entry, names)
        return Understanding(column_of, pair.crs, pair, filters, findings)
    code = require_known_crs(reading.crs or entry.source.crs)
    # WKT stands in the catalogue with its CRS, as pairs of columns do.
    if reading.crs is None and not entry.source.wkt:
        findings += (_crs_from_catalogue(code),)
    return Understanding(column_of, code, None, filters, findings)


def _crs_from_catalogue(code: str) -> Finding:
    return Finding(
        "CRS-FROM-CATALOGUE",
        "warning",
        f"The file does not say its coordinate system; the catalogue says {code}.",
    )
