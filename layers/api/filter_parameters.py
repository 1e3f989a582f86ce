"""The parameters `filter`, `filter-lang` and `filter-crs`."""

from typing import Literal, cast

from django.http import QueryDict

from layers.api.box_parameters import read_reference_system
from layers.errors import FilterInvalid, ParameterInvalid
from layers.query.condition import Condition
from layers.query.filters import compile_filter
from layers.query.registry import PublishedLayer

FILTER_NAMES = frozenset({"filter", "filter-lang", "filter-crs"})
_LANGUAGES = ("cql2-text", "cql2-json")


def read_filter(query: QueryDict, layer: PublishedLayer) -> Condition | None:
    """Return what `filter` asks of a layer's features, or None where nothing is asked.

    Raises
    ------
    FilterInvalid
        The filter cannot be read or answered.
    ParameterInvalid
        `filter-lang` is no language of filters, or `filter-crs` no CRS of ours.
    """
    language = query.get("filter-lang", "cql2-text")
    if language not in _LANGUAGES:
        raise ParameterInvalid(
            f"“filter-lang” can be {' or '.join(_LANGUAGES)}; “{language[:50]}” is neither.",
            "filter-lang",
        )
    crs = read_reference_system(query, "filter-crs").uri
    expression = query.get("filter")
    if expression is None:
        return None
    if not expression.strip():
        raise FilterInvalid("“filter” is empty. Leave it out, or write what to look for.")
    return compile_filter(expression, cast(Literal["cql2-text", "cql2-json"], language), crs, layer)
