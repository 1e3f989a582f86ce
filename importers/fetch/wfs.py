"""Asks a Web Feature Service, 2.0 or 1.1, for all features of one type."""

import re

from importers.catalogue.entries import FetchEntry
from importers.errors import SourceUnreadable
from importers.fetch.address import Address
from importers.fetch.pages import Pages
from importers.fetch.query import ask_for
from importers.read.form import HEAD_BYTES
from importers.read.pages import PagesManifest

_USUAL_PAGE_SIZE = 1000
_ROOT_NUMBER = re.compile(rb"\b(numberMatched|numberOfFeatures)\s*=\s*[\"'](\w{1,18})[\"']")


def collect(fetch: FetchEntry, address: Address, pages: Pages) -> PagesManifest:
    """Keep every feature of the type, and return how the pages are joined.

    Raises
    ------
    SourceUnreadable
        ``SOURCE-PARTIAL``, ``SOURCE-LOOP`` or ``NO-ROWS``.
    FetchFailed
        ``SOURCE-ERROR``: an exception report, whatever its status.
    """
    ask = _Asking(fetch, address)
    expected = _matched(pages.ask(ask.hits()))
    if expected == 0:
        pages.require(expected)
    if fetch.paging:
        _by_pages(ask, pages, expected)
    else:
        page = pages.take(ask.everything())
        expected = page.summary.matched if expected is None else expected
    pages.require(expected)
    return PagesManifest(form="gml", counts=())


class _Asking:
    """How one server is asked: parameters differ by version, and some servers mind capitals."""

    def __init__(self, fetch: FetchEntry, address: Address) -> None:
        self._address, self._fetch = address, fetch
        self._is_version_2 = fetch.version.startswith("2")
        self.size = fetch.page_size or _USUAL_PAGE_SIZE

    def hits(self) -> Address:
        """Return the question how many features there are."""
        return self._feature_request(resultType="hits")

    def everything(self) -> Address:
        """Return the question for all features at once."""
        return self._feature_request(**self._answer_form())

    def page(self, start: int) -> Address:
        """Return the question for the features after the first ``start``."""
        count = "count" if self._is_version_2 else "maxFeatures"
        return self._feature_request(startIndex=start, **{count: self.size}, **self._answer_form())

    def _answer_form(self) -> dict[str, str]:
        form: dict[str, str] = {}
        if self._fetch.output_format:
            form["outputFormat"] = self._fetch.output_format
        if self._fetch.where:
            form["cql_filter"] = self._fetch.where
        return form

    def _feature_request(self, **more: str | int) -> Address:
        type_names = "typeNames" if self._is_version_2 else "typeName"
        parameters: dict[str, str | int] = {
            "service": "WFS",
            "version": self._fetch.version,
            "request": "GetFeature",
            type_names: self._fetch.layer,
            **more,
        }
        if "resultType" in more and self._fetch.where:
            parameters["cql_filter"] = self._fetch.where
        if self._fetch.lower_case_parameters:
            parameters = {name.lower(): value for name, value in parameters.items()}
        return ask_for(self._address, "", **parameters)


def _matched(answer: bytes) -> int | None:
    """Return how many features there are; None where the server says "unknown" or nothing."""
    found = _ROOT_NUMBER.search(answer[:HEAD_BYTES])
    return int(found[2]) if found and found[2].isdigit() else None


def _by_pages(ask: _Asking, pages: Pages, expected: int | None) -> None:
    """Ask until there are as many as there should be, or, where that is unknown, no more."""
    while expected is None or pages.features < expected:
        page = pages.take(ask.page(pages.features))
        if not page.summary.features:
            return
        if expected is None and page.summary.features > ask.size:
            raise SourceUnreadable(
                f"The server was asked for {ask.size:,} features and gave "
                f"{page.summary.features:,}: it does not page, and does not say how many there "
                "are. Set paging = false in the catalogue.",
                code="SOURCE-PAGES",
            )
