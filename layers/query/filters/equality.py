"""Queryables as query parameters of their own: ``?status=open&pupils=210``."""

import re
from collections.abc import Mapping
from decimal import Decimal

from layers.errors import FilterInvalid, ParameterInvalid
from layers.query.condition import Condition
from layers.query.filters.arithmetic import exact_number_term
from layers.query.filters.binder import Binder
from layers.query.filters.comparisons import compare
from layers.query.filters.crs import CRS84, find_crs
from layers.query.filters.queryables import queryable_fields
from layers.query.filters.scalars import boolean_term, property_term, text_term
from layers.query.filters.scope import Scope
from layers.query.filters.terms import Term
from layers.query.registry import PublishedField, PublishedLayer

# As JSON has numbers; of any length that an address has, and no larger than numeric's.
_NUMBER = re.compile(r"[+-]?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,3})?", re.ASCII)
_WANTED = {
    "integer": "a whole number, such as 12",
    "number": "a number, such as 12.5",
    "boolean": "true or false",
    "date": "a date, such as 2026-03-31, 2026-03 or 2026",
    "datetime": "a date and time, such as 2026-03-31T09:00:00Z, or a date",
}


def parameter_names(layer: PublishedLayer) -> frozenset[str]:
    """Return the names of the queryables that are parameters of their own: all but the geometry."""
    return frozenset(queryable_fields(layer))


def equality_conditions(values: Mapping[str, str], layer: PublishedLayer) -> Condition:
    """Return the condition that each of some queryables has a value, as for `compile_filter`.

    Parameters
    ----------
    values
        What the request says, by names that are among `parameter_names`.

    Raises
    ------
    ParameterInvalid
        A value is not of its queryable's type.
    """
    scope = Scope(layer, find_crs(CRS84), Binder("queryable"))
    fields = queryable_fields(layer)
    texts = [_equals(fields[name], value, scope) for name, value in values.items()]
    return Condition(f"({' AND '.join(texts)})" if texts else "TRUE", scope.binder.values)


def _equals(field: PublishedField, value: str, scope: Scope) -> str:
    try:
        return compare("=", property_term(field, scope), _literal(field, value, scope), scope)
    except FilterInvalid:
        raise _invalid(field, value) from None


def _literal(field: PublishedField, value: str, scope: Scope) -> Term:
    is_number = field.type in ("integer", "number") and _NUMBER.fullmatch(value)
    if field.type == "boolean" and value in ("true", "false"):
        return boolean_term(value == "true", scope)
    if is_number and (field.type == "number" or _is_whole(value)):
        return exact_number_term(Decimal(value), scope)
    if field.type in ("integer", "number", "boolean"):
        raise _invalid(field, value)
    return text_term(value, scope)


def _is_whole(value: str) -> bool:
    """Return whether a number is whole, as 7.0 is to a filter as well."""
    return "." not in value or Decimal(value) == Decimal(value).to_integral_value()


def _invalid(field: PublishedField, value: str) -> ParameterInvalid:
    wanted = _WANTED.get(field.type, "text without a NUL")
    return ParameterInvalid(f"“{field.name}” is {wanted}; “{value[:50]}” is not.", field.name)
