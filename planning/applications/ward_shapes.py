"""The wards as shapes for a small drawing."""

from dataclasses import dataclass
from functools import lru_cache

from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows
from planning.applications.sql import read_statement

# Of the drawing's longer side: finer than a pixel of a screen.
_FINENESS = 800


@dataclass(frozen=True, slots=True)
class WardShape:
    """``path`` is SVG's, in metres of EPSG:27700 with northings negated, for north is up.

    ``x`` and ``y`` are a point inside it, in the same metres.
    """

    fid: str
    path: str
    x: float
    y: float


def shapes_of(layer: PublishedLayer) -> tuple[WardShape, ...]:
    """Return the wards that have a shape, in the source's order."""
    if layer.extent_27700 is None:
        return ()
    west, south, east, north = layer.extent_27700
    return _read(layer.edition_id, max(east - west, north - south) / _FINENESS)


@lru_cache(maxsize=4)
def _read(edition_id: int, tolerance_m: float) -> tuple[WardShape, ...]:
    asked = {"edition_id": edition_id, "tolerance_m": tolerance_m}
    rows = fetch_rows(read_statement("ward_shapes"), asked)
    return tuple(WardShape(*row) for row in rows)
