"""Reads a FlatGeobuf by GDAL, and counts what it gives against what the file says."""

from collections.abc import Iterator
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.read.child.crs_name import authority_code
from importers.read.child.flatten import DROPPED_HEIGHTS
from importers.read.child.gdal import (
    GdalLayer,
    count_features,
    has_heights,
    open_with_moments,
    plain_type,
)
from importers.read.child.gdal_rows import kept_columns, opened_batch, plain_fields
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.request import ReadRequest


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the features, numbered from 1.

    Raises
    ------
    SourceUnreadable
        ``FILE-CORRUPT``, ``NO-ROWS``, ``TOO-MANY-ROWS``, ``COL-TOO-MANY`` or
        ``CRS-UNREADABLE``.
    """
    path = Path(request.path)
    layer = open_with_moments(
        path, driver="FlatGeobuf", layer=0, batch_rows=request.limits.batch_rows
    )
    count = count_features(path)
    _check_size(count, layer, request)
    kept, notes = kept_columns(layer.fields)
    return OpenedSource(
        form="FlatGeobuf",
        fields=plain_fields(layer.fields, kept),
        batches=_batches(layer, kept, count),
        crs=_crs(layer),
        encoding="utf-8",
        geometry_type=plain_type(layer.geometry_type),
        has_geometry=layer.has_geometry,
        findings=(*notes, *((DROPPED_HEIGHTS,) if has_heights(layer.geometry_type) else ())),
    )


def _check_size(count: int, layer: GdalLayer, request: ReadRequest) -> None:
    if not count:
        raise SourceUnreadable("The FlatGeobuf has no features.", code="NO-ROWS")
    if count > request.limits.rows:
        raise SourceUnreadable(
            f"The file has {count:,} features and at most {request.limits.rows:,} are read. "
            "Send it in parts.",
            code="TOO-MANY-ROWS",
        )
    if len(layer.fields) > request.limits.columns:
        raise SourceUnreadable(
            f"The features have {len(layer.fields)} properties and at most "
            f"{request.limits.columns} are read. Leave out those that are not needed.",
            code="COL-TOO-MANY",
        )


def _crs(layer: GdalLayer) -> str | None:
    if layer.crs is None or layer.crs.startswith("EPSG:"):
        return layer.crs
    return authority_code(layer.crs)


def _batches(layer: GdalLayer, kept: list[int], expected: int) -> Iterator[OpenedBatch]:
    count = 0
    for batch in layer.batches:
        rows = list(range(count + 1, count + batch.num_rows + 1))
        count += batch.num_rows
        yield opened_batch(
            batch,
            rows,
            [place + 1 for place in kept],
            geometry=len(layer.fields) + 1 if layer.has_geometry else None,
            faults={},
            # GDAL verifies every buffer and stops at a broken one: none is lost in silence.
            had_geometry=lambda fid: False,
        )
    if count != expected:
        raise SourceUnreadable(
            f"The file says that it has {expected:,} features and only {count:,} can be read. "
            "Export and send it again.",
            code="FILE-CORRUPT",
        )
