"""A part of a WHERE clause over `layers_feature`, with the values that it binds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL text with ``%(name)s`` for each value, and the values by name.

    The text comes from our own code alone: whatever a request says is looked up, or
    stands among ``values``. It is the same for requests of the same shape, so that
    the statement it becomes part of can be kept.
    """

    text: str
    values: Mapping[str, Any]
