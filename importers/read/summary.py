"""Has the sandboxed child look at one page of a map server, and returns what is on it."""

from dataclasses import dataclass
from pathlib import Path

from importers.catalogue.entries import SourceEntry
from importers.errors import SourceUnreadable
from importers.fetch.source import FetchedSource
from importers.read.open import open_source
from importers.read.pages import PageForm


@dataclass(frozen=True, slots=True)
class PageSummary:
    """One page. ``matched`` counts the features of all pages, if the server says it.

    ``following`` is the link to the next page, empty without one; ``exceeded``: the server says
    that it left something out. ``digest`` names the features whatever else is on the page.
    """

    form: PageForm
    features: int
    matched: int | None
    following: str
    exceeded: bool
    digest: str


def summarise_page(
    path: Path, entry: SourceEntry, *, title: str, sandbox_required: bool
) -> PageSummary:
    """Return what the page at ``path`` holds; ``title`` names it in a fault.

    Raises
    ------
    SourceUnreadable
        The page is not what it should be; see `importers.read.child.page`.
    """
    name = "answer"
    source = FetchedSource(title, path, name, sha256="", size_bytes=path.stat().st_size)
    try:
        with open_source(source, entry, form="page", sandbox_required=sandbox_required) as reading:
            (batch,) = list(reading.batches)
    except SourceUnreadable as fault:
        message = str(fault).removeprefix(f"{name}: ")
        raise SourceUnreadable(f"{title}: {message}", code=fault.code) from None
    return PageSummary(**batch.columns.to_pylist()[0])
