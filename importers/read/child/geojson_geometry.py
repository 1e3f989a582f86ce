"""Turns the geometries of GeoJSON features into WKB, and says which cannot be."""

import math
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.findings import Finding
from importers.read.child.flatten import DROPPED_HEIGHTS, flat_wkb, has_more_than_xy
from importers.read.child.json_syntax import to_json_text

GEOMETRY_TYPES = frozenset(
    ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
    + ("GeometryCollection",)
)
_MOST_ORDINATES = 3
# Geometries turned into text for GEOS at a time: all at once would double the memory.
_AT_ONCE = 5_000
# kind and message of a feature that cannot become a row, by its place from 0
Faults = dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FeatureGeometries:
    """One geometry a feature: ``wkb`` holds bytes, or None where a feature has no location."""

    wkb: NDArray[np.object_]
    faults: Faults
    geometry_type: str | None
    findings: tuple[Finding, ...]


def read_geometries(features: list[Any]) -> FeatureGeometries:
    """Return the geometries of ``features`` as 2D WKB, x before y as the file has them."""
    faults: Faults = {}
    wkb = np.empty(len(features), object)
    types: set[str] = set()
    has_heights = False
    for start in range(0, len(features), _AT_ONCE):
        some = features[start : start + _AT_ONCE]
        geometries = _read_some(some, start, faults)
        wkb[start : start + _AT_ONCE] = flat_wkb(geometries)
        types |= _types(geometries)
        has_heights = has_heights or has_more_than_xy(geometries)
    return FeatureGeometries(
        wkb, faults, _one_type(types), (DROPPED_HEIGHTS,) if has_heights else ()
    )


def _read_some(features: list[Any], start: int, faults: Faults) -> NDArray[np.object_]:
    """Return the geometries, None where there is none; add what cannot be read to ``faults``."""
    texts = np.empty(len(features), object)
    for place, feature in enumerate(features):
        if fault := _feature_fault(feature):
            faults[start + place] = fault
        elif feature["geometry"] is not None:
            texts[place] = to_json_text(feature["geometry"])
    geometries: NDArray[np.object_] = shapely.from_geojson(texts, on_invalid="ignore")
    for place, text in enumerate(texts):
        if text is not None and geometries[place] is None:
            geometries[place] = _read_trimmed(features[place]["geometry"])
            if geometries[place] is None:
                faults[start + place] = _describe_fault(features[place]["geometry"])
    return geometries


def _feature_fault(feature: Any) -> tuple[str, str] | None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return "GEOJSON-FEATURE", "it is not a GeoJSON Feature."
    if "geometry" not in feature:
        return "GEOM-MISSING", "it has no geometry member; write null for a row without a place."
    geometry = feature["geometry"]
    if geometry is not None and not _has_known_type(geometry):
        return "GEOM-INVALID", "its geometry is not of a type that GeoJSON knows."
    return None


def _has_known_type(geometry: Any) -> bool:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    return isinstance(kind, str) and kind in GEOMETRY_TYPES


def _read_trimmed(geometry: dict[str, Any]) -> shapely.Geometry | None:
    """Return the geometry without what follows a third number in its positions, if that helps."""
    text = to_json_text(_trimmed(geometry))
    shape = shapely.from_geojson(text, on_invalid="ignore")
    return cast(shapely.Geometry | None, shape)


def _trimmed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _trimmed(each) for name, each in value.items()}
    if isinstance(value, list):
        is_position = len(value) > _MOST_ORDINATES and _only_numbers(value)
        return value[:_MOST_ORDINATES] if is_position else [_trimmed(each) for each in value]
    return value


def _describe_fault(geometry: dict[str, Any]) -> tuple[str, str]:
    coordinates = geometry.get("coordinates", geometry.get("geometries"))
    if coordinates is None:
        return "GEOM-EMPTY", "its geometry has no coordinates."
    if not _only_numbers(coordinates):
        return (
            "COORD-TYPE",
            "its coordinates are not all numbers (text, null or nothing stands among them).",
        )
    if _has_infinite(coordinates):
        return "COORD-RANGE", "one of its coordinates is larger than any number can be."
    return "GEOM-INVALID", (
        f"its coordinates do not make a {geometry['type']}: a position needs 2 or 3 numbers, "
        "a line 2 positions, and a ring 4 of which the last repeats the first."
    )


def _has_infinite(value: Any) -> bool:
    if isinstance(value, list):
        return any(_has_infinite(each) for each in value)
    return isinstance(value, float) and not math.isfinite(value)


def _only_numbers(value: Any) -> bool:
    if isinstance(value, dict):
        return _only_numbers(value.get("coordinates", value.get("geometries")))
    if isinstance(value, list):
        return all(_only_numbers(each) for each in value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _types(geometries: NDArray[np.object_]) -> set[str]:
    codes = np.unique(shapely.get_type_id(geometries))
    return {_TYPE_WORDS[shapely.GeometryType(code).name] for code in codes if code >= 0}


def _one_type(types: set[str]) -> str | None:
    """Return the one type of all geometries, ``Mixed`` of several, or None of none."""
    return next(iter(types), None) if len(types) < 2 else "Mixed"


_TYPE_WORDS = {name.upper(): name for name in GEOMETRY_TYPES}
