"""What is at a point, of every layer that is switched on: in the words of the layers' own pages."""

import math
from dataclasses import dataclass

from layers.query.feature_names import name_in_words
from layers.query.found import FoundFeature
from layers.query.nearest import features_within
from layers.query.registry import PublishedLayer
from maps.field_values import FieldValue, describe_field
from maps.web_map.asked import LayerAsked
from maps.web_map.places_in_grid import GridPoint

MOST_OF_A_LAYER = 20
# A filter is applied to what is near: more has to be looked at.
_LOOKED_AT = 100
# A fingertip: what is that close to it was meant.
_TOLERANCE_PX = 8
_LEAST_TOLERANCE_M, _MOST_TOLERANCE_M = 1.0, 500.0
_METRES_A_PIXEL_AT_0 = 156543.03


@dataclass(frozen=True, slots=True)
class FeatureHere:
    """A feature at the point. ``values`` are those that its source gives."""

    fid: str
    title: str
    values: tuple[FieldValue, ...]
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class LayerHere:
    """What of a layer is at the point; with ``has_more``, more than are listed."""

    layer: PublishedLayer
    features: tuple[FeatureHere, ...]
    has_more: bool


def tolerance_m(zoom: float, latitude: float) -> float:
    """Return how many metres a fingertip is wide at a zoom of the web map."""
    metres = _TOLERANCE_PX * _METRES_A_PIXEL_AT_0 * math.cos(math.radians(latitude)) / 2**zoom
    return min(max(metres, _LEAST_TOLERANCE_M), _MOST_TOLERANCE_M)


def find_here(
    asked: tuple[LayerAsked, ...], point: GridPoint, within_m: float
) -> tuple[LayerHere, ...]:
    """Return what there is within ``within_m`` metres of a point, of each layer, the top first."""
    found = features_within(
        [each.layer for each in asked],
        point.easting,
        point.northing,
        limit=_LOOKED_AT if any(each.filter.is_asked for each in asked) else MOST_OF_A_LAYER + 1,
        distance_m=within_m,
    )
    return tuple(_describe(each, found[each.slug]) for each in asked)


def _describe(asked: LayerAsked, found: list[FoundFeature]) -> LayerHere:
    layer = asked.layer
    meant = [each for each in found if asked.filter.keeps(layer, each.properties)]
    return LayerHere(
        layer,
        tuple(_describe_feature(layer, each) for each in meant[:MOST_OF_A_LAYER]),
        len(meant) > MOST_OF_A_LAYER or len(found) >= _LOOKED_AT,
    )


def _describe_feature(layer: PublishedLayer, feature: FoundFeature) -> FeatureHere:
    values = (describe_field(field, feature.properties) for field in layer.fields)
    return FeatureHere(
        fid=feature.fid,
        title=name_in_words(layer, feature.title),
        values=tuple(value for value in values if value.text),
        longitude=feature.longitude,
        latitude=feature.latitude,
    )
