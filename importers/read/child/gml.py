"""Reads one kind of feature of a GML, mostly a WFS answer: expat looks it over, GDAL reads it."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.read.child.flatten import DROPPED_HEIGHTS
from importers.read.child.gdal import GdalLayer, has_heights, open_with_moments, plain_type
from importers.read.child.gdal_rows import kept_columns, opened_batch, plain_fields
from importers.read.child.gml_crs import find_crs
from importers.read.child.gml_scan import GmlScan
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.child.several_layers import refuse_several_layers
from importers.read.child.xml_syntax import walk_xml
from importers.read.form import check_content, content_of_root
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

# What GDAL makes columns of although it only says how far a feature reaches.
_EXTENT_COLUMNS = ("lowerCorner", "upperCorner")


def open_source(request: ReadRequest, *, is_page: bool = False) -> OpenedSource:
    """Return the features of the one kind, or of ``request.table``, numbered from 1.

    A page may hold fewer features than it says there are: the others are on other pages.

    Raises
    ------
    SourceUnreadable
        ``XML-…`` and ``TEXT-ENCODING`` for what is not XML, ``FMT-MISMATCH``,
        ``SOURCE-ERROR``, ``SOURCE-PARTIAL``, ``NO-ROWS``, ``MULTI-LAYER``,
        ``CRS-…``, ``TOO-MANY-ROWS``, ``COL-TOO-MANY`` or ``FILE-CORRUPT``.
    """
    path = Path(request.path)
    scan = GmlScan()
    walk_xml(path, scan, request.limits, refuse_root=_refuse_root)
    if not is_page:
        scan.refuse_partial()
    kind = _choose_kind(scan, request.table)
    _check_size(sum(feature.kind == kind for feature in scan.features), request.limits)
    crs = find_crs(scan.srs_names or scan.extent_srs_names)
    layer = open_with_moments(
        path,
        driver="GML",
        layer=kind,
        batch_rows=request.limits.batch_rows,
        DOWNLOAD_SCHEMA="NO",
        WRITE_GFS="NO",
    )
    _check_width(layer, request.limits)
    kept, notes = kept_columns(layer.fields)
    kept = [place for place in kept if layer.fields[place].name not in _EXTENT_COLUMNS]
    return OpenedSource(
        form="GML",
        fields=plain_fields(layer.fields, kept),
        batches=_batches(layer, kept, scan, kind),
        crs=crs,
        encoding="utf-8",
        geometry_type=plain_type(layer.geometry_type),
        has_geometry=layer.has_geometry,
        findings=(
            *notes,
            *((DROPPED_HEIGHTS,) if has_heights(layer.geometry_type) else ()),
        ),
    )


def _refuse_root(name: str) -> None:
    check_content("gml", content_of_root(name.lower().encode()))
    if name != "FeatureCollection":
        raise SourceUnreadable(
            f"The file is not GML with features: its first element is {name[:40]}, not "
            "FeatureCollection. In QGIS: Export, Save Features As, GeoPackage.",
            code="FMT-MISMATCH",
        )


def _choose_kind(scan: GmlScan, table: str | None) -> str:
    kinds = list(dict.fromkeys(feature.kind for feature in scan.features))
    if not kinds:
        raise SourceUnreadable("The FeatureCollection has no features.", code="NO-ROWS")
    chosen = [kind for kind in kinds if kind == table] if table else kinds
    if len(chosen) == 1:
        return chosen[0]
    raise refuse_several_layers("The file", kinds, kind="kinds of features")


def _check_size(rows: int, limits: ReadLimits) -> None:
    if rows > limits.rows:
        raise SourceUnreadable(
            f"The file has {rows:,} features and at most {limits.rows:,} are read. "
            "Send it in parts.",
            code="TOO-MANY-ROWS",
        )


def _check_width(layer: GdalLayer, limits: ReadLimits) -> None:
    if len(layer.fields) > limits.columns:
        raise SourceUnreadable(
            f"The features have {len(layer.fields)} properties and at most {limits.columns} are "
            "read. Leave out those that are not needed.",
            code="COL-TOO-MANY",
        )


def _batches(layer: GdalLayer, kept: list[int], scan: GmlScan, kind: str) -> Iterator[OpenedBatch]:
    """Yield all features; GDAL numbers them by their ids, and stops at one it cannot read."""
    has_shape = [feature.has_shape for feature in scan.features if feature.kind == kind]
    faults = {
        place: (fault[0], fault[1])
        for place, fault in enumerate(scan.faults_of(kind), start=1)
        if fault is not None
    }
    count = 0
    for batch in layer.batches:
        rows = list(range(count + 1, count + batch.num_rows + 1))
        count += batch.num_rows
        _refuse_more(count, len(has_shape))
        yield opened_batch(
            batch.set_column(0, batch.schema.field(0), pa.array(rows, batch.schema.types[0])),
            rows,
            [place + 1 for place in kept],
            geometry=len(layer.fields) + 1 if layer.has_geometry else None,
            faults=faults,
            had_geometry=lambda row: has_shape[row - 1],
        )
    if count < len(has_shape):
        row, (_, message) = next(iter(faults.items()), (count + 1, ("", "it cannot be read.")))
        raise SourceUnreadable(
            f"Only {count:,} of {len(has_shape):,} features can be read. Feature {row}: {message} "
            "Export the file again.",
            code="FILE-CORRUPT",
        )


def _refuse_more(count: int, expected: int) -> None:
    if count > expected:
        raise SourceUnreadable(
            f"The file holds {expected:,} features and GDAL makes more of them. In QGIS: Export, "
            "Save Features As, GeoPackage; then send the .gpkg file.",
            code="FILE-CORRUPT",
        )
