"""Everything about one place: the areas it lies in, and the services nearest to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from gazetteer.query import Place
from layers.models import Layer
from layers.query.containing import features_at
from layers.query.nearest import NearFeature, nearest_features
from layers.query.registry import PublishedLayer, layer_for_role, published_layers
from maps.backdrop import is_polygonal
from maps.distances import describe_distance
from maps.field_values import describe_field, fields_after_title, noun_of
from maps.web_maps import describe_place_map

_NEAREST_SHOWN = 3
# Schools differ in whom they take, so the nearest few may not suit.
_NEAREST_SHOWN_BY_THEME = {"education": 5}
_FACTS_SHOWN = 3
_SYMBOLS = 8


@dataclass(frozen=True, slots=True)
class ListedFeature:
    """A feature in the list and on the map, under one number."""

    number: int
    fid: str
    title: str
    facts: tuple[str, ...]
    distance: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class NearestSection:
    """The nearest features of one layer. ``symbol`` is the shape that they share."""

    layer: PublishedLayer
    symbol: int
    features: tuple[ListedFeature, ...]


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """Which features of a layer contain the place. ``is_known`` is False where no layer of
    ours covers it: an empty list then means nothing.
    """

    layer: PublishedLayer
    noun: str
    titles: tuple[str, ...]
    fids: tuple[str, ...]
    is_known: bool


@dataclass(frozen=True, slots=True)
class MyArea:
    """What one page says.

    ``missing`` are layers with nothing published: no answer at all. ``sources`` are all
    the layers that the page used or its map draws, as their licences want them named.
    """

    place: Place
    sentence: str
    areas: tuple[AreaAnswer, ...]
    constraints: tuple[AreaAnswer, ...]
    nearest: tuple[NearestSection, ...]
    missing: tuple[str, ...]
    sources: tuple[PublishedLayer, ...]
    web_map: dict[str, Any]


def describe_area(place: Place) -> MyArea:
    """Return everything there is to say about ``place``."""
    layers = published_layers()
    answers = _find_areas(layers, place)
    areas = tuple(answer for answer in answers if answer.layer.is_area)
    home = [fid for answer in areas for fid in answer.fids]
    nearest = tuple(_find_nearest(layers, place))
    return MyArea(
        place=place,
        sentence=_summarise(place, areas),
        areas=areas,
        constraints=tuple(answer for answer in answers if not answer.layer.is_area),
        nearest=nearest,
        missing=_layers_without_answers(),
        sources=_find_sources(place, answers, nearest),
        web_map=describe_place_map(place, layers, home),
    )


def _find_areas(layers: Mapping[str, PublishedLayer], place: Place) -> list[AreaAnswer]:
    asked = [
        layer
        for layer in layers.values()
        if (layer.is_area or layer.is_constraint) and is_polygonal(layer)
    ]
    found = features_at(asked, place.easting, place.northing)
    return [
        AreaAnswer(
            layer=layer,
            noun=noun_of(layer),
            titles=tuple(feature.title for feature in found[layer.slug]),
            fids=tuple(feature.fid for feature in found[layer.slug]),
            is_known=bool(found[layer.slug]) or (place.is_inside_council and not layer.is_area),
        )
        for layer in asked
    ]


def _summarise(place: Place, areas: Sequence[AreaAnswer]) -> str:
    names = [f"{title} {answer.noun.lower()}" for answer in areas for title in answer.titles]
    if not names:
        return ""
    return _("%(place)s is in %(areas)s.") % {
        "place": place.label,
        "areas": get_text_list(names, _("and")),
    }


def _find_nearest(layers: Mapping[str, PublishedLayer], place: Place) -> Iterator[NearestSection]:
    services = [layer for layer in layers.values() if layer.is_service]
    limit = max((_how_many(layer) for layer in services), default=0)
    found = nearest_features(services, place.easting, place.northing, limit=limit)
    numbers = count(1)
    for position, layer in enumerate(services):
        features = tuple(
            _list_feature(next(numbers), layer, feature)
            for feature in found[layer.slug][: _how_many(layer)]
        )
        yield NearestSection(layer, position % _SYMBOLS + 1, features)


def _how_many(layer: PublishedLayer) -> int:
    return _NEAREST_SHOWN_BY_THEME.get(layer.theme, _NEAREST_SHOWN)


def _list_feature(number: int, layer: PublishedLayer, feature: NearFeature) -> ListedFeature:
    return ListedFeature(
        number=number,
        fid=feature.fid,
        title=feature.title,
        facts=_facts(layer, feature.properties),
        distance=describe_distance(feature.distance_m),
        longitude=feature.longitude,
        latitude=feature.latitude,
    )


def _facts(layer: PublishedLayer, properties: Mapping[str, Any]) -> tuple[str, ...]:
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


def _find_sources(
    place: Place, answers: Iterable[AreaAnswer], nearest: Iterable[NearestSection]
) -> tuple[PublishedLayer, ...]:
    """Return each layer once; what the map draws beneath is among the answers' layers."""
    located_by = layer_for_role(place.kind)
    used = [located_by] if located_by else []
    used += [answer.layer for answer in answers]
    used += [section.layer for section in nearest]
    return tuple({layer.slug: layer for layer in used}.values())


def _layers_without_answers() -> tuple[str, ...]:
    titles = (
        Layer.objects.using("read")
        .filter(is_public=True, published_edition=None)
        .exclude(is_service=False, is_area=False, is_constraint=False)
        .values_list("title", flat=True)
    )
    return tuple(titles)
