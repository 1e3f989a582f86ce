"""The ground that every map is drawn on: the council's own areas, and its open spaces."""

from collections.abc import Iterable, Mapping
from typing import Any

from layers.query.registry import PublishedLayer

Box = tuple[float, float, float, float]


def find_backdrop(layers: Mapping[str, PublishedLayer]) -> PublishedLayer | None:
    """Return the first layer of areas, such as wards, in page order."""
    areas = (layer for layer in layers.values() if layer.is_area and is_polygonal(layer))
    return next(areas, None)


def find_ground(layers: Mapping[str, PublishedLayer]) -> PublishedLayer | None:
    """Return the first service that has a shape, such as parks, in page order."""
    shapes = (layer for layer in layers.values() if layer.is_service and is_polygonal(layer))
    return next(shapes, None)


def describe_backdrop(backdrop: PublishedLayer | None, home: Iterable[str] = ()) -> dict[str, Any]:
    """Return what the map's script needs to draw it, with the areas of ``home`` standing out."""
    if backdrop is None:
        return {}
    return {
        "title": backdrop.title,
        "attribution": backdrop.attribution,
        "itemsUrl": f"/api/collections/{backdrop.slug}/items",
        "titleField": backdrop.title_field,
        "home": list(home),
    }


def describe_ground(ground: PublishedLayer | None) -> dict[str, Any]:
    """Return what the map's script needs to shade it."""
    if ground is None:
        return {}
    return {"title": ground.title, "itemsUrl": f"/api/collections/{ground.slug}/items"}


def box_around(*extents_4326: Box | None) -> Box | None:
    """Return the box around several extents (west, south, east, north), leaving out None."""
    known = [extent for extent in extents_4326 if extent is not None]
    if not known:
        return None
    wests, souths, easts, norths = zip(*known, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def is_polygonal(layer: PublishedLayer) -> bool:
    return layer.geometry_type.endswith("Polygon")
