"""Comparison predicates: =, <>, <, >, <=, >=, BETWEEN, IN, LIKE and IS NULL."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from layers.errors import FilterInvalid
from layers.query.filters.patterns import like_predicate
from layers.query.filters.queryables import find_queryable
from layers.query.filters.scalars import INDEXED_CHARACTERS, scalar
from layers.query.filters.scope import Scope
from layers.query.filters.spatial import geometry_column
from layers.query.filters.temporal import compare_times, full_day, is_one_of_days
from layers.query.filters.terms import KIND_IN_WORDS, Term

COMPARISONS = frozenset(("=", "<>", "<", ">", "<=", ">="))
_TIMES = ("date", "datetime")


def comparison(op: str, arguments: list[Any], scope: Scope) -> str:
    """Return SQL for a comparison of two scalars."""
    _refuse_unless(len(arguments) == 2, f"“{op}” compares two values", arguments)
    left, right = (scalar(argument, scope) for argument in arguments)
    return compare(op, left, right, scope)


def compare(op: str, left: Term, right: Term, scope: Scope) -> str:
    """Return SQL for a comparison of two terms.

    Raises
    ------
    FilterInvalid
        They are of different kinds.
    """
    if _are_times(left, right):
        return compare_times(op, left, right, scope)
    if left.kind != right.kind:
        raise FilterInvalid(_unlike(left, right))
    for one, other in ((left, right), (right, left)):
        if one.indexed and other.literal is not None and op != "<>":
            start = f"left({other.sql}, {INDEXED_CHARACTERS})"
            by_index = {"=": "=", "<": "<=", ">": ">="}[op[0]]
            pair = (one.indexed, start) if one is left else (start, one.indexed)
            return f"({pair[0]} {by_index} {pair[1]} AND {left.sql} {op} {right.sql})"
    return f"({left.sql} {op} {right.sql})"


def between(arguments: list[Any], scope: Scope) -> str:
    """Return SQL for whether a value lies between two others, both included."""
    _refuse_unless(len(arguments) == 3, "BETWEEN compares a value with two others", arguments)
    value, low, high = (scalar(argument, scope) for argument in arguments)
    return f"({compare('>=', value, low, scope)} AND {compare('<=', value, high, scope)})"


def in_list(arguments: list[Any], scope: Scope) -> str:
    """Return SQL for whether a value is one of a list."""
    is_list = len(arguments) == 2 and isinstance(arguments[1], list) and arguments[1]
    _refuse_unless(bool(is_list), "IN compares a value with a list of one or more", arguments)
    value, listed = scalar(arguments[0], scope), arguments[1]
    if value.kind == "text" and value.indexed and all(_is_text(one) for one in listed):
        return _in_texts(value, listed, scope)
    if value.kind == "number" and all(_is_whole_number(one) for one in listed):
        numbers = scope.binder.bind([Decimal(one) for one in listed], "numeric[]")
        return f"({value.sql} = ANY({numbers}))"
    terms = [scalar(one, scope) for one in listed]
    days = [day for term in terms if (day := full_day(term))]
    if value.kind == "date" and value.field and len(days) == len(terms):
        return is_one_of_days(value, days, scope)
    equal = (compare("=", value, term, scope) for term in terms)
    return f"({' OR '.join(equal)})"


def is_null(arguments: list[Any], scope: Scope) -> str:
    """Return SQL for whether there is no value."""
    _refuse_unless(len(arguments) == 1, "IS NULL looks at one value", arguments)
    [argument] = arguments
    if isinstance(argument, Mapping) and isinstance(argument.get("property"), str):
        if find_queryable(scope.layer, argument["property"]) is None:
            return f"({geometry_column(scope)} IS NULL)"
    elif argument is None:
        return "TRUE"
    term = scalar(argument, scope)
    return "FALSE" if term.literal is not None else f"({term.sql} IS NULL)"


def like(arguments: list[Any], scope: Scope) -> str:
    """Return SQL for whether a text matches a pattern."""
    _refuse_unless(len(arguments) == 2, "LIKE compares a text with a pattern", arguments)
    return like_predicate(scalar(arguments[0], scope), arguments[1], scope)


def _in_texts(value: Term, texts: list[str], scope: Scope) -> str:
    starts = scope.binder.bind([text[:INDEXED_CHARACTERS] for text in texts], "text[]")
    whole = scope.binder.bind(texts, "text[]")
    return f"({value.indexed} = ANY({starts}) AND {value.sql} = ANY({whole}))"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value


def _is_whole_number(value: Any) -> bool:
    """Return whether a value needs no looking at: larger ones have limits of their own."""
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and value == value // 1
        and abs(value) < 2**53
    )


def _are_times(left: Term, right: Term) -> bool:
    return (left.kind in _TIMES and (right.kind in _TIMES or isinstance(right.literal, str))) or (
        right.kind in _TIMES and isinstance(left.literal, str)
    )


def _unlike(left: Term, right: Term) -> str:
    detail = (
        f"{left.said} is {KIND_IN_WORDS[left.kind]}, and {right.said} is "
        f"{KIND_IN_WORDS[right.kind]}; they cannot be compared."
    )
    for one, other in ((left, right), (right, left)):
        if one.field is not None and isinstance(other.literal, (str, Decimal)):
            return f"{detail} {_ADVICE[one.kind]}"
    return detail


_ADVICE = {
    "text": "Write text in single quotes: 'open'.",
    "number": "Write numbers without quotes: 12.5.",
    "boolean": "Write true or false, without quotes.",
    "date": "Write DATE('2026-03-31').",
    "datetime": "Write TIMESTAMP('2026-03-31T09:00:00Z').",
}


def _refuse_unless(is_right: bool, rule: str, arguments: list[Any]) -> None:
    if not is_right:
        raise FilterInvalid(f"{rule}; the filter gives {len(arguments)} of them otherwise.")
