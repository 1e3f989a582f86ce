"""The permitted development rights that an Article 4 direction takes away, in words."""

from collections.abc import Mapping
from typing import Any


def rights_removed(properties: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """Return the rights that a feature's field names; nothing where the layer has no such field."""
    said = str(properties.get(field) or "") if field else ""
    return tuple(part.strip() for part in said.split(";") if part.strip())
