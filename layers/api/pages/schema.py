"""A JSON Schema of a layer's properties, or of those that may be filtered on, as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from layers.api.pages.values import as_text


@dataclass(frozen=True, slots=True)
class SchemaRow:
    """One property of a schema."""

    name: str
    title: str
    type: str
    description: str
    values: tuple[str, ...]


def schema_page(
    request: HttpRequest, answer: dict[str, Any], known: Iterable[str]
) -> dict[str, Any]:
    """Return the rows of the table."""
    return {
        "rows": [_row(name, schema) for name, schema in answer.get("properties", {}).items()],
        "collection_address": request.path.rpartition("/")[0],
    }


def _row(name: str, schema: Mapping[str, Any]) -> SchemaRow:
    return SchemaRow(
        name=name,
        title=str(schema.get("title", name)),
        type=type_of(schema),
        description=str(schema.get("description", "")),
        values=tuple(as_text(value) for value in schema.get("enum", ())),
    )


def type_of(schema: Mapping[str, Any]) -> str:
    """Return a schema's type in words: ``integer``, ``string (date)``, ``array of number``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kinds = schema.get("type", "")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if kind == "array":
        kind = f"array of {type_of(schema.get('items', {})) or 'anything'}"
    detail = str(schema.get("format") or schema.get("x-ogc-unit") or "")
    if not kind:
        return detail
    return f"{kind} ({detail})" if detail else kind
