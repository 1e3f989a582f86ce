"""Reads GeoJSON by one strict parser: what was checked is what is read.

GDAL's driver is not used: it would parse the file a second time by other rules,
and turns a geometry that it cannot read into one that is not there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.geojson_crs import find_crs
from importers.read.child.geojson_geometry import (
    GEOMETRY_TYPES,
    Faults,
    FeatureGeometries,
    read_geometries,
)
from importers.read.child.geojson_properties import PropertyColumns, read_properties
from importers.read.child.json_syntax import parse_json, to_json_text
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

_TOLD_CHARACTERS = 200


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the features of a FeatureCollection, numbered from 1.

    Raises
    ------
    SourceUnreadable
        ``JSON-…`` for what is not JSON, ``SOURCE-ERROR`` and ``SOURCE-PARTIAL``
        for a server's answer, ``GEOJSON-ROOT``, ``NO-ROWS``, ``TOO-MANY-ROWS``,
        ``COL-TOO-MANY``, ``CELL-TOO-BIG`` or ``CRS-UNREADABLE``.
    """
    return open_collection(
        parse_json(Path(request.path).read_bytes(), request.limits), request.limits
    )


def open_collection(root: Any, limits: ReadLimits) -> OpenedSource:
    """Return the features of a parsed FeatureCollection, as `open_source` does."""
    features = _features(root, limits)
    return open_features(features, form="GeoJSON", crs=find_crs(root), limits=limits)


def collection_of(root: Any) -> Any:
    """Return parsed GeoJSON that is one feature or geometry as a collection; all else as it is."""
    kind = root.get("type") if isinstance(root, dict) else None
    if kind == "Feature":
        feature = root
    elif isinstance(kind, str) and kind in GEOMETRY_TYPES:
        feature = {"type": "Feature", "properties": {}, "geometry": root}
    else:
        return root
    return {"type": "FeatureCollection", "features": [feature], "crs": root.get("crs")}


def open_features(
    features: list[Any],
    *,
    form: str,
    crs: str | None,
    limits: ReadLimits,
    known_faults: Faults | None = None,
) -> OpenedSource:
    """Return parsed features as a source, numbered from 1.

    Parameters
    ----------
    known_faults
        What is wrong with members of ``features`` that are none, by their place from 0.

    Raises
    ------
    SourceUnreadable
        ``COL-TOO-MANY`` or ``CELL-TOO-BIG``.
    """
    geometries = read_geometries(features)
    properties = read_properties(features, limits)
    faults = {**properties.faults, **geometries.faults, **(known_faults or {})}
    return OpenedSource(
        form=form,
        fields=tuple(pa.field(name, array.type) for name, array in properties.columns.items()),
        batches=_batches(features, geometries, properties, faults, limits.batch_rows),
        crs=crs,
        encoding="utf-8",
        geometry_type=geometries.geometry_type,
        has_geometry=True,
        findings=(*geometries.findings, *properties.findings),
    )


def _features(root: Any, limits: ReadLimits) -> list[Any]:
    if isinstance(root, dict):
        refuse_partial(root)
    if not isinstance(root, dict) or root.get("type") != "FeatureCollection":
        raise refuse_root(root)
    features = root.get("features")
    if not isinstance(features, list) or not features:
        raise SourceUnreadable("The FeatureCollection has no features.", code="NO-ROWS")
    check_count(features, limits)
    return features


def refuse_partial(answer: dict[str, Any]) -> None:
    """Raise `SourceUnreadable` if a server says that it did not give all it has."""
    if _is_partial(answer):
        raise SourceUnreadable(
            "The server that made this file left out what was over its limit "
            "(exceededTransferLimit). Export it page by page, or as a whole from the database.",
            code="SOURCE-PARTIAL",
        )


def check_count(features: list[Any], limits: ReadLimits) -> None:
    """Raise `SourceUnreadable` for more features than one file may have."""
    if len(features) > limits.rows:
        raise SourceUnreadable(
            f"The file has {len(features):,} features and at most {limits.rows:,} are read. "
            "Send it in parts.",
            code="TOO-MANY-ROWS",
        )


def _is_partial(root: dict[str, Any]) -> bool:
    """Return whether a server says that this is not all, as ArcGIS does in either place."""
    within = root.get("properties")
    said = (root, within) if isinstance(within, dict) else (root,)
    return any(members.get("exceededTransferLimit") is True for members in said)


def refuse_root(root: Any) -> SourceUnreadable:
    """Return the refusal of JSON that is no FeatureCollection, which says what it is."""
    if isinstance(root, dict) and ("error" in root or "exceptions" in root):
        said = to_json_text(root.get("error", root.get("exceptions")))[:_TOLD_CHARACTERS]
        return SourceUnreadable(
            f"The file is a server's error answer, not data: {said}. Ask the server again, "
            "or tell the people who run it.",
            code="SOURCE-ERROR",
        )
    if isinstance(root, dict) and isinstance(root.get("type"), str):
        found = f"of type {root['type'][:40]}"
    else:
        found = "JSON without a type" if isinstance(root, dict) else "a list or a single value"
    return SourceUnreadable(
        f"GeoJSON must be a FeatureCollection, and this is {found}. "
        "Export it again as GeoJSON (from a map server: f=geojson).",
        code="GEOJSON-ROOT",
    )


def _batches(
    features: list[Any],
    geometries: FeatureGeometries,
    properties: PropertyColumns,
    faults: Faults,
    batch_rows: int,
) -> Iterator[OpenedBatch]:
    for start in range(0, len(features), batch_rows):
        places = range(start, min(start + batch_rows, len(features)))
        whole = np.array([place for place in places if place not in faults], np.int64)
        yield OpenedBatch(
            rows=[int(place) + 1 for place in whole],
            columns=[array.take(pa.array(whole)) for array in properties.columns.values()],
            wkb=pa.array(geometries.wkb[whole], pa.binary()),
            spoilt=tuple(
                (_fault(place, *faults[place]), to_json_text(features[place]))
                for place in places
                if place in faults
            ),
        )


def _fault(place: int, kind: str, message: str) -> Finding:
    return Finding(kind, "error", f"Feature {place + 1}: {message}", row=place + 1)
