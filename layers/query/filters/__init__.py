"""Filters in CQL2 (OGC 21-065r2) as conditions on a layer's features."""

from layers.query.filters.compile import compile_filter
from layers.query.filters.equality import equality_conditions, parameter_names

__all__ = ["compile_filter", "equality_conditions", "parameter_names"]
