"""Checks a MapInfo MIF against itself and against its MID before GDAL opens them."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from importers.errors import SourceUnreadable
from importers.read.child.mapinfo_charset import check_charset
from importers.read.child.mapinfo_rows import MapInfoRows

_OBJECTS = frozenset(
    ("none", "point", "line", "pline", "region", "arc", "text", "rect", "roundrect", "ellipse")
    + ("multipoint", "collection")
)
_POSITION = re.compile(r"\s*[-+.\deE]+\s+[-+.\deE]+\s*$")
_DELIMITER = re.compile(r'^\s*delimiter\s+"(.)"', re.IGNORECASE | re.MULTILINE)
_MOST_CHARACTERS_OF_CELL = 1_000_000


def check_mif(mif: Path) -> MapInfoRows:
    """Return what rows the table holds, having counted every ring's positions.

    Raises
    ------
    SourceUnreadable
        ``MIF-SYNTAX`` with the line, or ``TEXT-ENCODING``.
    """
    mid = mif.with_suffix(".mid")
    if not mid.exists():
        raise SourceUnreadable(
            "The .mif lacks its .mid, which holds the attributes. Zip the .mif and .mid files "
            "together and send the zip.",
            code="MIF-SYNTAX",
        )
    content, attributes = mif.read_bytes(), mid.read_bytes()
    header, _, _ = content.partition(b"\nData")
    check_charset(header, attributes)
    # Numbers and keywords are ASCII; a label in another set must not stop the count.
    has_shape = list(_shapes(_MifLines(content.decode("latin-1").splitlines())))
    found = _DELIMITER.search(header.decode("latin-1"))
    rows = _mid_rows(attributes, found.group(1) if found else "\t")
    if rows != len(has_shape):
        raise SourceUnreadable(
            f"The .mid ends after {rows:,} rows and the .mif has {len(has_shape):,} objects, so "
            "that they do not belong together. Export the table again.",
            code="MIF-SYNTAX",
        )
    return MapInfoRows(has_shape=np.array(has_shape, bool), count=rows)


class _MifLines:
    """The lines after ``Data``, and the number of the one that was taken last."""

    def __init__(self, lines: list[str]) -> None:
        starts = [place for place, line in enumerate(lines) if line.strip().lower() == "data"]
        if not starts:
            raise _wrong(1, "the file has no line that says Data")
        self.lines = lines
        self.number = starts[0] + 1

    def __iter__(self) -> Iterator[list[str]]:
        while self.number < len(self.lines):
            yield self.take().lower().split()

    def take(self) -> str:
        """Return the next line."""
        if self.number >= len(self.lines):
            raise _wrong(self.number, "the file ends in the middle of a shape")
        self.number += 1
        return self.lines[self.number - 1]

    def take_count(self, text: str) -> int:
        """Return ``text`` as a number of things that may still stand in the file."""
        if not text.strip().isdecimal() or int(text) > len(self.lines):
            raise _wrong(self.number, f"“{text.strip()[:30]}” is not a number of what follows")
        return int(text)

    def take_positions(self, count: int) -> None:
        """Pass over ``count`` lines of x and y."""
        for place in range(count):
            line = self.take()
            if not _POSITION.match(line):
                raise _wrong(
                    self.number,
                    f"position {place + 1} of {count} was expected, not “{line.strip()[:30]}”",
                )


def _shapes(lines: _MifLines) -> Iterator[bool]:
    """Yield for each object of the file whether it has a place; parts count with their whole."""
    parts = 0
    for words in lines:
        if not words or words[0] not in _OBJECTS:
            continue
        if words[0] == "region":
            for _ in range(lines.take_count(words[1] if len(words) > 1 else "")):
                lines.take_positions(lines.take_count(lines.take()))
        elif words[0] == "text":
            lines.take()
        if parts:
            parts -= 1
            continue
        if words[0] == "collection":
            parts = lines.take_count(words[1] if len(words) > 1 else "")
        yield words[0] != "none"


def _mid_rows(attributes: bytes, delimiter: str) -> int:
    csv.field_size_limit(_MOST_CHARACTERS_OF_CELL)
    lines = attributes.decode("latin-1").splitlines(keepends=True)
    try:
        return sum(1 for row in csv.reader(lines, delimiter=delimiter) if row)
    except csv.Error:
        raise SourceUnreadable(
            "The .mid cannot be read as rows of cells. Export the table again.", code="MIF-SYNTAX"
        ) from None


def _wrong(line: int, what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"Line {line} of the .mif: {what}. Export the table again.", code="MIF-SYNTAX"
    )
