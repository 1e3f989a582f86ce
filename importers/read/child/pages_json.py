"""Joins pages of GeoJSON or Esri JSON: all features become one list, read as one file is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.epoch_dates import write_moments
from importers.read.child.esri_json import esri_crs, esri_features, find_curves
from importers.read.child.geojson import open_features
from importers.read.child.geojson_crs import find_crs
from importers.read.child.geojson_geometry import Faults
from importers.read.child.json_syntax import check_memory
from importers.read.child.opened import OpenedSource
from importers.read.child.page_json import JsonPage, read_json_page
from importers.read.limits import ReadLimits
from importers.read.pages import PagesManifest
from importers.read.request import ReadRequest


def join_json(request: ReadRequest, manifest: PagesManifest, paths: list[Path]) -> OpenedSource:
    """Return the features of all pages as one source.

    Raises
    ------
    SourceUnreadable
        ``SOURCE-PAGES``: a feature stands on two pages. ``SOURCE-PARTIAL``: one page does not
        hold what was counted. ``CRS-MIXED``: pages differ in their coordinate system.
    """
    check_memory(b"".join(path.read_bytes() for path in paths), request.limits)
    pages = [_read(path, request.limits) for path in paths]
    _check_counts(pages, manifest)
    features, faults, lists = _join(pages)
    findings = _find_repeats(lists, manifest.id_property) + _find_curves(pages)
    write_moments(features, manifest.epoch_properties)
    opened = open_features(
        features,
        form="GeoJSON",
        crs=_crs(pages, manifest),
        limits=request.limits,
        known_faults=faults,
    )
    return replace(opened, findings=(*findings, *opened.findings))


def _read(path: Path, limits: ReadLimits) -> JsonPage:
    return read_json_page(path.read_bytes(), limits)


def _check_counts(pages: list[JsonPage], manifest: PagesManifest) -> None:
    for number, (page, count) in enumerate(zip(pages, manifest.counts, strict=True), start=1):
        if len(page.features) != count:
            raise SourceUnreadable(
                f"Page {number} holds {len(page.features):,} features; {count:,} were counted when "
                "it was fetched. Fetch it again.",
                code="SOURCE-PARTIAL",
            )


def _join(pages: list[JsonPage]) -> tuple[list[Any], Faults, list[list[Any]]]:
    """Return all features, what is wrong with some by their place, and the features by page."""
    features: list[Any] = []
    faults: Faults = {}
    lists = []
    for page in pages:
        some, faulty = esri_features(page.root) if page.form == "esrijson" else (page.features, {})
        faults |= {len(features) + place: fault for place, fault in faulty.items()}
        features += some
        lists.append(some)
    return features, faults, lists


def _find_curves(pages: list[JsonPage]) -> tuple[Finding, ...]:
    return next(
        (found for page in pages if page.form == "esrijson" and (found := find_curves(page.root))),
        (),
    )


def _crs(pages: list[JsonPage], manifest: PagesManifest) -> str:
    found = {_page_crs(page, manifest) for page in pages}
    if len(found) > 1:
        raise SourceUnreadable(
            f"The pages are in different coordinate systems: {', '.join(sorted(found))}. "
            "Tell the people who run the server.",
            code="CRS-MIXED",
        )
    return found.pop()


def _page_crs(page: JsonPage, manifest: PagesManifest) -> str:
    if page.form == "esrijson":
        return _require_crs(esri_crs(page.root))
    if manifest.crs and page.root.get("crs") is None:
        return manifest.crs
    return find_crs(page.root)


def _require_crs(code: str | None) -> str:
    if code is None:
        raise SourceUnreadable(
            "The server does not say the coordinate system of its answer by its number.",
            code="CRS-UNREADABLE",
        )
    return code


def _find_repeats(lists: list[list[Any]], id_property: str | None) -> tuple[Finding, ...]:
    """Refuse a feature that stands on two pages; without names of their own, say which look so."""
    page_of: dict[Any, int] = {}
    alike = 0
    for number, features in enumerate(lists, start=1):
        for feature in features:
            name = _name(feature, id_property)
            key = orjson.dumps(feature) if name is None else name
            before = page_of.setdefault(key, number)
            if before != number:
                if name is not None:
                    raise _repeated(name, before, number)
                alike += 1
    if not alike:
        return ()
    message = f"{alike:,} features are the same, in everything, as one on an earlier page."
    return (Finding("PAGES-ALIKE", "warning", message),)


def _name(feature: Any, id_property: str | None) -> str | None:
    """Return what the server calls a feature: its id, or a property that is one."""
    if not isinstance(feature, dict):
        return None
    name = feature.get("id")
    properties = feature.get("properties")
    if name is None and id_property and isinstance(properties, dict):
        name = properties.get(id_property)
    return None if name is None else str(name)


def _repeated(name: str, before: int, number: int) -> SourceUnreadable:
    return SourceUnreadable(
        f"Feature {name[:60]} is on page {before} and again on page {number}: the server does not "
        "keep its features in one order, so that others are missing. Ask again later, or for "
        "all of them in one page.",
        code="SOURCE-PAGES",
    )
