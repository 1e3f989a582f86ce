"""What a step found wrong, before it becomes an `Issue` row."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "excluded", "warning", "fixed", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in a source.

    ``row`` counts as the person sees it: the line of a CSV with its header as
    line 1, the feature of anything else from 1. An ``error`` with a row keeps
    that row out of the edition; so does ``excluded``, which is on purpose.
    """

    kind: str
    severity: Severity
    message: str
    row: int | None = None
    field: str = ""
    value: str = ""
