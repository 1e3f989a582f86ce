"""The nearest of one service to one place: a page of them, farther ones on the next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from gazetteer.query import Place
from layers.query.found import FoundFeature
from layers.query.nearest import nearest_features
from layers.query.registry import PublishedLayer, layer_for_role, published_layers
from maps.backdrop import find_backdrop, find_ground
from maps.distances import describe_length
from maps.field_values import FieldValue, describe_field, fields_after_title
from maps.listed_feature import ListedFeature
from maps.opening_hours.describe import Hours, describe_hours, hours_fields
from maps.web_maps import describe_place_map

STEP = 10
MOST_SHOWN = 100
# Opening hours are read one by one: what is farther than this many others is not near.
_MOST_LOOKED_AT = 500
_MOST_FACTS = 8
# All are of one layer, so all have one shape on the map.
_SYMBOL = 1
_SMALLEST_RADIUS_M = 400.0


@dataclass(frozen=True, slots=True)
class NearestPage:
    """What the page says.

    ``shown_next`` is how many to ask for next, None when there are no more. With
    ``is_open_only`` the list has those that are open at ``moment``, of ``looked_at`` features;
    ``not_known`` of them may be open too, but nobody can tell.
    """

    place: Place
    layer: PublishedLayer
    items: tuple[ListedFeature, ...]
    shown_next: int | None
    moment: datetime
    has_hours: bool
    is_open_only: bool
    looked_at: int
    not_known: int
    sources: tuple[PublishedLayer, ...]
    web_map: dict[str, Any]


def describe_nearest(
    place: Place, layer: PublishedLayer, *, shown: int, is_open_only: bool, moment: datetime
) -> NearestPage:
    """Return the ``shown`` nearest features of a layer, or the nearest that are open."""
    is_open_only = is_open_only and bool(layer.opening_hours)
    limit = _MOST_LOOKED_AT if is_open_only else shown + 1
    found = nearest_features([layer], place.easting, place.northing, limit=limit)[layer.slug]
    looked_at = list(_look_through(layer, found, moment, until=shown if is_open_only else limit))
    wanted = [each for each in looked_at if not is_open_only or _kind(each[1]) == "open"]
    items = tuple(
        _describe_item(number, layer, *each) for number, each in enumerate(wanted[:shown], start=1)
    )
    layers = published_layers()
    return NearestPage(
        place=place,
        layer=layer,
        items=items,
        shown_next=shown + STEP if len(wanted) > shown and shown < MOST_SHOWN else None,
        moment=moment,
        has_hours=bool(layer.opening_hours),
        is_open_only=is_open_only,
        looked_at=len(looked_at),
        not_known=sum(_kind(hours) == "unknown" for _feature, hours in looked_at),
        sources=_find_sources(place, layer, layers),
        web_map=describe_place_map(place, layers, (), radius_m=_radius_m(items)),
    )


def _look_through(
    layer: PublishedLayer, found: Sequence[FoundFeature], moment: datetime, *, until: int
) -> Iterator[tuple[FoundFeature, Hours | None]]:
    """Give each feature with its hours, until one more than ``until`` are open."""
    count = 0
    for feature in found:
        hours = describe_hours(layer, feature.properties, moment)
        yield feature, hours
        count += _kind(hours) == "open"
        if count > until:
            return


def _describe_item(
    number: int, layer: PublishedLayer, feature: FoundFeature, hours: Hours | None
) -> ListedFeature:
    return ListedFeature(
        number=number,
        symbol=_SYMBOL,
        fid=feature.fid,
        title=feature.title,
        hours=hours,
        facts=tuple(islice(_facts(layer, feature), _MOST_FACTS)),
        distance=describe_length(feature.distance_m),
        distance_m=feature.distance_m,
        longitude=feature.longitude,
        latitude=feature.latitude,
    )


def _facts(layer: PublishedLayer, feature: FoundFeature) -> Iterator[FieldValue]:
    said_elsewhere = hours_fields(layer)
    for field in fields_after_title(layer):
        value = describe_field(field, feature.properties)
        if value.text and field.type != "url" and field.name not in said_elsewhere:
            yield value


def _kind(hours: Hours | None) -> str:
    return hours.state.kind if hours else ""


def _radius_m(items: tuple[ListedFeature, ...]) -> float:
    """Return how far the map has to reach to show every item."""
    return max([_SMALLEST_RADIUS_M, *(item.distance_m for item in items)])


def _find_sources(
    place: Place, layer: PublishedLayer, layers: Mapping[str, PublishedLayer]
) -> tuple[PublishedLayer, ...]:
    """Return each layer once that the page used or its map draws."""
    used = [layer, layer_for_role(place.source_role), find_backdrop(layers), find_ground(layers)]
    return tuple({each.slug: each for each in used if each is not None}.values())
