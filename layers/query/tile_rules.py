"""What the tiles of a layer hold, decided from how many features it has and how far they spread.

Nobody has to set anything. Few enough for a screen: each feature is there. More: a grid of cells,
each with a ``count``.
"""

from dataclasses import dataclass
from functools import lru_cache

from layers.query.registry import PublishedField, PublishedLayer
from layers.query.tile_grid import Box, tiles_covered

# 6 mm on the ground to a unit: clients enlarge from here.
MAX_ZOOM = 20
# Cells that a tile is wide.
CELLS = 64
# Features of a layer that a tile holds on average, from the zoom on where each is shown.
MOST_ON_AVERAGE = 5_000
_PLACES = {"Point": "geom_4326", "MultiPoint": "ST_Centroid(geom_4326)"}


@dataclass(frozen=True, slots=True)
class TileRules:
    """What the tiles of a layer hold.

    Below ``cells_below`` they hold cells with a ``count``; from there on features, with their
    ``fid`` and ``fields``.
    """

    cells_below: int
    fields: tuple[PublishedField, ...]


def tile_rules(layer: PublishedLayer) -> TileRules | None:
    """Return what the tiles of a layer hold, or None for a layer without any location."""
    if layer.extent_4326 is None:
        return None
    return TileRules(cells_below(layer.extent_4326, layer.feature_count), _tile_fields(layer))


@lru_cache(maxsize=512)
def cells_below(extent_4326: Box, feature_count: int) -> int:
    """Return from which zoom on features are shown, 0 where they always are."""
    on_average = (feature_count / tiles_covered(extent_4326, zoom) for zoom in range(MAX_ZOOM))
    return sum(count > MOST_ON_AVERAGE for count in on_average)


def place_of_feature(geometry_type: str) -> str:
    """Return SQL of the point (EPSG:4326) that stands for a feature where it is counted."""
    return _PLACES.get(geometry_type, "centroid_4326")


def _tile_fields(layer: PublishedLayer) -> tuple[PublishedField, ...]:
    """Return the public fields by which a map names, filters and styles a layer.

    A field called ``fid`` would stand in the way of the id by which a client looks a feature up.
    """
    named = {layer.title_field, layer.datetime_field}
    return tuple(
        field
        for field in layer.fields
        if field.name != "fid" and (field.is_queryable or field.name in named)
    )
