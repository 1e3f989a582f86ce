"""What a check must say, worked out by shapely from whole shapes, feature by feature.

It knows nothing of pieces, editions or SQL: only the definitions of docs/developers/constraints.md.
EPSG:27700, metres.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

TOUCHING_M = 0.01


@dataclass(frozen=True)
class Expected:
    """``findings`` by feature: how it meets the site, and by how many square metres.

    ``is_too_near``: site and nearest are points that may be the same place.
    """

    findings: Mapping[str, tuple[str, float | None]]
    nearest: tuple[str, float] | None
    uncovered_m2: float | None
    overlap_m2: float | None
    is_too_near: bool


def expect(
    site: BaseGeometry,
    features: Mapping[str, BaseGeometry],
    area: BaseGeometry | None,
    *,
    accuracy_m: float = 1.0,
    margin_m: float = 100.0,
) -> Expected:
    near = {
        key: shape
        for key, shape in features.items()
        if shapely.dwithin(shape, site, max(margin_m, 1.0))
    }
    met = {key: shape for key, shape in near.items() if shape.distance(site) <= TOUCHING_M}
    findings = {key: meeting(site, shape, accuracy_m) for key, shape in met.items()}
    uncovered = None if area is None else site.difference(area)
    distances = sorted((shape.distance(site), key) for key, shape in near.items())
    return Expected(
        findings=findings,
        nearest=None if met or not distances else (distances[0][1], distances[0][0]),
        uncovered_m2=None if uncovered is None else _measure(uncovered),
        overlap_m2=_together(site, [met[key] for key, (how, _) in findings.items() if _is(how)]),
        is_too_near=not met and _is_too_near(site, near.values(), accuracy_m),
    )


def _is_too_near(site: BaseGeometry, shapes: Iterable[BaseGeometry], accuracy_m: float) -> bool:
    nearest = min(shapes, key=site.distance, default=site)
    return (
        shapely.get_dimensions([site, nearest]).tolist() == [0, 0]
        and 0 < site.distance(nearest) <= accuracy_m
    )


def meeting(
    site: BaseGeometry, feature: BaseGeometry, accuracy_m: float
) -> tuple[str, float | None]:
    if site.geom_type == "Point":
        return _around_point(site, feature), None
    dimension = shapely.get_dimensions(feature)
    if dimension == 0:
        inside = [
            part
            for part in shapely.get_parts(feature)
            if part.intersects(site) and part.distance(site.boundary) > TOUCHING_M
        ]
        return ("inside" if inside else "touches"), None
    shared = site.intersection(feature)
    size, whole = (shared.area, feature.area) if dimension == 2 else (shared.length, feature.length)
    overlap_m2 = size if dimension == 2 else None
    if dimension == 2 and site.area - size <= min(0.01, site.area / 1000):
        return "wholly", overlap_m2
    if whole - size <= min(0.01, whole / 1000):
        return "inside", overlap_m2
    if size < 0.01:
        return "touches", overlap_m2
    if _is_sliver(site, feature, dimension, accuracy_m):
        return "sliver", overlap_m2
    return ("partly" if dimension == 2 else "crosses"), overlap_m2


def _is_sliver(
    site: BaseGeometry, feature: BaseGeometry, dimension: int, accuracy_m: float
) -> bool:
    """Return whether all of an overlap is so near both edges that they may be one line."""
    overlap = site.intersection(feature)
    cores = [site.buffer(-accuracy_m, quad_segs=8)]
    if dimension == 2:
        cores.append(feature.buffer(-accuracy_m, quad_segs=8))
    if any(core.intersects(overlap) for core in cores):
        return False
    return any(not core.is_empty and core.distance(overlap) <= 2 * accuracy_m for core in cores)


def _around_point(site: BaseGeometry, feature: BaseGeometry) -> str:
    dimension = shapely.get_dimensions(feature)
    if dimension == 2:
        is_in = feature.intersects(site) and feature.boundary.distance(site) > TOUCHING_M
        return "wholly" if is_in else "touches"
    return "crosses" if dimension == 1 else "inside"


def _is(how: str) -> bool:
    return how not in ("touches", "sliver")


def _together(site: BaseGeometry, shapes: Sequence[BaseGeometry]) -> float | None:
    areas = [shape for shape in shapes if shapely.get_dimensions(shape) == 2]
    if site.geom_type == "Point" or not areas:
        return None
    return float(shapely.union_all([site.intersection(shape) for shape in areas]).area)


def _measure(uncovered: BaseGeometry) -> float:
    """Return its area; of a point that is not covered, 1."""
    if shapely.get_dimensions(uncovered) == 0 and not uncovered.is_empty:
        return 1.0
    return float(uncovered.area)
