"""The services nearest to the place, subject by subject."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from maps.my_area.asked import Asked, is_listed_service
from maps.my_area.listing import list_feature, next_symbol
from maps.my_area.section import ItemList, Section


def describe_services(asked: Asked) -> Iterator[Section]:
    by_theme: dict[str, list[PublishedLayer]] = {}
    for layer in asked.standing.public.values():
        if is_listed_service(layer):
            by_theme.setdefault(layer.theme, []).append(layer)
    for theme, layers in by_theme.items():
        lists = tuple(_nearest(asked, layer) for layer in layers)
        yield Section(
            anchor=f"near-{theme}",
            title=_("%(theme)s near here") % {"theme": layers[0].theme_title},
            template="maps/my_area/_services.html",
            lists=lists,
            layers=tuple(layers),
        )


def _nearest(asked: Asked, layer: PublishedLayer) -> ItemList:
    symbol = next_symbol(asked)
    return ItemList(
        anchor=f"nearest-{layer.slug}",
        title=layer.title,
        symbol=symbol,
        layer=layer,
        items=tuple(
            list_feature(asked, layer, feature, symbol) for feature in asked.nearest[layer.slug]
        ),
    )
