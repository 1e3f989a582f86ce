"""What an opened source turned out to be: its columns, its coordinates, its filters."""

from dataclasses import dataclass
from typing import Literal

from importers.catalogue.entries import (
    CoordinateColumns,
    Crs,
    FilterEntry,
    LatLonColumn,
    LayerEntry,
)
from importers.findings import Finding
from importers.fixes import NO_FIXES, Fixes
from importers.read.batch import SourceReading
from importers.read.form import has_header_line
from importers.transform.columns import find_coordinates, match_columns
from importers.transform.geometry import require_known_crs
from importers.transform.header import refuse_data_as_header
from importers.validate.filters import applicable_filters

CrsOrigin = Literal["file", "catalogue", "columns", "person", "none"]


@dataclass(frozen=True, slots=True)
class Understanding:
    """How the rows of one source are to be read.

    ``coordinates`` is set for tables; other forms carry geometries in ``crs``.
    ``crs_origin`` is who said so: the file, the catalogue, the catalogue for these
    columns, or the person who confirmed a fix; "none" for a table without places,
    whose ``crs`` says nothing.
    """

    column_of: dict[str, str]
    crs: Crs
    crs_origin: CrsOrigin
    coordinates: CoordinateColumns | LatLonColumn | None
    swap_axes: bool
    filters: tuple[FilterEntry, ...]
    findings: tuple[Finding, ...]

    @property
    def crs_in_words(self) -> str:
        """The CRS as a report says it: one for all rows, or the column that says each row's."""
        if self.crs_origin == "none":
            return ""
        where = self.coordinates
        by_row = isinstance(where, CoordinateColumns) and where.crs_column
        return f"as “{by_row}” says" if by_row else self.crs


def understand(entry: LayerEntry, reading: SourceReading, fixes: Fixes = NO_FIXES) -> Understanding:
    """Match an opened source to its catalogue entry, before any row is read.

    Parameters
    ----------
    entry
        With ``fixes`` applied to it already.

    Raises
    ------
    CheckFailed
        A column that is needed is missing, or the CRS is unknown or unsupported.
    """
    names = reading.column_names
    is_table = has_header_line(reading.form)
    if is_table:
        refuse_data_as_header(entry, names)
    column_of, column_findings = match_columns(entry, names, fixes.columns)
    filters, filter_findings = applicable_filters(entry.filters, names)
    findings = (*reading.findings, *column_findings, *filter_findings, *_say_fixes(fixes))
    coordinates: CoordinateColumns | LatLonColumn | None = None
    crs: Crs = "EPSG:27700"
    origin: CrsOrigin = "none"
    if reading.geometry_type is not None:
        crs = require_known_crs(fixes.crs or reading.crs or entry.source.crs)
        origin = _origin(fixes, "file" if reading.crs else "catalogue")
        # WKT stands in the catalogue with its CRS, as pairs of columns do.
        if origin == "catalogue" and not entry.source.wkt:
            findings += (_crs_from_catalogue(crs),)
    elif entry.geometry_type != "None":
        coordinates = find_coordinates(entry, names, is_table=is_table)
        crs, origin = coordinates.crs, _origin(fixes, "columns")
        if isinstance(coordinates, CoordinateColumns) and coordinates.crs_column:
            findings += (_crs_from_column(coordinates.crs_column),)
    return Understanding(column_of, crs, origin, coordinates, fixes.swap_axes, filters, findings)


def understand_nothing(fixes: Fixes) -> Understanding:
    """Return what there is to understand of a source without any row, which a person confirmed."""
    return Understanding({}, "EPSG:27700", "none", None, False, (), _say_fixes(fixes))


def _origin(fixes: Fixes, otherwise: CrsOrigin) -> CrsOrigin:
    return "person" if fixes.crs else otherwise


def _crs_from_catalogue(code: str) -> Finding:
    return Finding(
        "CRS-FROM-CATALOGUE",
        "warning",
        f"The file does not say its coordinate system; the catalogue says {code}.",
    )


def _crs_from_column(column: str) -> Finding:
    return Finding(
        "CRS-FROM-COLUMN",
        "note",
        f"Each row is read in the coordinate system that its “{column}” says.",
        field=column,
    )


def _say_fixes(fixes: Fixes) -> tuple[Finding, ...]:
    return tuple(
        Finding("FIX-CONFIRMED", "fixed", f"Confirmed by a person: {words}")
        for words in fixes.in_words()
    )
