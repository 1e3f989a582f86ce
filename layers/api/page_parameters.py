"""How many features a page has, and in which order they come."""

from collections.abc import Mapping

from django.http import QueryDict

from layers.api.parameters import DEFAULT_LIMIT, MOST_ITEMS, listed, read_limit
from layers.api.selection_parameters import read_place
from layers.errors import ParameterInvalid
from layers.query.filters.queryables import queryable_fields
from layers.query.order import NearPoint, Page, SortKey
from layers.query.registry import PublishedField, PublishedLayer

PAGE_PARAMETERS = frozenset({"limit", "cursor", "sortby", "near", "count"})
MOST_SORT_KEYS = 5


def read_page(query: QueryDict, layer: PublishedLayer, *, after: int) -> Page:
    """Return how many features are asked for, and in which order.

    Raises
    ------
    ParameterInvalid
        A parameter has a value that cannot be used, or two contradict each other.
    """
    size = read_limit(query, DEFAULT_LIMIT, MOST_ITEMS)
    if "near" not in query:
        sort = _read_sort(str(query["sortby"]), layer) if "sortby" in query else ()
        return Page(size, after, sort=sort)
    if "sortby" in query:
        raise ParameterInvalid(
            "“near” and “sortby” are two orders. Leave one of them out.", "sortby"
        )
    return Page(size, after, near=NearPoint(*read_place(str(query["near"]), "near")))


def read_count(query: QueryDict) -> bool:
    """Return whether features are to be counted although it takes a while."""
    text = query.get("count", "false")
    if text not in ("true", "false"):
        raise ParameterInvalid(f"“count” can be true or false; “{text[:50]}” is not.", "count")
    return text == "true"


def _read_sort(text: str, layer: PublishedLayer) -> tuple[SortKey, ...]:
    fields = queryable_fields(layer)
    # A plus that is not written as %2B comes as a space.
    keys = [_sort_key(word, fields) for word in text.split(",")]
    names = [key.field.name for key in keys]
    if len(set(names)) < len(names) or len(names) > MOST_SORT_KEYS:
        raise ParameterInvalid(
            f"“sortby” takes up to {MOST_SORT_KEYS} properties, each once. The first decides; "
            "the next only where it is the same.",
            "sortby",
        )
    return tuple(keys)


def _sort_key(word: str, fields: Mapping[str, PublishedField]) -> SortKey:
    name = word[1:] if word[:1] in ("+", "-", " ") else word
    if name not in fields:
        raise ParameterInvalid(
            f"“sortby” cannot be “{word[:50]}”. Features can be sorted by: {listed([*fields])}. "
            "A minus in front turns the order round, and commas stand between.",
            "sortby",
        )
    return SortKey(fields[name], is_descending=word[0] == "-")
