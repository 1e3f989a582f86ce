"""What pages say of layers: rendered once while a layer stays as it is."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from layers.query.registry import PublishedLayer
from maps.field_values import FieldValue, noun_of
from maps.page_addresses import feature_page, nearest_page

register = template.Library()
register.simple_tag(feature_page)

# Every layer of a large council, in both languages.
_MOST_REMEMBERED = 2_000
_remembered: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()


@register.simple_tag(takes_context=True)
def provenance(context: Context, layer: PublishedLayer) -> SafeString:
    """Say which layer an answer comes from, and of which day it is."""
    council = context.get("council")
    return _rendered(
        "maps/_provenance.html",
        layer,
        is_all_made_up=council is not None and council.is_all_made_up,
    )


@register.simple_tag
def attribution(layer: PublishedLayer) -> SafeString:
    """Name a layer's source and licence, as the licence wants it, and of which day it is."""
    return _rendered("maps/_source.html", layer)


@register.simple_tag
def nearest_link(layer: PublishedLayer, title: str, place: str) -> SafeString:
    """Link to the page of more of a layer near a place."""
    label = _rendered("maps/_nearest_link.html", layer, title=title)
    return format_html(
        '<a class="govuk-link nearest__more" href="{}">{}</a>',
        nearest_page(layer.slug, place),
        label,
    )


@register.simple_tag
def listed_facts(facts: Iterable[FieldValue]) -> SafeString:
    """List what is told of a feature: a page has hundreds, and a template's loop costs more."""
    return format_html_join(
        "", "<div><dt>{}</dt><dd>{}</dd></div>", ((fact.field.title, fact.text) for fact in facts)
    )


@register.simple_tag
def area_term(layer: PublishedLayer) -> SafeString:
    """Say what the areas of a layer are, and of which day they are."""
    return _rendered("maps/my_area/_area_term.html", layer)


def _rendered(name: str, layer: PublishedLayer, **words: Any) -> SafeString:
    # A layer's description and its edition are another when this moment is.
    key = (name, layer.slug, layer.edition_id, layer.changed_at, get_language(), *words.values())
    known = _remembered.get(key)
    if known is None:
        known = render_to_string(name, {"layer": layer, "noun": noun_of(layer), **words})
        _remembered[key] = known
        if len(_remembered) > _MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return known
