"""Values of an answer as they stand in it, with a link where one can be followed safely."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from layers.query.registry import PublishedField
from layers.query.web_address import web_address


@dataclass(frozen=True, slots=True)
class Value:
    """One value under its name. ``text`` is empty where there is none."""

    name: str
    title: str
    text: str
    unit: str = ""
    href: str = ""


def property_values(
    properties: Mapping[str, Any], fields: tuple[PublishedField, ...]
) -> tuple[Value, ...]:
    """Return a feature's properties in the order of the layer's fields, then any other."""
    titled = {field.name: field for field in fields}
    names = [name for name in titled if name in properties]
    names += [name for name in properties if name not in titled]
    return tuple(_value(name, properties[name], titled.get(name)) for name in names)


def as_text(value: object) -> str:
    """Return a value as JSON has it, and text without its quotes."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _value(name: str, value: object, field: PublishedField | None) -> Value:
    text = as_text(value)
    return Value(
        name=name,
        title=field.title if field else name,
        text=text,
        unit=field.unit if field and text else "",
        href=web_address(value),
    )
