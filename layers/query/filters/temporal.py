"""Comparing dates and times, and the temporal functions T_AFTER, T_DURING and the others.

Source: OGC 21-065r2, tables "temporal-functions-1" and "-2": Allen's relations, where an
instant is an interval that begins and ends at once.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, cast

from layers.errors import FilterInvalid
from layers.query.filters.scalars import scalar
from layers.query.filters.scope import Scope
from layers.query.filters.temporal_values import (
    FULL_DATE,
    Domain,
    Moment,
    Span,
    open_end,
    read_date,
    span_of,
)
from layers.query.filters.terms import Term

OPEN = ("..", "")


def compare_times(op: str, left: Term, right: Term, scope: Scope) -> str:
    """Return SQL for a comparison of two dates, or dates and times.

    A literal that is a whole day beside times, or a year beside dates, is compared as the span
    it is: ``=`` means within it, ``<`` before it starts, ``<=`` before it ends.
    """
    if op in ("=", "<>"):
        for one, other in ((left, right), (right, left)):
            if (day := full_day(other)) and one.kind == "date" and one.field:
                is_day = is_one_of_days(one, [day], scope)
                return is_day if op == "=" else f"(NOT {is_day})"
    domain = _domain([left, right])
    first, second = span_of(left, domain, scope), span_of(right, domain, scope)
    if op == "<>":
        return f"(NOT {_equal(first, second)})"
    if op == "=":
        return _equal(first, second)
    if op in (">", ">="):
        first, second, op = second, first, "<" if op == ">" else "<="
    if op == "<":
        return _before(first.end, second.start)
    # The one that is a moment decides which end of the other it may not pass.
    return _not_after(first.start, second.end)


def full_day(term: Term) -> date | None:
    """Return the day that a literal names, or None where it names none, or more than one."""
    if isinstance(term.literal, str) and FULL_DATE.fullmatch(term.literal):
        return read_date(term.literal)
    is_day = isinstance(term.literal, date) and not isinstance(term.literal, datetime)
    return cast(date, term.literal) if is_day else None


def is_one_of_days(term: Term, days: list[date], scope: Scope) -> str:
    """Return SQL for whether a property of dates is one of some days.

    Of a property that is the year or the month of one of them, that is unknown.
    """
    whole = [day.isoformat() for day in days]
    parts = [text[:length] for text in whole for length in (4, 7)]
    possible = scope.binder.bind(sorted({*whole, *parts}), "text[]")
    certain = scope.binder.bind(whole, "text[]")
    return (
        f"({term.indexed} = ANY({possible}) AND"
        f" CASE WHEN {term.sql} = ANY({certain}) THEN TRUE END)"
    )


def temporal_predicate(op: str, arguments: list[Any], scope: Scope) -> str:
    """Return SQL for a temporal function of two instants or intervals.

    Raises
    ------
    FilterInvalid
        An argument is neither.
    """
    if len(arguments) != 2:
        raise FilterInvalid(
            f"{op.upper()} takes two dates, times or intervals; the filter gives {len(arguments)}."
        )
    ends = [_ends(op, argument, scope) for argument in arguments]
    domain = _domain([end for pair in ends for end in pair if end is not None])
    spans = [_interval(pair, domain, scope) for pair in ends]
    return f"({_RELATIONS[op](*spans)})"


def _ends(op: str, argument: Any, scope: Scope) -> tuple[Term | None, Term | None] | tuple[Term]:
    """Return the two ends of an interval, None where it is open, or an instant alone."""
    if isinstance(argument, Mapping) and "interval" in argument:
        ends = argument["interval"]
        if not isinstance(ends, list) or len(ends) != 2:
            raise FilterInvalid("An INTERVAL has two ends: INTERVAL('2026-01-01', '..').")
        return _end(op, ends[0], scope), _end(op, ends[1], scope)
    return (_temporal(op, scalar(argument, scope)),)


def _end(op: str, end: Any, scope: Scope) -> Term | None:
    return None if end in OPEN else _temporal(op, scalar(end, scope))


def _temporal(op: str, term: Term) -> Term:
    if term.kind not in ("date", "datetime") and not isinstance(term.literal, str):
        raise FilterInvalid(
            f"{term.said} is not a date or a time: {op.upper()} compares those. Write "
            "DATE('2026-03-31'), TIMESTAMP('2026-03-31T09:00:00Z') or INTERVAL('2026-01-01', '..')."
        )
    return term


def _domain(terms: list[Term]) -> Domain:
    """Return whether a time of day is compared, or days."""
    if any(term.kind == "datetime" for term in terms):
        return "datetime"
    if any(term.kind == "date" for term in terms):
        return "date"
    texts = [term.literal for term in terms if isinstance(term.literal, str)]
    return "datetime" if any("T" in text.upper() for text in texts) else "date"


def _interval(ends: tuple[Term | None, ...], domain: Domain, scope: Scope) -> Span:
    if len(ends) == 1:
        assert ends[0] is not None  # only the ends of an interval are open
        return span_of(ends[0], domain, scope)
    start, end = ends
    first = span_of(start, domain, scope).start if start else open_end(domain, scope, is_start=True)
    last = span_of(end, domain, scope).end if end else open_end(domain, scope, is_start=False)
    if first.literal and last.literal and first.literal > last.literal:
        raise FilterInvalid(
            f"An INTERVAL starts after it ends: {first.literal}, {last.literal}. The earlier "
            "comes first."
        )
    return Span(first, last)


def _before(one: Moment, other: Moment) -> str:
    """Return SQL for whether one is certainly before the other."""
    if one.is_exact and other.is_exact:
        exact = f"{one.first} < {other.first}"
    else:
        exact = (
            f"CASE WHEN {one.last} < {other.first} THEN TRUE"
            f" WHEN {one.first} >= {other.last} THEN FALSE END"
        )
    return f"({_by_index(one, other)}{exact})"


def _not_after(one: Moment, other: Moment) -> str:
    if one.is_exact and other.is_exact:
        exact = f"{one.first} <= {other.first}"
    else:
        exact = (
            f"CASE WHEN {one.last} <= {other.first} THEN TRUE"
            f" WHEN {one.first} > {other.last} THEN FALSE END"
        )
    return f"({_by_index(one, other)}{exact})"


def _by_index(one: Moment, other: Moment) -> str:
    """Return what the index can rule out. Where it is false, the exact answer is false too."""
    if one.indexed and other.around:
        return f"{one.indexed} <= {other.around[1]} AND "
    if other.indexed and one.around:
        return f"{other.indexed} >= {one.around[0]} AND "
    return ""


def _same(one: Moment, other: Moment) -> str:
    return f"({_not_after(one, other)} AND {_not_after(other, one)})"


def _equal(one: Span, other: Span) -> str:
    """Return SQL for whether a moment is within a span; of two moments, whether they are one."""
    inner, outer = (one, other) if one.is_moment else (other, one)
    return f"({_not_after(outer.start, inner.start)} AND {_not_after(inner.end, outer.end)})"


_Relation = Callable[[Span, Span], str]


def _all(*conditions: str) -> str:
    return " AND ".join(conditions)


def _during(a: Span, b: Span) -> str:
    return _all(_before(b.start, a.start), _before(a.end, b.end))


def _finishes(a: Span, b: Span) -> str:
    return _all(_before(b.start, a.start), _same(a.end, b.end))


def _intersects(a: Span, b: Span) -> str:
    return _all(_not_after(a.start, b.end), _not_after(b.start, a.end))


def _overlaps(a: Span, b: Span) -> str:
    return _all(_before(a.start, b.start), _before(b.start, a.end), _before(a.end, b.end))


def _starts(a: Span, b: Span) -> str:
    return _all(_same(a.start, b.start), _before(a.end, b.end))


_RELATIONS: dict[str, _Relation] = {
    "t_after": lambda a, b: _before(b.end, a.start),
    "t_before": lambda a, b: _before(a.end, b.start),
    "t_contains": lambda a, b: _during(b, a),
    "t_disjoint": lambda a, b: f"NOT ({_intersects(a, b)})",
    "t_during": _during,
    "t_equals": lambda a, b: _all(_same(a.start, b.start), _same(a.end, b.end)),
    "t_finishedby": lambda a, b: _finishes(b, a),
    "t_finishes": _finishes,
    "t_intersects": _intersects,
    "t_meets": lambda a, b: _same(a.end, b.start),
    "t_metby": lambda a, b: _same(a.start, b.end),
    "t_overlappedby": lambda a, b: _overlaps(b, a),
    "t_overlaps": _overlaps,
    "t_startedby": lambda a, b: _starts(b, a),
    "t_starts": _starts,
}
TEMPORAL_FUNCTIONS = frozenset(_RELATIONS)
