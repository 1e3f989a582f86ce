"""How heavy a layer is for whoever draws it whole."""

from functools import lru_cache

from django.contrib.gis.db.models.functions import NumPoints
from django.db.models import Sum

from layers.models import Feature
from layers.query.registry import PublishedLayer

_MOST_FEATURES = 1_000
_MOST_BYTES = 1_000_000
# As GeoJSON has it: “[-1.8985123,52.4793456],”, and what is said of a feature.
_BYTES_A_VERTEX = 24
_BYTES_A_FEATURE = 400


def is_drawn_whole(layer: PublishedLayer) -> bool:
    """Return whether a browser should read a layer whole, as GeoJSON, rather than as tiles.

    Up to 1,000 features and about 1 MB it is quicker, and filters and names are exact.
    """
    return layer.feature_count <= _MOST_FEATURES and (
        _bytes_of(layer.edition_id, layer.feature_count) <= _MOST_BYTES
    )


@lru_cache(maxsize=1_000)
def _bytes_of(edition_id: int, feature_count: int) -> int:
    """Return about how many bytes an edition is as GeoJSON. An edition never changes."""
    vertices = (
        Feature.objects.using("read")
        .filter(edition_id=edition_id)
        .aggregate(vertices=Sum(NumPoints("geom_4326")))["vertices"]
    )
    return (vertices or 0) * _BYTES_A_VERTEX + feature_count * _BYTES_A_FEATURE
