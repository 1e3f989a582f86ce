"""Editions that somebody above layers has cited, and that are kept for that while others go.

A domain app registers a look-up when it starts; layers know no domain app.
"""

from collections.abc import Callable, Collection

# From edition ids to those of them that are cited and still to be kept.
CitationLookup = Callable[[Collection[int]], Collection[int]]

_lookups: dict[str, CitationLookup] = {}


def register_citations(name: str, lookup: CitationLookup) -> None:
    """Have ``lookup`` asked before editions are dropped, in place of any of that ``name``."""
    _lookups[name] = lookup


def cited_editions(edition_ids: Collection[int]) -> set[int]:
    """Return those of some editions that are cited."""
    if not edition_ids:
        return set()
    return {each for lookup in _lookups.values() for each in lookup(edition_ids)}
