"""Addresses of one search: its list, its counts, its feeds and its data."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from maps.applications.asked import PAGING, PARAMETERS


def address_of(page: str, values: Mapping[str, str], **changes: str) -> str:
    """Return the address of a search's page, in its one way of writing it.

    Parameters
    ----------
    page
        The name of its address in ``maps``, without ``applications``: "", "counts", "rss" …
    changes
        Other values of some parameters, empty to leave one out.
    """
    wanted = {name: text for name, text in values.items() if name not in PAGING} | changes
    pairs = [(name, wanted[name]) for name in (*PARAMETERS, *PAGING) if wanted.get(name)]
    name = f"maps:applications-{page}" if page else "maps:applications"
    return reverse(name) + (f"?{urlencode(pairs)}" if pairs else "")
