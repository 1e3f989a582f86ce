"""Finds dead links between documents, and decision records whose numbers disagree."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from scripts.steps import ROOT

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|/", re.IGNORECASE)
_ADR_NAME = re.compile(r"(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md")
_HEADING = re.compile(r"^# (?:ADR )?(\d+)\b")


def find_faults() -> list[str]:
    return [*_dead_links(), *_misnumbered_records()]


def _documents() -> Iterator[Path]:
    yield from sorted(ROOT.glob("*.md"))
    yield from sorted((ROOT / "docs").rglob("*.md"))


def _dead_links() -> Iterator[str]:
    for document in _documents():
        for target in _LINK.findall(_CODE.sub("", document.read_text())):
            path = unquote(target.partition("#")[0])
            if not _ELSEWHERE.match(target) and not (document.parent / path).exists():
                yield f"{document.relative_to(ROOT)}: links to {target}, which is not there."


def _misnumbered_records() -> Iterator[str]:
    seen: dict[int, str] = {}
    for record in sorted((ROOT / "docs/adr").glob("*.md")):
        if record.name == "README.md":
            continue
        name = _ADR_NAME.fullmatch(record.name)
        if name is None:
            yield f"docs/adr/{record.name}: call it NNNN-verb-object.md."
            continue
        number = int(name[1])
        heading = _HEADING.match(record.read_text())
        if heading is None or int(heading[1]) != number:
            yield f"docs/adr/{record.name}: its title must begin with {name[1]}."
        if number in seen:
            yield f"docs/adr/{record.name}: has the number of {seen[number]}."
        seen[number] = record.name
