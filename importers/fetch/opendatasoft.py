"""Asks an Opendatasoft portal for the export of one data set, which is never in pages."""

from importers.catalogue.entries import FetchEntry
from importers.errors import SourceUnreadable
from importers.fetch.address import Address, shown
from importers.fetch.pages import Pages
from importers.fetch.query import ask_for, beneath
from importers.read.pages import PagesManifest

_API = ("api", "explore", "v2.1", "catalog", "datasets")


def collect(fetch: FetchEntry, address: Address, pages: Pages) -> PagesManifest:
    """Keep the export as the only page, and return how it is read.

    ``address`` is the portal's own, such as ``https://data.example.gov.uk``.

    Raises
    ------
    SourceUnreadable
        ``SOURCE-PARTIAL``: the export holds another number of records than the portal counts.
    """
    chosen = {"where": fetch.where} if fetch.where else {}
    records = ask_for(address, beneath(address, *_API, fetch.layer, "records"), limit=0, **chosen)
    count = pages.ask_json(records).get("total_count")
    if type(count) is not int or count < 0:
        raise SourceUnreadable(
            f"{shown(str(records))} does not say how many records there are.",
            code="SOURCE-PARTIAL",
        )
    if count:
        export = beneath(address, *_API, fetch.layer, "exports", "geojson")
        pages.take(ask_for(address, export, **chosen))
    pages.require(count)
    return PagesManifest(form="geojson", counts=())
