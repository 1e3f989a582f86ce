"""Conditions and how they are joined."""

from collections.abc import Callable, Mapping
from typing import Any

from layers.errors import FilterInvalid
from layers.query.filters.comparisons import (
    COMPARISONS,
    between,
    comparison,
    in_list,
    is_null,
    like,
)
from layers.query.filters.scalars import scalar, unknown_function
from layers.query.filters.scope import Scope
from layers.query.filters.spatial import SPATIAL_FUNCTIONS, spatial_predicate
from layers.query.filters.temporal import TEMPORAL_FUNCTIONS, temporal_predicate


def predicate(document: Any, scope: Scope) -> str:
    """Return SQL that is true, false or NULL for a feature, as CQL2's tables of truth say.

    Raises
    ------
    FilterInvalid
        The document is no condition, or one that the layer cannot answer.
    """
    if isinstance(document, bool):
        return "TRUE" if document else "FALSE"
    if isinstance(document, Mapping) and isinstance(document.get("op"), str):
        return _operation(document["op"], document.get("args"), scope)
    if isinstance(document, Mapping) and "property" in document:
        return _boolean_property(document, scope)
    raise FilterInvalid(
        "The filter is a value, not a condition. Write what is true of the features you look for, "
        "such as name = 'Elm School'."
    )


def _operation(op: str, arguments: Any, scope: Scope) -> str:
    if not isinstance(arguments, list):
        raise FilterInvalid(f"“{op[:50]}” has no list of arguments.")
    name = op.lower()
    if name in _OPERATIONS:
        return _OPERATIONS[name](arguments, scope)
    if name in COMPARISONS:
        return comparison(name, arguments, scope)
    if name in SPATIAL_FUNCTIONS:
        return spatial_predicate(name, arguments, scope)
    if name in TEMPORAL_FUNCTIONS:
        return temporal_predicate(name, arguments, scope)
    raise FilterInvalid(unknown_function(op))


def _boolean_property(document: Mapping[str, Any], scope: Scope) -> str:
    term = scalar(document, scope)
    if term.kind != "boolean":
        raise FilterInvalid(f"{term.said} alone is no condition. Compare it with a value.")
    return f"({term.sql} = 'true')"


def _joined(word: str) -> Callable[[list[Any], Scope], str]:
    def join(arguments: list[Any], scope: Scope) -> str:
        if not arguments:
            raise FilterInvalid(f"{word} joins two conditions or more; the filter gives none.")
        return f"({f' {word} '.join(predicate(argument, scope) for argument in arguments)})"

    return join


def _negated(arguments: list[Any], scope: Scope) -> str:
    if len(arguments) != 1:
        raise FilterInvalid(f"NOT takes one condition; the filter gives {len(arguments)}.")
    return f"(NOT {predicate(arguments[0], scope)})"


_OPERATIONS: dict[str, Callable[[list[Any], Scope], str]] = {
    "and": _joined("AND"),
    "or": _joined("OR"),
    "not": _negated,
    "between": between,
    "in": in_list,
    "isnull": is_null,
    "like": like,
}
