"""Reads one layer of a GeoPackage: SQLite looks it over, then GDAL reads it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.read.child.crs_name import authority_code
from importers.read.child.flatten import DROPPED_HEIGHTS
from importers.read.child.gdal import GdalLayer, has_heights, open_layer, plain_type
from importers.read.child.gdal_rows import kept_columns, opened_batch, plain_fields
from importers.read.child.geopackage_blobs import GeometryHeads, read_heads
from importers.read.child.geopackage_safety import (
    FeatureTable,
    check_schema,
    choose_table,
    opened_database,
)
from importers.read.child.geopackage_types import find_mistyped, read_as_text
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the rows of the one layer, or of ``request.table``, numbered from 1.

    The column of feature ids comes first, under its own name.

    Raises
    ------
    SourceUnreadable
        ``NOT-GEO``, ``GPKG-…``, ``MULTI-LAYER``, ``NO-VECTOR``, ``NO-ROWS``,
        ``CRS-UNREADABLE``, ``TOO-MANY-ROWS``, ``COL-TOO-MANY`` or ``FILE-CORRUPT``.
    """
    path = Path(request.path)
    with opened_database(path) as database:
        check_schema(database)
        table = choose_table(database, request.table)
        heads = read_heads(database, table)
    layer = open_layer(
        path,
        driver="GPKG",
        layer=table.name,
        batch_rows=request.limits.batch_rows,
        IMMUTABLE="YES",
        LIST_ALL_TABLES="NO",
    )
    if len(layer.fields) >= request.limits.columns:
        raise SourceUnreadable(
            f"The layer has {len(layer.fields)} columns and fewer than {request.limits.columns} "
            "are read. Leave out those that are not needed.",
            code="COL-TOO-MANY",
        )
    kept, notes = kept_columns(layer.fields)
    with opened_database(path, scans=len(layer.fields) + 1) as database:
        mistyped = find_mistyped(database, table, layer.fields)
    if mistyped:
        layer = _with_texts(layer, path, table, mistyped)
    return OpenedSource(
        form="GeoPackage",
        fields=(pa.field(layer.fid_name, pa.int64()), *plain_fields(layer.fields, kept)),
        batches=_batches(layer, kept, heads, request.limits),
        crs=_crs(table),
        encoding="utf-8",
        geometry_type=plain_type(layer.geometry_type),
        has_geometry=layer.has_geometry,
        findings=(*notes, *((DROPPED_HEIGHTS,) if has_heights(layer.geometry_type) else ())),
    )


def _crs(table: FeatureTable) -> str | None:
    if table.geometry is None or table.organisation is None:
        return None
    if table.organisation.upper() == "EPSG":
        return f"EPSG:{table.code}"
    return authority_code(table.wkt)


def _with_texts(
    layer: GdalLayer, path: Path, table: FeatureTable, mistyped: list[int]
) -> GdalLayer:
    """Return ``layer`` with some columns as text, to be read with the care that a CSV is."""
    names = {place: layer.fields[place].name for place in mistyped}
    return replace(
        layer,
        fields=tuple(
            pa.field(each.name, pa.string()) if place in names else each
            for place, each in enumerate(layer.fields)
        ),
        batches=_put_texts(layer, path, table, names),
    )


def _put_texts(
    layer: GdalLayer, path: Path, table: FeatureTable, names: dict[int, str]
) -> Iterator[pa.RecordBatch]:
    with opened_database(path, scans=len(names) + 1) as database:
        database.text_factory = bytes
        for batch in layer.batches:
            fids = batch.column(0).to_pylist()
            for place, name in names.items():
                texts = read_as_text(database, table, name, fids)
                batch = batch.set_column(place + 1, name, texts)
            yield batch


def _batches(
    layer: GdalLayer, kept: list[int], heads: GeometryHeads, limits: ReadLimits
) -> Iterator[OpenedBatch]:
    count = 0
    for batch in layer.batches:
        rows = list(range(count + 1, count + batch.num_rows + 1))
        fids = batch.column(0).to_pylist() if heads.faults else []
        count += batch.num_rows
        if count > limits.rows:
            raise SourceUnreadable(
                f"The layer has more than {limits.rows:,} rows. Send it in parts.",
                code="TOO-MANY-ROWS",
            )
        yield opened_batch(
            batch,
            rows,
            [0, *(place + 1 for place in kept)],
            geometry=len(layer.fields) + 1 if layer.has_geometry else None,
            faults={
                row: heads.faults[fid]
                for row, fid in zip(rows, fids, strict=False)
                if fid in heads.faults
            },
            had_geometry=lambda fid: fid not in heads.without,
        )
