"""What the desk's maps are told: where to look, what to ask for, what to say."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from desk.queries.differences import MOST_ON_A_MAP
from layers.models import Edition, Layer
from layers.query.registry import PublishedLayer, published_layers

_AROUND_A_POINT_DEGREES = 0.01


def describe_difference_map(edition: Edition, run_id: int, total: int) -> dict[str, Any] | None:
    """Return the settings of a difference's map; None for a layer without locations."""
    box = _box_around([edition.extent_4326, _extent_before(edition)])
    if box is None:
        return None
    return {
        "label": f"Map of what edition {edition.pk} changes. Arrow keys move it; "
        "plus and minus zoom.",
        "box": box,
        "differenceUrl": reverse("desk:geojson", args=[run_id]),
        "colour": edition.layer.style.get("colour"),
        "isFirst": edition.compared_with_id is None,
        "backdrop": _describe_backdrop(),
        "texts": {
            "shown": _how_many(total),
            "failed": "The map could not be loaded. The list has every one, page by page.",
            "added": "New" if edition.compared_with_id is None else "Added",
            "changed": "Changed",
            "removed": "Removed",
        },
    }


def describe_places_map(layer: Layer, places: Sequence[Sequence[float]]) -> dict[str, Any] | None:
    """Return the settings of a map of sample places (longitude, latitude); None without any."""
    if not places:
        return None
    longitudes, latitudes = zip(*places, strict=True)
    backdrop = _find_backdrop()
    extent = list(backdrop.extent_4326) if backdrop and backdrop.extent_4326 else None
    box = _box_around([[min(longitudes), min(latitudes), max(longitudes), max(latitudes)], extent])
    return {
        "label": f"Map of the first places of {layer.title}. Arrow keys move it; "
        "plus and minus zoom.",
        "box": box,
        "places": [list(place) for place in places],
        "colour": layer.style.get("colour"),
        "backdrop": _describe_backdrop(),
        "texts": {"shown": f"The first {len(places):,} places of the source, as they were read."},
    }


def _how_many(total: int) -> str:
    if total > MOST_ON_A_MAP:
        return (
            f"The map shows the first {MOST_ON_A_MAP:,} of {total:,}. "
            "The list has every one, page by page."
        )
    return f"All {total:,} with a location are on the map, numbered as in the list."


def _extent_before(edition: Edition) -> list[float] | None:
    before = edition.compared_with
    return before.extent_4326 if before is not None else None


def _box_around(extents: Sequence[list[float] | None]) -> list[float] | None:
    known = [extent for extent in extents if extent]
    if not known:
        return None
    wests, souths, easts, norths = zip(*known, strict=True)
    return [
        min(wests) - _AROUND_A_POINT_DEGREES,
        min(souths) - _AROUND_A_POINT_DEGREES,
        max(easts) + _AROUND_A_POINT_DEGREES,
        max(norths) + _AROUND_A_POINT_DEGREES,
    ]


def _find_backdrop() -> PublishedLayer | None:
    areas = (
        layer
        for layer in published_layers().values()
        if layer.is_area and layer.geometry_type.endswith("Polygon")
    )
    return next(areas, None)


def _describe_backdrop() -> dict[str, Any]:
    backdrop = _find_backdrop()
    if backdrop is None:
        return {}
    return {
        "title": backdrop.title,
        "attribution": backdrop.attribution,
        "itemsUrl": f"/api/collections/{backdrop.slug}/items",
        "titleField": backdrop.title_field,
    }
