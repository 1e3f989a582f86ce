"""Reads the column of a table that holds shapes as WKT."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.read.child.flatten import flat_wkb
from importers.read.request import ReadRequest

# kind and message of a cell that is no shape, by its place from 0
WktFaults = dict[int, tuple[str, str]]

_MOST_DEEP = 8
_SHOWN_CHARACTERS = 60
_SRID = re.compile(r"\s*SRID\s*=\s*(\d{1,6})\s*;", re.IGNORECASE)
_CURVED = re.compile(r"CIRCULARSTRING|CURVE|SURFACE|TIN\b|TRIANGLE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WktColumn:
    """Which column it is; ``place`` counts from 0. ``crs`` is what the catalogue declares."""

    name: str
    place: int
    crs: str | None

    def read(self, cells: Sequence[str]) -> tuple[NDArray[np.object_], WktFaults]:
        """Return each cell as 2D WKB, None for an empty one, and what is wrong with the others."""
        faults: WktFaults = {}
        texts = np.full(len(cells), None, object)
        for place, cell in enumerate(cells):
            if fault := self._fault(cell):
                faults[place] = fault
            elif cell.strip():
                texts[place] = _SRID.sub("", cell, count=1)
        shapes = shapely.from_wkt(texts, on_invalid="ignore")
        for place in np.flatnonzero(shapely.is_missing(shapes)).tolist():
            if texts[place] is not None:
                said = texts[place][:_SHOWN_CHARACTERS]
                message = f"“{said}” in {self.name} is not WKT, as POINT (430000 286000) is."
                faults[place] = ("GEOM-INVALID", message)
        return flat_wkb(shapes), faults

    def _fault(self, cell: str) -> tuple[str, str] | None:
        """Return what GEOS must not be given, or cannot know."""
        if _depth(cell) > _MOST_DEEP:
            return "GEOM-TOO-DEEP", f"{self.name} nests shapes more than {_MOST_DEEP} deep."
        if _CURVED.search(cell):
            return (
                "GEOM-CURVE",
                f"{self.name} holds a curve. Export it with straight segments "
                "(in PostGIS: ST_CurveToLine).",
            )
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
            return WktColumn(name, place, request.crs)
    return None


def _depth(cell: str) -> int:
    """Return how deep parentheses nest: GEOS follows each by a call of its own, and crashes."""
    deepest = depth = 0
    for bracket in re.findall(r"[()]", cell):
        depth += 1 if bracket == "(" else -1
        deepest = max(deepest, depth)
    return deepest
