"""Do polygons that must fit together overlap, or leave gaps between them?"""

from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.findings import Finding
from importers.transform.batch import PreparedBatch

# Boundaries drawn by different hands differ by slivers; from these sizes on someone should look.
_LEAST_AREA_M2 = 1.0
_LEAST_GAP_WIDTH_M = 1.0
_TOLD_ONE_BY_ONE = 200


@dataclass
class TopologyReport:
    """Gathers a layer's polygons, in EPSG:27700, and says at the end how they fit together."""

    shapes: list[shapely.Geometry] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def add(self, batch: PreparedBatch) -> None:
        """Take in the polygons that are to be published."""
        for at in np.flatnonzero(~shapely.is_missing(batch.geom_27700)):
            self.shapes.append(batch.geom_27700[at])
            self.keys.append(batch.keys[at])
            self.rows.append(int(batch.rows[at]))

    def findings(self) -> list[Finding]:
        """Return a warning for each pair that overlaps and for each gap that is enclosed."""
        if not self.shapes:
            return []
        shapes = np.array(self.shapes, dtype=object)
        return [*self._overlaps(shapes), *_gaps(shapes)]

    def _overlaps(self, shapes: NDArray[np.object_]) -> list[Finding]:
        first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        once = first < second
        first, second = first[once], second[once]
        shared = shapely.intersection(shapes[first], shapes[second])
        areas_m2 = shapely.area(shared)
        large = np.flatnonzero(areas_m2 >= _LEAST_AREA_M2)
        largest_first = large[np.argsort(-areas_m2[large])]
        told = [
            self._tell_overlap(int(first[at]), int(second[at]), shared[at])
            for at in largest_first[:_TOLD_ONE_BY_ONE]
        ]
        if (others := len(large) - len(told)) > 0:
            told.append(Finding("LAYER-OVERLAP", "warning", f"And {others:,} smaller overlaps."))
        return told

    def _tell_overlap(self, first: int, second: int, shared: shapely.Geometry) -> Finding:
        message = (
            f"“{self.keys[first]}” (row {self.rows[first]}) and “{self.keys[second]}” (row "
            f"{self.rows[second]}) overlap by {shapely.area(shared):,.0f} m², near "
            f"{_place(shared)}. In this layer no two areas should."
        )
        row = self.rows[second]
        return Finding("LAYER-OVERLAP", "warning", message, row, value=self.keys[second])


def _gaps(shapes: NDArray[np.object_]) -> list[Finding]:
    """Return a warning for each hole in the whole that all of them make."""
    rings = _rings(shapely.union_all(shapes))
    if not rings:
        return []
    holes = shapely.polygons(rings)
    wide = holes[~shapely.is_empty(shapely.buffer(holes, -_LEAST_GAP_WIDTH_M / 2))]
    return [
        Finding(
            "LAYER-GAP",
            "warning",
            f"There is a gap of {shapely.area(hole):,.0f} m² between areas, near {_place(hole)}. "
            "In this layer the areas should meet.",
        )
        for hole in wide[np.argsort(-shapely.area(wide))][:_TOLD_ONE_BY_ONE]
    ]


def _rings(whole: shapely.Geometry) -> list[shapely.Geometry]:
    polygons = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]
    return [
        shapely.get_interior_ring(one, at) for one in polygons for at in range(_ring_count(one))
    ]


def _ring_count(polygon: shapely.Geometry) -> int:
    return int(shapely.get_num_interior_rings(polygon))


def _place(shape: shapely.Geometry) -> str:
    point = shapely.point_on_surface(shape)
    return f"{shapely.get_x(point):.0f} {shapely.get_y(point):.0f}"
