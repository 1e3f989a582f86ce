"""What search engines may list: the pages about the service, and each layer's."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from layers.query.registry import PublishedLayer, published_layers

# Addresses of places and of single features are too many, and of use to nobody in an index.
_PAGES = (
    "maps:start",
    "maps:catalogue",
    "maps:data",
    "api",
    "api-docs",
    "maps:accessibility",
    "maps:privacy",
)


class PagesSitemap(Sitemap):
    """The pages that every installation has."""

    def items(self) -> tuple[str, ...]:
        return _PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class LayersSitemap(Sitemap):
    """A page for each layer, as old as its edition."""

    def items(self) -> list[PublishedLayer]:
        return list(published_layers().values())

    def location(self, item: PublishedLayer) -> str:
        return reverse("maps:layer", args=[item.slug])

    def lastmod(self, item: PublishedLayer) -> datetime:
        return item.published_at


SITEMAPS = {"pages": PagesSitemap, "layers": LayersSitemap}
