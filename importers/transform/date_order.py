"""Does anything in a source show that its dates have the day first?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from importers.catalogue.entries import FieldEntry
from importers.findings import Finding

_DAY_AND_MONTH = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2\d{2,4}\b", re.ASCII)
_DAY_FIRST = re.compile(r"%d[/.-]%m[/.-]%[Yy]")
_MOST_MONTHS = 12


def needs_proof(field: FieldEntry) -> bool:
    """Return whether a field's dates could be read with the month first as well."""
    return any(_DAY_FIRST.match(pattern) for pattern in field.date_formats)


@dataclass
class DateOrder:
    """Counts a field's dates by what they prove. The catalogue decides; this only says."""

    field: FieldEntry
    ambiguous: int = 0
    is_proven: bool = False
    example: str = ""
    example_row: int = 0

    def add(self, values: Iterable[Any], rows: Iterable[int]) -> None:
        """Take in a batch of the field's cells, until one proves the order."""
        for value, row in zip(values, rows, strict=True):
            if self.is_proven:
                return
            found = _DAY_AND_MONTH.match(value) if isinstance(value, str) else None
            if found is None:
                continue
            day, month = int(found[1]), int(found[3])
            self.is_proven = day > _MOST_MONTHS
            if day != month and day <= _MOST_MONTHS:
                self.ambiguous += 1
                self.example = self.example or value.strip()
                self.example_row = self.example_row or row

    def finding(self) -> Finding | None:
        """Return a warning where every date would be one with the month first too."""
        if self.is_proven or not self.ambiguous:
            return None
        return Finding(
            "DATE-AMBIGUOUS",
            "warning",
            f"“{self.field.title}”: all {self.ambiguous:,} dates could have the month first as "
            f"well; they were read with the day first, as the catalogue says. Check one: "
            f"{self.example}.",
            self.example_row,
            self.field.name,
            self.example,
        )
