"""Asks a map server page after page and keeps what it answers, each page as it came.

What is on a page is looked at in the sandbox; here only small answers are understood, which say
how to ask. Pages are put into one zip that the sandbox joins when it reads the source.
"""

import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from importers.catalogue.entries import SourceEntry
from importers.errors import FetchFailed, SourceUnreadable
from importers.fetch.address import Address, shown
from importers.fetch.client import FetchClient
from importers.fetch.judge import judge_body, judge_status
from importers.read.form import HEAD_BYTES
from importers.read.pages import MANIFEST, PagesManifest, page_name
from importers.read.summary import PageSummary, summarise_page

# The same pages make the same zip, whenever they were fetched: its content names a source.
_WRITTEN = (1980, 1, 1, 0, 0, 0)
_LONGEST_SAID = 200
# Pages kept so far and features on them.
OnPage = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TakenPage:
    """A page that was kept: what is on it and what came with it."""

    summary: PageSummary
    address: Address
    headers: Mapping[str, str]


class Pages:
    """The pages of one source, in the order in which they were asked for."""

    def __init__(
        self,
        client: FetchClient,
        entry: SourceEntry,
        folder: Path,
        *,
        sandbox_required: bool,
        on_page: OnPage = lambda pages, features: None,
    ) -> None:
        self._client, self._entry, self._folder = client, entry, folder
        self._sandbox_required, self._on_page = sandbox_required, on_page
        self._kept: list[PageSummary] = []
        self._number_of: dict[str, int] = {}
        self.features = 0

    def ask(self, address: Address, headers: Mapping[str, str] | None = None) -> bytes:
        """Return a small answer whole, which says how to ask for the rest.

        Raises
        ------
        FetchFailed, AddressRefused, SourceUnreadable
            There is no such answer, or it is larger than what plans are made by.
        """
        with tempfile.TemporaryFile(dir=self._folder) as target:
            self._fetch(address, target, headers)
            size_bytes, most = target.tell(), self._client.rules.limits.answer_bytes
            if size_bytes > most:
                raise SourceUnreadable(
                    f"{shown(str(address))} answers with more than {most // 1_000_000} MB where a "
                    "few numbers were asked for.",
                    code="TOO-BIG",
                )
            target.seek(0)
            return target.read()

    def ask_json(self, address: Address) -> dict[str, Any]:
        """Return a small JSON object; one that reports an error is refused with its words."""
        try:
            answer = orjson.loads(self.ask(address))
        except orjson.JSONDecodeError:
            answer = None
        if not isinstance(answer, dict):
            raise _no_plan(address, "is not the JSON that was asked for")
        if "error" in answer:
            said = orjson.dumps(answer["error"]).decode()[:_LONGEST_SAID]
            raise _no_plan(address, f"is an error: {said}")
        return answer

    def take(self, address: Address, headers: Mapping[str, str] | None = None) -> TakenPage:
        """Fetch a page and keep it, unless it is empty; return what is on it.

        Raises
        ------
        SourceUnreadable
            ``SOURCE-LOOP``: an earlier page came again. ``TOO-MANY-PAGES``.
        FetchFailed, AddressRefused
            There is no such page.
        """
        number = len(self._kept) + 1
        if number > self._client.rules.limits.pages:
            raise SourceUnreadable(
                f"The server has more than {self._client.rules.limits.pages:,} pages. "
                "Ask for larger pages (page_size) or for less of the layer.",
                code="TOO-MANY-PAGES",
            )
        path = self._folder / f"{number:05}"
        with path.open("w+b") as target:
            answer = self._fetch(address, target, headers)
        summary = summarise_page(
            path,
            self._entry,
            title=f"Page {number} of {shown(str(address))}",
            sandbox_required=self._sandbox_required,
        )
        if summary.features:
            self._keep(number, summary)
        return TakenPage(summary, answer.address, answer.headers)

    def _keep(self, number: int, summary: PageSummary) -> None:
        before = self._number_of.setdefault(summary.digest, number)
        if before != number:
            raise SourceUnreadable(
                f"Page {number} is page {before} again: the server does not page as it was asked "
                "to, and would go on for ever. Ask for all features at once "
                "(a larger page_size, or paging = false for a WFS).",
                code="SOURCE-LOOP",
            )
        self._kept.append(summary)
        self.features += summary.features
        self._on_page(number, self.features)

    def _fetch(self, address: Address, target: BinaryIO, headers: Mapping[str, str] | None) -> Any:
        answer = self._client.get(address, target, headers)
        judge_status(answer)
        target.seek(0)
        judge_body(answer, target.read(HEAD_BYTES))
        target.seek(0, 2)
        return answer

    def require(self, expected: int | None) -> None:
        """Hold the law of rows: as many features came as the server says that it has.

        Raises
        ------
        SourceUnreadable
            ``NO-ROWS`` or ``SOURCE-PARTIAL``.
        """
        if expected is not None and expected != self.features:
            raise SourceUnreadable(
                f"The server says that it has {expected:,} features and gave {self.features:,}. "
                "Ask again later; if it stays so, tell the people who run it.",
                code="SOURCE-PARTIAL",
            )
        if not self.features:
            raise SourceUnreadable(
                "The server has no features of this layer. Check the layer's name and filter in "
                "the catalogue.",
                code="NO-ROWS",
            )

    def write(self, manifest: PagesManifest, target: BinaryIO) -> None:
        """Write the pages to ``target`` as one zip, unpacked, with what joins them.

        Raises
        ------
        SourceUnreadable
            ``SOURCE-PAGES``: some are of one form and some of another.
        """
        forms = sorted({summary.form for summary in self._kept})
        if len(forms) > 1:
            raise SourceUnreadable(
                f"The server answered some pages as {forms[0]} and others as {forms[1]}. "
                "Ask again later.",
                code="SOURCE-PAGES",
            )
        counts = tuple(summary.features for summary in self._kept)
        manifest = replace(manifest, form=self._kept[0].form, counts=counts)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(zipfile.ZipInfo(MANIFEST, _WRITTEN), manifest.to_json())
            for number in range(1, len(counts) + 1):
                member = zipfile.ZipInfo(page_name(number, manifest.form), _WRITTEN)
                archive.writestr(member, (self._folder / f"{number:05}").read_bytes())


def _no_plan(address: Address, fault: str) -> FetchFailed:
    return FetchFailed(
        f"What {shown(str(address))} answers {fault}. Check the address in the catalogue; if it is "
        "right, tell the people who run the server.",
        code="SOURCE-ERROR",
    )
