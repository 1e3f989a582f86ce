"""Tables for spreadsheets: safe to open, whatever a source's cells hold."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# A cell that begins so is run as a formula, or hides one behind white space.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER_OR_PHONE = re.compile(r"[+-]?[0-9][0-9 .,()-]*(?:[eE][+-]?[0-9]+)?")


def safe_cell(value: Any) -> str:
    """Return a value as a spreadsheet will show it, and not run it.

    What could be a formula gets an apostrophe in front; numbers and telephone numbers,
    which begin with the same signs and run nothing, stay as they are.
    """
    text = "" if value is None else str(value)
    if text.lstrip(" ").startswith(_DANGEROUS) and not _NUMBER_OR_PHONE.fullmatch(text):
        return f"'{text}"
    return text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a table, with the mark by which Excel knows UTF-8 before them."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow([safe_cell(name) for name in header])
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])


class _Echo:
    """Hands each line back to whoever writes it."""

    def write(self, line: str) -> str:
        return line
