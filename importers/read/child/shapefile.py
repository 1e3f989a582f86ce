"""Reads an unpacked shapefile: its parts are checked against each other, then GDAL reads it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.crs_name import authority_code
from importers.read.child.dbf_encoding import find_dbf_encoding, gdal_name
from importers.read.child.dbf_table import DbfTable, open_table
from importers.read.child.dbf_values import find_wrong_values, note_missing_numbers
from importers.read.child.dbf_wide import WideColumns, read_wide_integers
from importers.read.child.flatten import DROPPED_HEIGHTS
from importers.read.child.gdal import GdalLayer, open_layer, plain_type
from importers.read.child.gdal_rows import RowFaults, opened_batch, plain_fields
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.child.shapefile_shapes import Shapes, check_shapes
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

_MOST_BYTES_OF_TEXT = 100_000


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the rows of the shapefile whose .shp is at ``request.path``, numbered from 1.

    Raises
    ------
    SourceUnreadable
        ``SHP-…`` and ``DBF-…`` by what is wrong with the parts, ``TEXT-ENCODING``,
        ``CRS-UNREADABLE``, ``NO-ROWS``, ``TOO-MANY-ROWS``, ``COL-TOO-MANY`` or
        ``FILE-CORRUPT``.
    """
    shp = Path(request.path)
    _check_parts(shp)
    shapes = check_shapes(shp, shp.with_suffix(".shx"))
    table = open_table(shp.with_suffix(".dbf"), request.limits)
    _check_counts(shapes, table, request.limits)
    encoding, findings = find_dbf_encoding(
        table, _short_text(shp.with_suffix(".cpg")), request.encoding
    )
    prj = _short_text(shp.with_suffix(".prj"))
    # Before GDAL opens the file, which it does not where the .prj is broken in some ways.
    crs = authority_code(prj) if prj is not None else None
    layer = open_layer(
        shp,
        driver="ESRI Shapefile",
        layer=0,
        batch_rows=request.limits.batch_rows,
        encoding=gdal_name(encoding),
    )
    wide = read_wide_integers(table)
    fields = plain_fields(layer.fields, range(len(layer.fields)))
    return OpenedSource(
        form="Shapefile",
        fields=tuple(
            pa.field(field.name, wide[place].type) if place in wide else field
            for place, field in enumerate(fields)
        ),
        batches=_batches(layer, find_wrong_values(table), shapes.has_shape, wide),
        crs=crs,
        encoding=encoding,
        geometry_type=plain_type(layer.geometry_type),
        has_geometry=layer.has_geometry,
        findings=(
            *findings,
            *shapes.findings,
            *note_missing_numbers(table),
            *_notes(shapes, table),
        ),
    )


def _check_parts(shp: Path) -> None:
    missing = [ending for ending in (".shx", ".dbf") if not shp.with_suffix(ending).exists()]
    if missing:
        raise SourceUnreadable(
            f"The shapefile lacks its {' and '.join(missing)}. Also send .shx, .dbf and .prj "
            "(zip them together).",
            code="SHP-PARTS",
        )


def _check_counts(shapes: Shapes, table: DbfTable, limits: ReadLimits) -> None:
    rows, indexed = len(table.records), len(shapes.has_shape)
    if not shapes.count == indexed == rows:
        raise SourceUnreadable(
            f"The parts do not belong together: the .shp has {shapes.count:,} rows, the "
            f".shx {indexed:,} and the .dbf {rows:,}. Export the shapefile again.",
            code="SHP-COUNT",
        )
    if rows == int(table.is_deleted.sum()):
        raise SourceUnreadable("The shapefile has no rows.", code="NO-ROWS")
    if rows > limits.rows:
        raise SourceUnreadable(
            f"The shapefile has {rows:,} rows and at most {limits.rows:,} are read. "
            "Send it in parts.",
            code="TOO-MANY-ROWS",
        )


def _short_text(path: Path) -> str | None:
    """Return the text of a .cpg or .prj, None where there is no such part."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        return file.read(_MOST_BYTES_OF_TEXT).decode("utf-8-sig", errors="replace")


def _notes(shapes: Shapes, table: DbfTable) -> Iterator[Finding]:
    deleted = int(table.is_deleted.sum())
    if deleted:
        yield Finding(
            "DBF-DELETED", "note", f"{deleted:,} rows are marked as deleted and were not read."
        )
    if shapes.has_heights:
        yield DROPPED_HEIGHTS


def _batches(
    layer: GdalLayer, faults: RowFaults, has_shape: NDArray[np.bool_], wide: WideColumns
) -> Iterator[OpenedBatch]:
    last = len(layer.fields) + 1
    for batch in layer.batches:
        fids = batch.column(0)
        for place, column in wide.items():
            batch = batch.set_column(place + 1, batch.schema.names[place + 1], column.take(fids))
        yield opened_batch(
            batch,
            [fid + 1 for fid in fids.to_pylist()],
            list(range(1, last)),
            geometry=last if layer.has_geometry else None,
            faults=faults,
            had_geometry=lambda fid: bool(has_shape[fid]),
        )
