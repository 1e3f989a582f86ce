"""Is each key there, and only once?"""

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from importers.findings import Finding
from importers.validate.seen_keys import SeenKeys


class KeyRegister:
    """The keys seen so far in a source, each with the row that had it first."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._seen = SeenKeys()

    def find_faults(self, keys: Sequence[str | None], rows: NDArray[np.int64]) -> list[Finding]:
        """Return an error for each row without a key, or with one that an earlier row has."""
        findings = []
        if not all(keys):
            present = np.array([bool(key) for key in keys], dtype=bool)
            findings = [
                Finding("KEY-MISSING", "error", f"No {self.title}.", row)
                for row in rows[~present].tolist()
            ]
            rows = rows[present]
        there = cast(Sequence[str], keys) if not findings else [key for key in keys if key]
        findings += [
            self._repeated(there[place], int(rows[place]), first)
            for place, first in self._seen.add(there, rows).items()
        ]
        return sorted(findings, key=lambda finding: finding.row or 0)

    def _repeated(self, key: str, row: int, first: int) -> Finding:
        message = f"{self.title} “{key}” is also in row {first}, which is kept."
        return Finding("KEY-DUPLICATE", "error", message, row, value=key)
