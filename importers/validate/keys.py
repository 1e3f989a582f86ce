"""Is each key there, and only once?"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from importers.findings import Finding


@dataclass
class KeyRegister:
    """The keys seen so far in a source, each with the row that had it first."""

    title: str
    first_row: dict[str, int] = field(default_factory=dict)

    def find_faults(self, keys: list[str | None], rows: NDArray[np.int64]) -> list[Finding]:
        """Return an error for each row without a key, or with one that an earlier row has."""
        findings = []
        for key, row in zip(keys, rows.tolist(), strict=True):
            if not key:
                findings.append(Finding("KEY-MISSING", "error", f"No {self.title}.", row))
                continue
            first = self.first_row.setdefault(key, row)
            if first != row:
                message = f"{self.title} “{key}” is also in row {first}, which is kept."
                findings.append(Finding("KEY-DUPLICATE", "error", message, row, value=key))
        return findings
