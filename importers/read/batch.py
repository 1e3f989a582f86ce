"""Rows as they came out of a source, before anything was understood."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from importers.findings import Finding


@dataclass(frozen=True, slots=True)
class SourceBatch:
    """Some thousands of consecutive rows.

    ``columns`` holds the source's own columns under their own names: text for
    tables, typed for GDAL's forms. ``rows`` numbers each row as a person would.
    ``wkb`` is the geometry of each row as WKB, x before y in the source's CRS
    (None where a row has none), or None for a table without geometry.
    ``spoilt`` are rows of the source that could not become a row here (too many
    cells, say): each counts as read and as quarantined, with its raw text.
    ``told`` is what the reader put right in the other rows.
    """

    rows: NDArray[np.int64]
    columns: pa.Table
    wkb: NDArray[np.object_] | None
    spoilt: tuple[tuple[Finding, str], ...] = ()
    told: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceReading:
    """An opened source: what it is, and its rows to iterate over once.

    ``crs`` is "EPSG:27700" or "EPSG:4326" (OGC:CRS84 is said as EPSG:4326; order
    is always x, y), another authority code as the file declares it, or None when
    the file declares none. ``form`` is the form in words ("CSV", "GeoPackage").
    """

    form: str
    crs: str | None
    encoding: str | None
    geometry_type: str | None
    column_names: tuple[str, ...]
    findings: tuple[Finding, ...]
    batches: Iterator[SourceBatch] = field(repr=False)


def empty_reading(geometry_type: str) -> SourceReading:
    """Return what a source without any row is, once a person confirmed that it is meant."""
    return SourceReading(
        form="an empty source",
        crs="EPSG:27700",
        encoding=None,
        geometry_type=geometry_type,
        column_names=(),
        findings=(),
        batches=iter(()),
    )
