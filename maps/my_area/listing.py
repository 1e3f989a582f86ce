"""A feature found near the place, as an item of a list and of the map."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from layers.query.found import FoundFeature
from layers.query.registry import PublishedField, PublishedLayer
from maps.distances import describe_length
from maps.field_values import FieldValue, describe_field, fields_after_title
from maps.listed_feature import ListedFeature
from maps.my_area.asked import Asked
from maps.opening_hours.describe import describe_hours, hours_fields

# Of a layer whose catalogue entry does not say what residents ask about.
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
        fid=feature.fid,
        title=feature.title,
        hours=describe_hours(layer, feature.properties, asked.moment),
        facts=facts_of(layer, feature.properties),
        distance=describe_length(feature.distance_m),
        distance_m=feature.distance_m,
        longitude=feature.longitude,
        latitude=feature.latitude,
    )


def facts_of(layer: PublishedLayer, properties: Mapping[str, Any]) -> tuple[FieldValue, ...]:
    """Return what residents ask about a feature: what the catalogue names, or the first fields."""
    if layer.facts:
        named = {field.name: field for field in layer.fields}
        return tuple(_given((named[name] for name in layer.facts if name in named), properties))
    said_elsewhere = hours_fields(layer)
    others = (field for field in fields_after_title(layer) if field.name not in said_elsewhere)
    return tuple(islice(_given(others, properties), _FACTS_SHOWN))


def _given(fields: Iterator[PublishedField], properties: Mapping[str, Any]) -> Iterator[FieldValue]:
    for field in fields:
        value = describe_field(field, properties)
        if value.text and field.type != "url":
            yield value
