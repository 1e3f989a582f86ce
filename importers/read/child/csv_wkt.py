"""Reads the column of a table that holds shapes as WKT."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.findings import Finding
from importers.invisible import strip_unseen
from importers.read.child.curves import ARC_STEP_DEGREES, CURVED, straighten
from importers.read.child.flatten import DROPPED_HEIGHTS, flat_wkb, has_more_than_xy
from importers.read.request import ReadRequest

# kind and message of a cell that is no shape, by its place from 0
WktFaults = dict[int, tuple[str, str]]

_MOST_DEEP = 8
_SHOWN_CHARACTERS = 60
_SRID = re.compile(r"\s*SRID\s*=\s*(\d{1,6})\s*;", re.IGNORECASE)
_SURFACE = re.compile(r"POLYHEDRALSURFACE|\bTIN\b|TRIANGLE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WktShapes:
    """A column's shapes as 2D WKB, None for an empty cell; faults and curves by place from 0."""

    wkb: NDArray[np.object_]
    faults: WktFaults
    straightened: tuple[int, ...]
    has_heights: bool


@dataclass(frozen=True, slots=True)
class WktColumn:
    """Which column it is; ``place`` counts from 0. ``crs`` is what the catalogue declares."""

    name: str
    place: int
    crs: str | None
    scratch: Path

    def read(self, cells: Sequence[str]) -> WktShapes:
        """Return the shape of each cell, and what is wrong with those that have none."""
        faults: WktFaults = {}
        texts = np.full(len(cells), None, object)
        curved = []
        for place, cell in enumerate(map(strip_unseen, cells)):
            if fault := self._fault(cell):
                faults[place] = fault
            elif cell:
                texts[place] = _SRID.sub("", cell, count=1)
                if CURVED.search(cell):
                    curved.append(place)
        shapes = self._shapes(texts, curved)
        for place in np.flatnonzero(shapely.is_missing(shapes)).tolist():
            if texts[place] is not None:
                said = texts[place][:_SHOWN_CHARACTERS]
                message = f"“{said}” in {self.name} is not WKT, as POINT (430000 286000) is."
                faults[place] = ("GEOM-INVALID", message)
        # As bytes such a point is an empty one, and nobody would know what was wrong with it.
        is_nan = np.isnan(shapely.bounds(shapes)[:, 0]) & ~shapely.is_empty(shapes)
        is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
        for place in np.flatnonzero(is_nan & is_point).tolist():
            faults[place] = ("GEOM-NAN", f"a coordinate in {self.name} is not a number.")
        straightened = tuple(place for place in curved if place not in faults)
        return WktShapes(flat_wkb(shapes), faults, straightened, has_more_than_xy(shapes))

    def _shapes(self, texts: NDArray[np.object_], curved: list[int]) -> NDArray[np.object_]:
        plain = texts.copy()
        plain[curved] = None
        with np.errstate(invalid="ignore"):
            shapes: NDArray[np.object_] = shapely.from_wkt(plain, on_invalid="ignore")
        if curved:
            shapes[curved] = straighten(texts[curved].tolist(), self.scratch)
        return shapes

    def tell(self, read: WktShapes, rows: Sequence[int]) -> tuple[Finding, ...]:
        """Return what was done to the shapes of ``rows``."""
        message = (
            f"The curve in {self.name} was made of straight segments, each {ARC_STEP_DEGREES:g}° "
            "of its arc."
        )
        curves = (
            Finding("GEOM-CURVE", "fixed", message, rows[place], self.name)
            for place in read.straightened
        )
        return (*curves, *((DROPPED_HEIGHTS,) if read.has_heights else ()))

    def _fault(self, cell: str) -> tuple[str, str] | None:
        """Return what GEOS must not be given, or cannot know."""
        if _depth(cell) > _MOST_DEEP:
            return "GEOM-TOO-DEEP", f"{self.name} nests shapes more than {_MOST_DEEP} deep."
        if _SURFACE.search(cell):
            return "GEOM-SURFACE", f"{self.name} holds a surface in space; a map takes flat areas."
        said = _SRID.match(cell)
        if said and f"EPSG:{said.group(1)}" != self.crs:
            return (
                "CRS-MISMATCH",
                f"{self.name} says SRID={said.group(1)}, and the catalogue says {self.crs}.",
            )
        return None


def find_wkt_column(names: Sequence[str], request: ReadRequest) -> WktColumn | None:
    """Return the column that the catalogue names, None where it names none that is there."""
    wanted = (request.wkt or "").strip().casefold()
    for place, name in enumerate(names):
        if wanted and name.casefold() == wanted:
            return WktColumn(name, place, request.crs, Path(request.scratch))
    return None


def _depth(cell: str) -> int:
    """Return how deep parentheses nest: GEOS follows each by a call of its own, and crashes."""
    deepest = depth = 0
    for bracket in re.findall(r"[()]", cell):
        depth += 1 if bracket == "(" else -1
        deepest = max(deepest, depth)
    return deepest
