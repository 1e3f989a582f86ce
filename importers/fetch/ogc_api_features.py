"""Asks an OGC API – Features for all items of one collection, link after link."""

import re

from importers.catalogue.entries import FetchEntry
from importers.errors import AddressRefused, SourceUnreadable
from importers.fetch.address import Address, shown
from importers.fetch.pages import Pages
from importers.fetch.query import ask_for, beneath
from importers.read.pages import PagesManifest

_USUAL_PAGE_SIZE = 1000
_BRITISH_GRID = "http://www.opengis.net/def/crs/EPSG/0/27700"
_ACCEPT = {"Accept": "application/geo+json, application/json;q=0.9"}
_EPSG = re.compile(r"/EPSG/[^/]+/(\d{4,6})>?\s*$")


def collect(
    fetch: FetchEntry, address: Address, pages: Pages, *, in_british_grid: bool
) -> PagesManifest:
    """Keep every item, and return how the pages are joined.

    Parameters
    ----------
    in_british_grid
        Ask for EPSG:27700 (Part 2 of the standard) instead of longitude and latitude.

    Raises
    ------
    SourceUnreadable
        ``SOURCE-PARTIAL``, ``SOURCE-LOOP``, ``NO-ROWS``, or ``CRS-UNREADABLE`` where the server
        does not answer in the grid that it was asked for.
    AddressRefused
        ``URL-NOT-ALLOWED``: a link leads to another server.
    """
    asked = {"crs": _BRITISH_GRID} if in_british_grid else {}
    items = ask_for(
        address,
        beneath(address, "collections", fetch.layer, "items"),
        limit=fetch.page_size or _USUAL_PAGE_SIZE,
        **asked,
    )
    page = pages.take(items, _ACCEPT)
    matched = page.summary.matched
    crs = _content_crs(page.headers.get("content-crs", ""), in_british_grid)
    seen = {str(items)}
    while page.summary.following:
        following = _on_same_server(page.address.join(page.summary.following), items)
        if str(following) in seen:
            raise SourceUnreadable(
                "The server's link to its next page leads back to an earlier one. Tell the people "
                "who run it.",
                code="SOURCE-LOOP",
            )
        seen.add(str(following))
        page = pages.take(following, _ACCEPT)
        _content_crs(page.headers.get("content-crs", ""), in_british_grid)
    pages.require(matched)
    return PagesManifest(form="geojson", counts=(), crs=crs)


def _on_same_server(following: Address, items: Address) -> Address:
    if (following.host, following.port) != (items.host, items.port):
        raise AddressRefused(
            f"The server's link to its next page leads to another server, {shown(str(following))}.",
            code="URL-NOT-ALLOWED",
        )
    return following


def _content_crs(header: str, in_british_grid: bool) -> str | None:
    """Return what a page says that its coordinates are in, None for longitude and latitude."""
    found = _EPSG.search(header)
    code = f"EPSG:{found[1]}" if found else None
    if in_british_grid and code != "EPSG:27700":
        raise SourceUnreadable(
            "The server was asked for EPSG:27700 and does not say that it answers in it. Leave crs "
            "out of the catalogue's source to take longitude and latitude.",
            code="CRS-UNREADABLE",
        )
    return "EPSG:27700" if in_british_grid else None
