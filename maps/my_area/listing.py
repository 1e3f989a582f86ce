"""A feature found near the place, as an item of a list and of the map."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from layers.query.found import FoundFeature
from layers.query.registry import PublishedLayer
from maps.distances import describe_length
from maps.field_values import describe_field, fields_after_title
from maps.my_area.asked import Asked
from maps.my_area.section import ListedFeature

_FACTS_SHOWN = 3
_SYMBOLS = 8


def next_symbol(asked: Asked) -> int:
    """Return the shape that the items of one more list share, 1 to 8."""
    return next(asked.symbols) % _SYMBOLS + 1


def list_feature(
    asked: Asked, layer: PublishedLayer, feature: FoundFeature, symbol: int
) -> ListedFeature:
    """Return the feature under the page's next number."""
    return ListedFeature(
        number=next(asked.numbers),
        symbol=symbol,
        slug=layer.slug,
        fid=feature.fid,
        title=feature.title,
        facts=facts_of(layer, feature.properties),
        distance=_distance(feature),
        longitude=feature.longitude,
        latitude=feature.latitude,
    )


def _distance(feature: FoundFeature) -> str:
    return describe_length(feature.distance_m) if feature.distance_m else _("This place is in it")


def facts_of(layer: PublishedLayer, properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a resident asks about a feature, in words."""
    values = [
        describe_field(field, properties)
        for field in fields_after_title(layer)
        if field.type != "url"
    ]
    given = [value for value in values if value.text][:_FACTS_SHOWN]
    # A text speaks for itself; a number or a yes needs to be told what it is of.
    return tuple(
        value.text if value.field.type == "text" else f"{value.field.title}: {value.text}"
        for value in given
    )
