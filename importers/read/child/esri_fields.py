"""What the values of an ArcGIS layer mean: words for codes, and which of them are dates."""

from collections.abc import Callable
from functools import partial
from typing import Any

ValueReader = Callable[[Any], Any]


def value_readers(fields: Any) -> dict[str, ValueReader]:
    """Return how to read each of an answer's ``fields`` that needs more than to be taken.

    A code that its domain does not list stays as it is.
    """
    readers: dict[str, ValueReader] = {}
    for field in fields if isinstance(fields, list) else []:
        if not isinstance(field, dict) or not isinstance(field.get("name"), str):
            continue
        if words := _words(field.get("domain")):
            readers[field["name"]] = partial(_worded, words)
    return readers


def date_fields(fields: Any) -> list[str]:
    """Return the names of an answer's ``fields`` that hold milliseconds since 1970."""
    return [
        field["name"]
        for field in (fields if isinstance(fields, list) else [])
        if isinstance(field, dict)
        and isinstance(field.get("name"), str)
        and field.get("type") == "esriFieldTypeDate"
    ]


def _worded(words: dict[str, str], code: Any) -> Any:
    return words.get(code_text(code), code)


def _words(domain: Any) -> dict[str, str]:
    coded = domain.get("codedValues") if isinstance(domain, dict) else None
    return {
        code_text(each.get("code")): str(each.get("name"))
        for each in (coded if isinstance(coded, list) else [])
        if isinstance(each, dict)
    }


def code_text(code: Any) -> str:
    """Return a code as text: the number 2 is the code 2 also where it is written 2.0."""
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)
