"""A part of a WHERE clause over `layers_feature`, with the values that it binds."""

from collections.abc import Iterable, Mapping
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


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Return one condition that holds where every one does; without any, everywhere.

    Raises
    ------
    ValueError
        Two conditions bind one name, so that one would get the other's value.
    """
    texts: list[str] = []
    values: dict[str, Any] = {}
    for condition in conditions:
        if not values.keys().isdisjoint(condition.values):
            raise ValueError(f"two conditions bind {sorted(values.keys() & condition.values)}")
        texts.append(f"({condition.text})")
        values.update(condition.values)
    return Condition(" AND ".join(texts) or "true", values)
