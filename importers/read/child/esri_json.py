"""Reads Esri JSON, an ArcGIS server's answer, by turning it into GeoJSON features."""

from dataclasses import replace
from typing import Any

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.crs_name import authority_code
from importers.read.child.epoch_dates import write_moments
from importers.read.child.esri_fields import date_fields, value_readers
from importers.read.child.esri_shapes import UnknownShape, geojson_geometry, has_curves
from importers.read.child.geojson import check_count, open_features, refuse_partial
from importers.read.child.geojson_geometry import Faults
from importers.read.child.opened import OpenedSource
from importers.read.request import ReadRequest

# Above these stand Esri's own numbers, which EPSG does not know.
_LARGEST_EPSG_CODE = 32_767
_WEB_MERCATOR = {102100: 3857, 102113: 3857}
_CURVES = Finding(
    "GEOM-CURVE",
    "warning",
    "Some shapes have curves, which were turned into short straight lines.",
)


def is_esri_json(root: Any) -> bool:
    """Return whether parsed JSON is a feature set of an ArcGIS server."""
    if not isinstance(root, dict) or not isinstance(root.get("features"), list):
        return False
    if "type" in root:
        return False
    first = root["features"][0] if root["features"] else None
    return "geometryType" in root or (isinstance(first, dict) and "attributes" in first)


def open_esri_json(root: dict[str, Any], request: ReadRequest) -> OpenedSource:
    """Return the features of an ArcGIS server's answer, numbered from 1.

    Codes of a domain become their words, and dates, which stand there as
    milliseconds since 1970, become ISO 8601. Curves become lines, with a warning.

    Raises
    ------
    SourceUnreadable
        ``SOURCE-PARTIAL``, ``NO-ROWS``, ``TOO-MANY-ROWS``, ``CRS-UNREADABLE``,
        ``COL-TOO-MANY`` or ``CELL-TOO-BIG``.
    """
    refuse_partial(root)
    if not root["features"]:
        raise SourceUnreadable("The answer has no features.", code="NO-ROWS")
    check_count(root["features"], request.limits)
    features, faults = esri_features(root)
    write_moments(features, date_fields(root.get("fields")))
    opened = open_features(
        features, form="Esri JSON", crs=esri_crs(root), limits=request.limits, known_faults=faults
    )
    return replace(opened, findings=(*opened.findings, *find_curves(root)))


def esri_features(root: dict[str, Any]) -> tuple[list[Any], Faults]:
    """Return a feature set's members as features of GeoJSON, and what is wrong with some.

    Codes of a domain become their words; dates stay as they are. A member that
    cannot be turned is left as it was; faults are by place from 0.
    """
    readers = value_readers(root.get("fields"))
    features: list[Any] = []
    faults: Faults = {}
    for place, member in enumerate(root["features"]):
        try:
            features.append(_feature(member, readers))
        except UnknownShape as fault:
            features.append(member)
            faults[place] = ("GEOM-INVALID", str(fault))
    return features, faults


def find_curves(root: dict[str, Any]) -> tuple[Finding, ...]:
    """Return a warning if some shape of a feature set is drawn with curves."""
    return (_CURVES,) if any(has_curves(member) for member in root["features"]) else ()


def _feature(member: Any, readers: dict[str, Any]) -> Any:
    attributes = member.get("attributes") if isinstance(member, dict) else None
    if not isinstance(attributes, dict):
        raise UnknownShape("it has no attributes, so that it is not a feature of Esri JSON.")
    return {
        "type": "Feature",
        "geometry": geojson_geometry(member.get("geometry")),
        "properties": {
            name: readers[name](value) if name in readers else value
            for name, value in attributes.items()
        },
    }


def esri_crs(root: dict[str, Any]) -> str | None:
    """Return the authority code of a feature set's coordinate system, None if it names none."""
    system = root.get("spatialReference")
    if not isinstance(system, dict):
        return None
    if isinstance(system.get("wkt"), str):
        return authority_code(system["wkt"])
    code = system.get("latestWkid", system.get("wkid"))
    if not isinstance(code, int):
        return None
    code = _WEB_MERCATOR.get(code, code)
    return f"EPSG:{code}" if code <= _LARGEST_EPSG_CODE else f"ESRI:{code}"
