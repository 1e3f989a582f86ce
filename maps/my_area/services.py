"""The services nearest to the place, subject by subject."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from maps.my_area.asked import Asked, is_listed_service
from maps.my_area.listing import list_feature, next_symbol
from maps.my_area.section import ItemList, Section

# After so many lists, in page order, one says how far the nearest is and links to more: a page
# of a hundred services would otherwise be read by nobody.
_WHOLE_LISTS = 12


def describe_services(asked: Asked) -> Iterator[Section]:
    by_theme: dict[str, list[PublishedLayer]] = {}
    for layer in asked.standing.public.values():
        if is_listed_service(layer):
            by_theme.setdefault(layer.theme, []).append(layer)
    whole = set(
        islice((layer.slug for layers in by_theme.values() for layer in layers), _WHOLE_LISTS)
    )
    for theme, layers in by_theme.items():
        lists = [_nearest(asked, layer, is_whole=layer.slug in whole) for layer in layers]
        if len(lists) == 1:
            lists = [replace(lists[0], has_heading=False)]
        yield Section(
            anchor=f"near-{theme}",
            title=_("%(subject)s near here") % {"subject": _subject(layers)},
            template="maps/my_area/_services.html",
            easy=(_("Distances are in a straight line. The way there is longer."),),
            lists=tuple(lists),
            layers=tuple(layers),
        )


def _subject(layers: list[PublishedLayer]) -> str:
    """Return the subject's title, or what it comes down to: “Libraries”, not “Learning”."""
    return layers[0].title if len(layers) == 1 else layers[0].theme_title


def _nearest(asked: Asked, layer: PublishedLayer, *, is_whole: bool) -> ItemList:
    symbol = next_symbol(asked)
    found = asked.nearest[layer.slug] if is_whole else asked.nearest[layer.slug][:1]
    return ItemList(
        anchor=f"nearest-{layer.slug}",
        title=layer.title,
        symbol=symbol,
        layer=layer,
        items=tuple(list_feature(asked, layer, feature, symbol) for feature in found),
    )
