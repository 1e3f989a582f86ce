"""Gives the lines of a text one by one or in blocks, and counts them as a person does."""

import io
import re
from collections.abc import Iterator
from typing import TextIO
from weakref import finalize

from importers.errors import SourceUnreadable
from importers.invisible import BYTE_ORDER_MARK
from importers.read.limits import ReadLimits

# One stands where another file begins, if files were joined; before a quote it would hide it.
_LEADING_MARKS = re.compile(f"^{BYTE_ORDER_MARK}+", re.MULTILINE)


class NumberedLines:
    """The lines of ``text`` from the one after ``line`` on.

    A block that was taken, and turned out to need the lines one by one, is given back.
    """

    def __init__(self, text: TextIO, line: int, limits: ReadLimits) -> None:
        self.line = line
        self._text = text
        self._limits = limits
        self._given_back = io.StringIO()
        self._characters_back = 0
        # Whoever stops reading, for whatever reason, need not think of the file.
        finalize(self, text.close)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Return the next line, without ever holding one of any length."""
        source = self._given_back if self._characters_back else self._text
        content = source.readline(self._limits.line_characters)
        if not content:
            raise StopIteration
        self._characters_back -= len(content) if self._characters_back else 0
        self.line += 1
        if len(content) == self._limits.line_characters:
            raise SourceUnreadable(
                f"Line {self.line} is longer than {self._limits.line_characters:,} characters. "
                "Check that the file is a table with one row a line.",
                code="LINE-TOO-LONG",
            )
        return content.lstrip(BYTE_ORDER_MARK)

    @property
    def has_given_back(self) -> bool:
        """Return whether part of what was given back is still to be read."""
        return self._characters_back > 0

    def take_block(self, characters: int) -> str:
        """Return about so many characters up to the end of a line; an empty text at the end."""
        block = self._given_back.read() if self._characters_back else ""
        self._characters_back = 0
        block += self._text.read(max(characters - len(block), 0))
        if block and not block.endswith("\n"):
            block += self._text.readline(self._limits.line_characters)
        return _LEADING_MARKS.sub("", block) if BYTE_ORDER_MARK in block else block

    def give_back(self, block: str) -> None:
        """Take back lines that are to be given once more; `line` is that before the first."""
        self._given_back = io.StringIO(block, newline="")
        self._characters_back = len(block)
