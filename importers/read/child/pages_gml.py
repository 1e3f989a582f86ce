"""Joins pages of GML: each is read as a file is, then columns of the same name are put together."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.gml import open_source as open_gml
from importers.read.child.opened import OpenedBatch, OpenedSource, Spoilt
from importers.read.pages import PagesManifest
from importers.read.request import ReadRequest


def join_gml(request: ReadRequest, manifest: PagesManifest, paths: list[Path]) -> OpenedSource:
    """Return the features of all pages as one source.

    Raises
    ------
    SourceUnreadable
        ``CRS-MIXED``: pages differ in their coordinate system.
    """
    pages, batches = [], []
    for path in paths:
        page = open_gml(replace(request, path=str(path), form="gml"), is_page=True)
        pages.append(page)
        # To its end at once: GDAL has one file open at a time.
        batches.append(list(page.batches))
    _refuse_mixed_crs(pages)
    fields, findings = _join_fields(pages)
    types = {page.geometry_type for page in pages if page.geometry_type}
    return replace(
        pages[0],
        fields=tuple(fields.values()),
        batches=_join_batches(pages, batches, fields, manifest.counts),
        geometry_type=types.pop() if len(types) == 1 else ("Mixed" if types else None),
        has_geometry=any(page.has_geometry for page in pages),
        findings=(*findings, *dict.fromkeys(f for page in pages for f in page.findings)),
    )


def _refuse_mixed_crs(pages: list[OpenedSource]) -> None:
    found = sorted({page.crs or "none" for page in pages})
    if len(found) > 1:
        raise SourceUnreadable(
            f"The pages are in different coordinate systems: {', '.join(found)}. "
            "Tell the people who run the server.",
            code="CRS-MIXED",
        )


def _join_fields(
    pages: list[OpenedSource],
) -> tuple[dict[str, "pa.Field[Any]"], list[Finding]]:
    """Return each column once; one whose kind differs between pages is read as text."""
    fields: dict[str, pa.Field[Any]] = {}
    findings = []
    for page in pages:
        for each in page.fields:
            known = fields.setdefault(each.name, each)
            if known.type != each.type and known.type != pa.string():
                fields[each.name] = pa.field(each.name, pa.string())
                message = f"{each.name} is of different kinds on the pages; all were read as text."
                findings.append(Finding("TYPE-MIXED", "warning", message, field=each.name))
    return fields, findings


def _join_batches(
    pages: list[OpenedSource],
    batches: list[list[OpenedBatch]],
    fields: dict[str, "pa.Field[Any]"],
    counts: tuple[int, ...],
) -> Iterator[OpenedBatch]:
    has_geometry = any(page.has_geometry for page in pages)
    before = 0
    for page, some, count in zip(pages, batches, counts, strict=True):
        for batch in some:
            columns = dict(zip((f.name for f in page.fields), batch.columns, strict=True))
            empty = pa.nulls(len(batch.rows), pa.binary()) if has_geometry else None
            yield OpenedBatch(
                rows=[row + before for row in batch.rows],
                columns=[_fitted(columns.get(f.name), f, len(batch.rows)) for f in fields.values()],
                wkb=empty if batch.wkb is None else batch.wkb,
                spoilt=tuple(_moved(each, before) for each in batch.spoilt),
            )
        before += count


def _fitted(column: "pa.Array[Any] | None", wanted: "pa.Field[Any]", rows: int) -> "pa.Array[Any]":
    if column is None:
        return pa.nulls(rows, wanted.type)
    return column if column.type == wanted.type else column.cast(wanted.type)


def _moved(spoilt: Spoilt, before: int) -> Spoilt:
    finding, raw = spoilt
    if finding.row is None:
        return spoilt
    row = finding.row + before
    message = finding.message.replace(f"Feature {finding.row}:", f"Feature {row}:", 1)
    return replace(finding, row=row, message=message), raw
