"""Numbers and what is calculated from them, so that no value makes the database fail."""

from decimal import Context, Decimal, DecimalException
from typing import Any

from layers.errors import FilterInvalid
from layers.query.filters.scope import Scope
from layers.query.filters.terms import KIND_IN_WORDS, Term

# The smallest and largest that literals can be: far from what numeric can hold, even when
# as many as a filter may have are multiplied.
_LARGEST, _SMALLEST = Decimal("1e100"), Decimal("1e-100")
_EXACT_DIGITS = 15
_FIRST_INEXACT = 2**53
# What is calculated from literals alone is calculated here: as exact, and once.
_CONTEXT = Context(prec=50, Emin=-120, Emax=120)

_SQL = {
    "+": "({} + {})",
    "-": "({} - {})",
    "*": "({} * {})",
    "/": "({} / NULLIF({}, 0))",
    "%": "mod({}, NULLIF({}, 0))",
    "div": "div({}, NULLIF({}, 0))",
    # Each operand once: written out, nested powers would double the text at every level. NULL
    # where there is no such power, or none that fits: the bound is of its natural logarithm.
    "^": (
        "(SELECT CASE WHEN base = 0 THEN CASE WHEN power > 0 THEN 0 WHEN power = 0 THEN 1 END"
        " WHEN base < 0 AND power <> trunc(power) THEN NULL"
        " WHEN abs(base) > 1e100 OR abs(base) < 1e-100 OR abs(power) > 1e9 THEN NULL"
        " WHEN abs(power * ln(abs(base))) > 230 THEN NULL"
        " ELSE power(base::float8, power::float8)::numeric END"
        " FROM (VALUES ({}, {})) AS raised (base, power))"
    ),
}
ARITHMETIC = frozenset(_SQL)


def number_term(value: int | float, scope: Scope) -> Term:
    """Return a number literal.

    Raises
    ------
    FilterInvalid
        It is too large or too small, or has more digits than were read.
    """
    number = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    if not number.is_finite() or (number and not _SMALLEST <= abs(number) <= _LARGEST):
        raise FilterInvalid(
            f"A number in the filter is too large or too small: {value}. Numbers go to 1e100, and "
            "down to 1e-100."
        )
    if (
        isinstance(value, float)
        and abs(number) >= _FIRST_INEXACT
        and len(number.normalize().as_tuple().digits) > _EXACT_DIGITS
    ):
        raise FilterInvalid(
            f"A number in the filter has more digits than can be compared exactly: {number:f}. In "
            "CQL2 JSON, whole numbers of any length can."
        )
    return exact_number_term(number, scope)


def calculate(op: str, terms: list[Term], scope: Scope) -> Term:
    """Return an arithmetic operation. Dividing by a property that is 0 gives NULL.

    Raises
    ------
    FilterInvalid
        An operand is not a number, or literals give none.
    """
    if len(terms) != 2:
        raise FilterInvalid(f"“{op}” takes two numbers; the filter gives {len(terms)}.")
    for term in terms:
        if term.kind != "number":
            raise FilterInvalid(
                f"“{op}” calculates with numbers, and {term.said} is {KIND_IN_WORDS[term.kind]}."
            )
    left, right = terms
    if op in ("/", "%", "div") and right.literal == 0:
        raise FilterInvalid(f"The filter divides by zero: {left.said} {op} {right.said}.")
    if isinstance(left.literal, Decimal) and isinstance(right.literal, Decimal):
        return exact_number_term(_calculated(op, left.literal, right.literal), scope)
    return Term("number", _SQL[op].format(left.sql, right.sql), f"{left.said} {op} {right.said}")


def _calculated(op: str, left: Decimal, right: Decimal) -> Decimal:
    calculations: dict[str, Any] = {
        "+": _CONTEXT.add,
        "-": _CONTEXT.subtract,
        "*": _CONTEXT.multiply,
        "/": _CONTEXT.divide,
        "%": _CONTEXT.remainder,
        "div": _CONTEXT.divide_int,
        "^": _CONTEXT.power,
    }
    try:
        result = Decimal(calculations[op](left, right))
    except DecimalException:
        result = Decimal("NaN")
    if not result.is_finite():
        raise FilterInvalid(
            f"The filter calculates what is no number, or is too large: {left} {op} {right}."
        )
    return result


def exact_number_term(number: Decimal, scope: Scope) -> Term:
    """Return a number as it is, whatever its size: to be compared, not calculated with."""
    return Term("number", scope.binder.bind(number, "numeric"), f"{number:g}", literal=number)
