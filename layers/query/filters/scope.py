"""What every part of a translation needs: the layer, the CRS of literals, and the values."""

from dataclasses import dataclass

from layers.query.filters.binder import Binder
from layers.query.filters.crs import FilterCrs
from layers.query.registry import PublishedLayer


@dataclass(frozen=True, slots=True)
class Scope:
    """One translation."""

    layer: PublishedLayer
    crs: FilterCrs
    binder: Binder
