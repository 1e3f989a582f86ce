"""Properties, literals, CASEI, ACCENTI and arithmetic as terms."""

from collections.abc import Mapping
from typing import Any

from layers.errors import FilterInvalid
from layers.query.filters.arithmetic import ARITHMETIC, calculate, number_term
from layers.query.filters.queryables import find_queryable
from layers.query.filters.scope import Scope
from layers.query.filters.temporal_values import read_date, read_timestamp
from layers.query.filters.terms import KIND_IN_WORDS, KIND_OF_TYPE, Term
from layers.query.registry import PublishedField

# As the index of a queryable property is made (importers/stage/table.py).
INDEXED_CHARACTERS = 200
TEXT_FUNCTIONS = {
    # Upper first: ß and ss become one, as full case folding has it. ICU's rules, because the
    # database's own may know ASCII only.
    "casei": 'lower(upper({} COLLATE "und-x-icu"))',
    "accenti": "unaccent(normalize({}, NFC))",
}


def scalar(argument: Any, scope: Scope) -> Term:
    """Return one side of a comparison.

    Raises
    ------
    FilterInvalid
        It is none: a condition, a geometry, or unknown.
    """
    if isinstance(argument, Mapping):
        return _composite(argument, scope)
    if isinstance(argument, bool):
        return boolean_term(argument, scope)
    if isinstance(argument, str):
        return text_term(argument, scope)
    if isinstance(argument, (int, float)):
        return number_term(argument, scope)
    if argument is None:
        raise FilterInvalid("Nothing is equal to NULL. Write: … IS NULL.")
    raise FilterInvalid("A list stands where a single value should. Lists are for IN.")


def boolean_term(value: bool, scope: Scope) -> Term:
    """Return true or false."""
    text = "true" if value else "false"
    return Term("boolean", scope.binder.bind(text, "text"), text, literal=value)


def text_term(value: str, scope: Scope) -> Term:
    """Return text, which may still turn out to be a date."""
    if "\0" in value:
        raise FilterInvalid("A text in the filter has a NUL, which no text can have.")
    return Term("text", scope.binder.bind(value, "text"), f"'{value[:50]}'", literal=value)


def property_term(field: PublishedField, scope: Scope) -> Term:
    """Return a feature's property."""
    kind = KIND_OF_TYPE[field.type]
    text = scope.binder.property(field.name)
    said = f"“{field.name}”"
    if kind == "number":
        # Itself what the index holds.
        return Term(kind, f"{text}::numeric", said, field=field)
    return Term(kind, text, said, indexed=f"left({text}, {INDEXED_CHARACTERS})", field=field)


def _composite(argument: Mapping[str, Any], scope: Scope) -> Term:
    name = argument.get("property")
    if isinstance(name, str):
        field = find_queryable(scope.layer, name)
        if field is None:
            raise FilterInvalid(
                "“geometry” is a location. Compare it with a spatial function, such as "
                "S_INTERSECTS(geometry, BBOX(-1.95,52.45,-1.85,52.5))."
            )
        return property_term(field, scope)
    if isinstance(argument.get("date"), str):
        day = read_date(argument["date"])
        return Term("date", "", f"DATE('{day.isoformat()}')", literal=day)
    if isinstance(argument.get("timestamp"), str):
        moment = read_timestamp(argument["timestamp"])
        return Term("datetime", "", f"TIMESTAMP('{moment.isoformat()}')", literal=moment)
    if isinstance(argument.get("op"), str):
        return _function(argument["op"], argument.get("args"), scope)
    raise FilterInvalid(_not_a_value(argument))


def _function(op: str, arguments: Any, scope: Scope) -> Term:
    name = op.lower()
    if name not in ARITHMETIC and name not in TEXT_FUNCTIONS:
        raise FilterInvalid(unknown_function(op))
    if not isinstance(arguments, list):
        raise FilterInvalid(f"“{op}” has no list of arguments.")
    terms = [scalar(argument, scope) for argument in arguments]
    return calculate(name, terms, scope) if name in ARITHMETIC else _text_function(name, terms)


def _text_function(name: str, terms: list[Term]) -> Term:
    if len(terms) != 1 or terms[0].kind != "text":
        given = f"; {terms[0].said} is {KIND_IN_WORDS[terms[0].kind]}" if len(terms) == 1 else ""
        raise FilterInvalid(f"{name.upper()} takes one text{given}.")
    [term] = terms
    sql = TEXT_FUNCTIONS[name].format(term.sql)
    return Term("text", sql, f"{name.upper()}({term.said})", literal=None)


def unknown_function(op: str) -> str:
    """Return what to say of a function or operator that filters do not have."""
    return (
        f"“{op[:50]}” is not a function or operator that can stand here. Filters compare with =, "
        "<>, <, >, LIKE, BETWEEN, IN and IS NULL, join with AND, OR and NOT, and have the "
        "functions CASEI, ACCENTI, S_INTERSECTS and T_AFTER with their like."
    )


def _not_a_value(argument: Mapping[str, Any]) -> str:
    if "interval" in argument:
        return "An INTERVAL is compared by T_INTERSECTS, T_DURING and their like only."
    if {"type", "bbox"} & argument.keys():
        return "A geometry is compared by S_INTERSECTS, S_WITHIN and their like only."
    for name in ("date", "timestamp"):
        if name in argument:
            return f"{name.upper()} takes one text, such as DATE('2026-03-31')."
    return (
        f"The filter has a part that cannot be read, with “{', '.join(map(str, argument))[:50]}”."
    )
