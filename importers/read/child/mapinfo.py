"""Reads a MapInfo table, TAB or MIF: its parts are looked over, then GDAL reads it."""

from collections.abc import Iterator
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.crs_name import BRITISH_NATIONAL_GRID, authority_code
from importers.read.child.flatten import DROPPED_HEIGHTS
from importers.read.child.gdal import GdalLayer, has_heights, open_layer, plain_type
from importers.read.child.gdal_rows import kept_columns, opened_batch, plain_fields
from importers.read.child.mapinfo_mif import check_mif
from importers.read.child.mapinfo_rows import MapInfoRows
from importers.read.child.mapinfo_tab import check_tab
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.form import FORM_WORDS
from importers.read.request import ReadRequest

_FINE_ENOUGH_M = 0.1
_NO_PLACE_ON_EARTH = ("LOCAL_CS", "ENGCRS", "ENGINEERINGCRS")


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the rows of the table whose .tab or .mif is at ``request.path``, numbered from 1.

    The other parts lie beside it under the same name, their endings in small letters.

    Raises
    ------
    SourceUnreadable
        ``TAB-…`` and ``MIF-…`` by what is wrong with the parts, ``TEXT-ENCODING``,
        ``CRS-UNREADABLE``, ``NO-ROWS``, ``TOO-MANY-ROWS``, ``COL-TOO-MANY`` or
        ``FILE-CORRUPT``.
    """
    path = Path(request.path)
    rows = check_tab(path) if request.form == "tab" else check_mif(path)
    _check_size(rows.count, request)
    layer = open_layer(path, driver="MapInfo File", layer=0, batch_rows=request.limits.batch_rows)
    if len(layer.fields) > request.limits.columns:
        raise SourceUnreadable(
            f"The table has {len(layer.fields)} columns and at most {request.limits.columns} "
            "are read. Leave out those that are not needed.",
            code="COL-TOO-MANY",
        )
    kept, notes = kept_columns(layer.fields)
    crs = _crs(layer)
    return OpenedSource(
        form=FORM_WORDS[request.form],
        fields=plain_fields(layer.fields, kept),
        batches=_batches(layer, kept, rows),
        crs=crs,
        encoding="utf-8",
        geometry_type=plain_type(layer.geometry_type),
        has_geometry=layer.has_geometry,
        findings=(*notes, *_notes(layer, rows), *_warn_of_rounding(crs, rows)),
    )


def _notes(layer: GdalLayer, rows: MapInfoRows) -> Iterator[Finding]:
    deleted = len(rows.has_shape) - rows.count
    if deleted:
        yield Finding(
            "TAB-DELETED", "note", f"{deleted:,} rows are marked as deleted and were not read."
        )
    if has_heights(layer.geometry_type):
        yield DROPPED_HEIGHTS


def _warn_of_rounding(crs: str | None, rows: MapInfoRows) -> Iterator[Finding]:
    if crs == BRITISH_NATIONAL_GRID and rows.step > _FINE_ENOUGH_M:
        yield Finding(
            "COORD-PRECISION",
            "warning",
            f"MapInfo saved the positions rounded to {rows.step:.3g} m, because the table was "
            "made for a much larger area. Save a copy in British National Grid with its own "
            "bounds.",
        )


def _check_size(rows: int, request: ReadRequest) -> None:
    if not rows:
        raise SourceUnreadable("The MapInfo table has no rows.", code="NO-ROWS")
    if rows > request.limits.rows:
        raise SourceUnreadable(
            f"The table has {rows:,} rows and at most {request.limits.rows:,} are read. "
            "Send it in parts.",
            code="TOO-MANY-ROWS",
        )


def _crs(layer: GdalLayer) -> str | None:
    """Return the CRS; MapInfo's NonEarth is a drawing's, which says nothing of where it is."""
    if layer.crs is None or layer.crs.startswith(_NO_PLACE_ON_EARTH):
        return None
    return layer.crs if layer.crs.startswith("EPSG:") else authority_code(layer.crs)


def _batches(layer: GdalLayer, kept: list[int], rows: MapInfoRows) -> Iterator[OpenedBatch]:
    """Yield all rows; GDAL ends without a word where it cannot read on."""
    count = 0
    for batch in layer.batches:
        count += batch.num_rows
        yield opened_batch(
            batch,
            batch.column(0).to_pylist(),
            [place + 1 for place in kept],
            geometry=len(layer.fields) + 1 if layer.has_geometry else None,
            faults={},
            had_geometry=lambda fid: bool(rows.has_shape[fid - 1]),
        )
    if count != rows.count:
        raise SourceUnreadable(
            f"The table says that it has {rows.count:,} rows and only {count:,} can be read. "
            "In MapInfo: Table, Maintenance, Pack Table; then send it again.",
            code="FILE-CORRUPT",
        )
