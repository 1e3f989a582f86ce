"""What stands on a side of a comparison: a property, a literal, or made from them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from layers.query.registry import PublishedField

Kind = Literal["text", "number", "boolean", "date", "datetime"]

KIND_OF_TYPE: dict[str, Kind] = {
    "text": "text",
    "url": "text",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
}
KIND_IN_WORDS: dict[Kind, str] = {
    "text": "text",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date",
    "datetime": "a date and time",
}

Literals = str | Decimal | bool | date | datetime


@dataclass(frozen=True, slots=True)
class Term:
    """A scalar of one kind.

    ``sql`` is numeric for numbers and text for every other kind: ``true`` and
    ``false`` for booleans, and dates as they are kept. ``indexed`` is what the
    index of a queryable property holds, or empty. ``literal`` is None for what
    depends on a feature. ``said`` is how a message calls it.
    """

    kind: Kind
    sql: str
    said: str
    indexed: str = ""
    literal: Literals | None = None
    field: PublishedField | None = None
