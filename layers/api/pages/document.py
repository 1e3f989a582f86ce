"""Any JSON document as nested lists of terms, for answers without a page of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from layers.api.pages.values import as_text
from layers.query.registry import find_layer
from layers.query.web_address import web_address

_MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and what stands under it: a text, or further entries."""

    name: str
    text: str
    href: str
    entries: tuple["Entry", ...]


def document_page(request: HttpRequest, answer: Any, known: Iterable[str]) -> dict[str, Any]:
    """Return the document's own title, the layer it is about, and its members."""
    members = answer if isinstance(answer, dict) else {"answer": answer}
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    return {
        "layer": find_layer(slug) if slug else None,
        "title": str(members.get("title") or request.path),
        "entries": entries_of({k: v for k, v in members.items() if k not in ("title", "links")}),
    }


def entries_of(value: object) -> tuple[Entry, ...]:
    """Return the members of an object or a list, 200 at most; nothing for a plain value."""
    if isinstance(value, dict):
        pairs = [(str(name), member) for name, member in value.items()]
    elif isinstance(value, list) and any(isinstance(member, dict | list) for member in value):
        pairs = [(str(place), member) for place, member in enumerate(value, 1)]
    else:
        return ()
    shown = [_entry(name, member) for name, member in pairs[:_MOST_ENTRIES]]
    if left_out := len(pairs) - len(shown):
        shown.append(Entry("…", f"{left_out:,} more, which the data has", "", ()))
    return tuple(shown)


def _entry(name: str, value: object) -> Entry:
    entries = entries_of(value)
    if entries:
        return Entry(name, "", "", entries)
    text = ", ".join(map(as_text, value)) if isinstance(value, list) else as_text(value)
    return Entry(name, text, web_address(value), ())
