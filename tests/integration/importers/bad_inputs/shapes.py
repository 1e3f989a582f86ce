"""Rows of trees with a place, for files that a library writes."""

from typing import Any

import shapely


def tree(ref: str, easting: float, northing: float, **cells: Any) -> dict[str, Any]:
    """Return a tree in EPSG:27700."""
    return {"ref": ref, "name": "Elm", **cells, "geometry": shapely.Point(easting, northing)}
