"""Where in a table the first bytes lie that are not UTF-8, as a person would find them."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

_LONGEST_LINE_BYTES = 100_000
_SEPARATORS = (",", ";", "\t", "|")
_AROUND = re.compile(rb"[^\s,;\t|]*[\x80-\xff][^\s,;\t|]*")


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place: ``content`` is the word around the bytes, ``column`` empty where it is unknown."""

    line: int
    column: str
    content: bytes

    @property
    def shown(self) -> str:
        """The word, its bytes beyond ASCII by number."""
        return ascii(self.content)[2:-1][:60]

    @property
    def in_column(self) -> str:
        return f", column {self.column}," if self.column else ""


def find_place(path: Path) -> TextPlace:
    """Return the place of the first bytes that are not UTF-8."""
    header = b""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            header = header or line[:_LONGEST_LINE_BYTES]
            try:
                line.decode()
            except UnicodeDecodeError as fault:
                return TextPlace(
                    number, _column(header, line, fault.start), _word(line, fault.start)
                )
    raise AssertionError("all of it is UTF-8")


def _word(line: bytes, start: int) -> bytes:
    for match in _AROUND.finditer(line):
        if match.start() <= start < match.end():
            return match.group()
    return line[start : start + 1]


def _column(header: bytes, line: bytes, start: int) -> str:
    """Return the name of the column by the cells before; of a header itself its number."""
    separator = max(_SEPARATORS, key=lambda each: header.count(each.encode()))
    names = _cells(header, separator)
    # A letter stands for what follows, so that a separator at the end begins a cell.
    place = len(_cells(line[max(0, start - _LONGEST_LINE_BYTES) : start] + b"x", separator))
    is_header = header.startswith(line[:_LONGEST_LINE_BYTES])
    if is_header or place > len(names) or start > _LONGEST_LINE_BYTES:
        return str(place)
    return names[place - 1].strip() or str(place)


def _cells(text: bytes, separator: str) -> list[str]:
    try:
        row = next(csv.reader([text.decode("latin-1")], delimiter=separator), [])
    except csv.Error:
        return []
    return row
