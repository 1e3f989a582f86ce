"""Addresses of pages that one page may link to by the hundred: worked out once for each layer."""

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse

_ANYTHING = "ANYTHING"
# As Django quotes a part of an address.
_SAFE = "!$&'()*+,;=~:@"


def feature_page(slug: str, fid: str) -> str:
    """Return the address of a feature's page, of a layer."""
    return _before("maps:feature", slug) + quote(fid, safe=_SAFE)


def nearest_page(slug: str, place: str) -> str:
    """Return the address of the page of a layer's features nearest to a place."""
    return _before("maps:nearest", slug) + quote(place, safe=_SAFE)


@lru_cache(maxsize=2_000)
def _before(page: str, slug: str) -> str:
    return reverse(page, args=[slug, _ANYTHING]).removesuffix(_ANYTHING)
