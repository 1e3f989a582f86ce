"""Reads GeoJSONSeq: one GeoJSON feature a line, or after each RS character (RFC 8142)."""

from pathlib import Path
from typing import Any

from importers.errors import SourceUnreadable
from importers.read.child.geojson import open_features
from importers.read.child.geojson_geometry import Faults
from importers.read.child.json_syntax import check_memory, parse_json
from importers.read.child.opened import OpenedSource
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

_RECORD_SEPARATOR = b"\x1e"
_LONGITUDE_LATITUDE = "EPSG:4326"  # RFC 7946; a sequence has no place for a crs member


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the features of the sequence, numbered from 1; blank lines do not count.

    A line that is no JSON spoils itself and not the others.

    Raises
    ------
    SourceUnreadable
        ``NO-ROWS``, ``TOO-MANY-ROWS``, ``COL-TOO-MANY`` or ``CELL-TOO-BIG``.
    """
    text = Path(request.path).read_bytes().removeprefix(b"\xef\xbb\xbf")
    check_memory(text, request.limits)
    separator = _RECORD_SEPARATOR if text.lstrip().startswith(_RECORD_SEPARATOR) else b"\n"
    records = [record for record in text.split(separator) if record.strip()]
    _check_size(len(records), request.limits)
    features: list[Any] = []
    faults: Faults = {}
    for place, record in enumerate(records):
        try:
            features.append(parse_json(record, request.limits))
        except SourceUnreadable as fault:
            features.append(record.decode(errors="replace"))
            faults[place] = (fault.code, str(fault))
    return open_features(
        features,
        form="GeoJSONSeq",
        crs=_LONGITUDE_LATITUDE,
        limits=request.limits,
        known_faults=faults,
    )


def refuse_lines(text: bytes, limits: ReadLimits) -> None:
    """Refuse JSON that breaks off, if it does because each line is a feature of its own.

    Raises
    ------
    SourceUnreadable
        ``FMT-MISMATCH``.
    """
    separator = _RECORD_SEPARATOR if text.lstrip().startswith(_RECORD_SEPARATOR) else b"\n"
    first_lines = text.removeprefix(b"\xef\xbb\xbf").strip().lstrip(separator)
    records = first_lines.split(separator, 2)[:2]
    if len(records) > 1 and all(_is_feature(record, limits) for record in records):
        raise SourceUnreadable(
            "The file is not GeoJSON but GeoJSONSeq, newline-delimited: each line is a feature of "
            "its own. Give it the ending .geojsonl, or export it as GeoJSON.",
            code="FMT-MISMATCH",
        )


def _is_feature(record: bytes, limits: ReadLimits) -> bool:
    try:
        value = parse_json(record, limits)
    except SourceUnreadable:
        return False
    return isinstance(value, dict) and value.get("type") == "Feature"


def _check_size(rows: int, limits: ReadLimits) -> None:
    if not rows:
        raise SourceUnreadable("The file has no features.", code="NO-ROWS")
    if rows > limits.rows:
        raise SourceUnreadable(
            f"The file has {rows:,} features and at most {limits.rows:,} are read. "
            "Send it in parts.",
            code="TOO-MANY-ROWS",
        )
