"""Asks planning.data.gov.uk, or a server like it, for all entities of a search."""

from importers.catalogue.entries import FetchEntry
from importers.catalogue.fetch_keys import PLANNING_DATA_PAGE_SIZE
from importers.errors import SourceUnreadable
from importers.fetch.address import Address, shown
from importers.fetch.pages import Pages
from importers.fetch.query import ask_for
from importers.read.pages import PagesManifest


def collect(fetch: FetchEntry, address: Address, pages: Pages) -> PagesManifest:
    """Keep every entity that the search finds, and return how the pages are joined.

    Its usual answer is 10 entities and its largest 500, and its GeoJSON does not count them:
    the JSON of the same search does.

    Raises
    ------
    SourceUnreadable
        ``SOURCE-PARTIAL``, ``SOURCE-LOOP`` or ``NO-ROWS``.
    """
    size = fetch.page_size or PLANNING_DATA_PAGE_SIZE
    expected = _count(address, pages)
    while pages.features < expected:
        page = pages.take(ask_for(address, limit=size, offset=pages.features))
        if not page.summary.features:
            break
    pages.require(expected)
    return PagesManifest(form="geojson", counts=(), id_property="entity")


def _count(address: Address, pages: Pages) -> int:
    path = address.path.removesuffix(".geojson") + ".json"
    counting = ask_for(address, path, limit=1, offset=0, field="entity")
    count = pages.ask_json(counting).get("count")
    if type(count) is not int or count < 0:
        raise SourceUnreadable(
            f"{shown(str(counting))} does not say how many entities it has.",
            code="SOURCE-PARTIAL",
        )
    return count
