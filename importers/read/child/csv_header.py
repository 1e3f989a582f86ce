"""Finds what separates the cells of a CSV and what its columns are called."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.invisible import BYTE_ORDER_MARK, strip_unseen
from importers.read.header import looks_like_names
from importers.read.limits import ReadLimits

_SHOWN_CHARACTERS = 100
_SEPARATOR_WORDS = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class Separator:
    """What separates cells. ``skipped_lines`` precede the table (Excel's ``sep=;``)."""

    character: str
    skipped_lines: int = 0
    findings: tuple[Finding, ...] = ()


def find_separator(path: Path, encoding: str, limits: ReadLimits) -> Separator:
    """Return the separator that the first line declares or cuts into the most cells.

    A comma wins a tie; another separator is a note for the report.
    """
    with path.open(encoding=encoding, newline="") as text:
        first = text.readline(limits.line_characters).lstrip(BYTE_ORDER_MARK).strip("\r\n")
    if first.lower().startswith("sep=") and first[4:] in _SEPARATOR_WORDS:
        return Separator(first[4:], skipped_lines=1, findings=_note(first[4:]))
    character = max(_SEPARATOR_WORDS, key=lambda each: _cells(first, each))
    return Separator(character, findings=() if character == "," else _note(character))


def _cells(line: str, character: str) -> int:
    return max((len(row) for row in csv.reader([line], delimiter=character)), default=0)


def _note(character: str) -> tuple[Finding, ...]:
    words = _SEPARATOR_WORDS[character]
    return (Finding("CSV-SEPARATOR", "note", f"Cells are separated by a {words}, not by a comma."),)


def name_columns(
    header: Sequence[str], limits: ReadLimits
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Return the names of a header line, each one once and none empty.

    Spaces and unseen characters around a name go silently; a repeated name gets a number and a
    warning, an empty one is called after its place.

    Raises
    ------
    SourceUnreadable
        ``COL-TOO-MANY``.
    """
    if len(header) > limits.columns:
        raise SourceUnreadable(
            f"The file has {len(header)} columns and at most {limits.columns} are read. "
            "Leave out those that are not needed.",
            code="COL-TOO-MANY",
        )
    names: list[str] = []
    findings: list[Finding] = []
    for place, cell in enumerate(header, start=1):
        wanted = strip_unseen(cell) or f"column {place}"
        name = _unused(wanted, names)
        if name != wanted:
            findings.append(_repeated(wanted, name, place))
        names.append(name)
    return tuple(names), tuple(findings)


def _unused(wanted: str, names: Sequence[str]) -> str:
    name, number = wanted, 1
    while name in names:
        number += 1
        name = f"{wanted} ({number})"
    return name


def _repeated(wanted: str, name: str, place: int) -> Finding:
    return Finding(
        kind="COL-DUPLICATE",
        severity="warning",
        message=f"Column {place} is another column called {wanted}; it was read as {name}.",
        field=name,
    )


def refuse_header(
    line: int, first: Sequence[str], second: Sequence[str], columns: Sequence[str]
) -> None:
    """Refuse a table whose first line is a header, although the catalogue says it has none.

    Raises
    ------
    SourceUnreadable
        ``HEADER-UNEXPECTED``.
    """
    if not looks_like_names(first, second, columns):
        return
    shown = ", ".join(first)[:_SHOWN_CHARACTERS]
    raise SourceUnreadable(
        f"Line {line} looks like the names of the columns ({shown}), but the catalogue says that "
        "the file has none (header = false). Take header and columns out of [source], or take the "
        "line out of the file.",
        code="HEADER-UNEXPECTED",
    )
