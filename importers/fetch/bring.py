"""Brings a source here: the file that a person gives, or what an address answers."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from importers.catalogue.entries import FetchEntry, SourceEntry
from importers.fetch import arcgis, ogc_api_features, opendatasoft, planning_data, wfs
from importers.fetch.address import Address, looks_like_address, parse_address
from importers.fetch.client import FetchClient
from importers.fetch.files import fetch_file, keep_arrived
from importers.fetch.networks import Resolver, resolve
from importers.fetch.pages import Pages
from importers.fetch.plain_file import fetch_plain_file
from importers.fetch.rules import FetchRules
from importers.fetch.source import FetchedSource
from importers.fetch.workplace import workplace
from importers.read.pages import PagesManifest

# Bytes received so far, pages kept and features on them; 0 pages for a plain file.
OnProgress = Callable[[int, int, int], None]
_Collect = Callable[[FetchEntry, Address, Pages], PagesManifest]

_PAGED: dict[str, _Collect] = {
    "arcgis": arcgis.collect,
    "wfs": wfs.collect,
    "opendatasoft": opendatasoft.collect,
    "planning-data": planning_data.collect,
}


def fetch_source(
    given: str,
    entry: SourceEntry,
    sources_dir: Path,
    *,
    hosts: frozenset[str],
    rules: FetchRules,
    name: str = "",
    sandbox_required: bool = False,
    resolver: Resolver = resolve,
    on_progress: OnProgress = lambda received_bytes, pages, features: None,
) -> FetchedSource:
    """Return the source, kept in ``sources_dir`` under its SHA-256.

    Parameters
    ----------
    given
        A path, or an https address. The catalogue's own address is asked as the catalogue says;
        any other is fetched as a plain file.
    hosts
        The council's allowed servers; the one of the catalogue's address is allowed too.
    rules
        The operator's.
    name
        What a given file is called where that is not the last part of its path.

    Raises
    ------
    WrongUse
        There is no such file.
    AddressRefused
        Nothing is fetched from there: ``URL-SCHEME``, ``URL-INVALID``, ``URL-NOT-ALLOWED``.
    FetchFailed
        The server did not give the data; ``can_retry`` and ``retry_after_s`` say what may help.
    SourceUnreadable
        What it gave is empty, too big, or not all of it.
    """
    if not looks_like_address(given) or os.path.isfile(given):
        return fetch_file(given, sources_dir, name=name, max_bytes=rules.limits.total_bytes)
    address = parse_address(given)
    sources_dir.mkdir(parents=True, exist_ok=True)
    fetch = _as_asked(given, entry)
    received = _Received(on_progress)
    client = FetchClient(
        rules, _allowed(entry, hosts), resolver=resolver, on_progress=received.bytes
    )
    if fetch.service == "file":
        return fetch_plain_file(client, address, sources_dir)
    return _fetch_pages(client, address, fetch, entry, sources_dir, sandbox_required, received)


def _as_asked(given: str, entry: SourceEntry) -> FetchEntry:
    if entry.fetch and entry.fetch.address == given:
        return entry.fetch
    return FetchEntry(address=given)


def _allowed(entry: SourceEntry, hosts: frozenset[str]) -> frozenset[str]:
    if entry.fetch is None:
        return hosts
    return hosts | {parse_address(entry.fetch.address).host}


def _fetch_pages(
    client: FetchClient,
    address: Address,
    fetch: FetchEntry,
    entry: SourceEntry,
    sources_dir: Path,
    sandbox_required: bool,
    received: "_Received",
) -> FetchedSource:
    with (
        workplace(sources_dir) as folder,
        tempfile.TemporaryFile(dir=sources_dir) as joined,
    ):
        pages = Pages(
            client,
            entry,
            folder,
            sandbox_required=sandbox_required,
            on_page=received.page,
        )
        pages.write(_collect(fetch, address, pages, entry), joined)
        joined.seek(0)
        name = f"{fetch.layer or address.file_name or address.host}.pages"
        return keep_arrived(str(address), name.rpartition("/")[2], joined, sources_dir)


def _collect(
    fetch: FetchEntry, address: Address, pages: Pages, entry: SourceEntry
) -> PagesManifest:
    if fetch.service == "ogc-api-features":
        in_british_grid = entry.crs == "EPSG:27700"
        return ogc_api_features.collect(fetch, address, pages, in_british_grid=in_british_grid)
    return _PAGED[fetch.service](fetch, address, pages)


class _Received:
    """What has arrived so far, put together for whoever watches."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._bytes, self._pages, self._features = 0, 0, 0

    def bytes(self, received_bytes: int) -> None:
        """Take the number of bytes so far."""
        self._bytes = received_bytes
        self._on_progress(self._bytes, self._pages, self._features)

    def page(self, pages: int, features: int) -> None:
        """Take the number of pages kept so far, and of features on them."""
        self._pages, self._features = pages, features
        self._on_progress(self._bytes, self._pages, self._features)
