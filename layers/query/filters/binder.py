"""The values of a condition: each gets a name, and the SQL text holds nothing else of it."""

from decimal import Decimal

Value = str | bytes | Decimal | list[str] | list[Decimal]


class Binder:
    """Collects values under names that begin with ``prefix``."""

    def __init__(self, prefix: str) -> None:
        self.values: dict[str, Value] = {}
        self._prefix = prefix
        self._properties: dict[str, str] = {}

    def bind(self, value: Value, sql_type: str) -> str:
        """Return SQL for a value: a placeholder with its type."""
        name = f"{self._prefix}_{len(self.values)}"
        self.values[name] = value
        return f"%({name})s::{sql_type}"

    def property(self, name: str) -> str:
        """Return SQL for a feature's property as text; the same for the same name."""
        if name not in self._properties:
            # With its type, or ->> could also be the one that takes a place in a list.
            self._properties[name] = f"(properties ->> {self.bind(name, 'text')})"
        return self._properties[name]
