"""The panel beside the map: which layers there are, and the card of each that is switched on."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from layers.query.legend import Swatch, legend_of
from layers.query.registry import PublishedField, PublishedLayer
from maps.basemap import is_basemap
from maps.web_map.asked import LayerAsked
from maps.web_map.drawn_layer import describe_drawn_layer, describe_scale
from maps.web_map.filters import FieldFilter, LayerFilter, choices_of, filterable_fields


@dataclass(frozen=True, slots=True)
class FilterField:
    """A field of a layer's form. ``name`` is of the form, ``asked`` what is asked now.

    ``choices`` are values, words and whether it is asked; None where there are too many.
    """

    field: PublishedField
    name: str
    asked: FieldFilter | None
    choices: list[tuple[str, str, bool]] | None

    @property
    def is_number(self) -> bool:
        return self.field.type in ("integer", "number")


@dataclass(frozen=True, slots=True)
class Card:
    """A layer that is switched on, as the panel shows it."""

    asked: LayerAsked
    settings: dict[str, Any]
    legend: list[Swatch]
    scale: str
    filters: list[FilterField]

    @property
    def layer(self) -> PublishedLayer:
        return self.asked.layer

    @property
    def settings_id(self) -> str:
        return f"layer-settings-{self.asked.slug}"


def card_of(asked: LayerAsked) -> Card:
    layer = asked.layer
    return Card(
        asked,
        {**describe_drawn_layer(layer), "filterFields": _describe_fields(layer)},
        legend_of(layer),
        describe_scale(layer),
        [_filter_field(layer, field, asked.filter) for field in filterable_fields(layer)],
    )


def themes_of(layers: Iterable[PublishedLayer]) -> list[tuple[str, list[PublishedLayer]]]:
    """Return the layers to choose from, by theme: what can be drawn and lies not under all."""
    drawn = [layer for layer in layers if layer.extent_4326 and not is_basemap(layer)]
    ordered = sorted(drawn, key=lambda layer: (layer.theme_title, layer.title))
    return [
        (title, list(members))
        for title, members in groupby(ordered, key=lambda layer: layer.theme_title)
    ]


def _filter_field(layer: PublishedLayer, field: PublishedField, asked: LayerFilter) -> FilterField:
    now = next((each for each in asked.fields if each.field.name == field.name), None)
    choices = choices_of(layer, field)
    chosen = now.values if now else ()
    return FilterField(
        field,
        f"where.{layer.slug}.{field.name}",
        now,
        None if choices is None else [(value, words, value in chosen) for value, words in choices],
    )


def _describe_fields(layer: PublishedLayer) -> list[dict[str, str]]:
    return [{"name": field.name, "type": field.type} for field in filterable_fields(layer)]
