"""The issues of an import, grouped as a person would sort them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, Min

from desk.words import SEVERITIES, kind_in_words
from importers.models import ImportRun, Issue, QuarantinedRow


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """All issues of one kind and severity, with the first as an example."""

    kind: str
    title: str
    count: int
    example: Issue


@dataclass(frozen=True, slots=True)
class SeverityGroup:
    """The kinds of one severity, gravest severity first."""

    severity: str
    title: str
    meaning: str
    groups: tuple[IssueGroup, ...]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def grouped_issues(run: ImportRun) -> list[SeverityGroup]:
    """Return a run's issues by severity and kind, most frequent kind first."""
    counted = list(
        run.issues.order_by().values("severity", "kind").annotate(n=Count("id"), first=Min("id"))
    )
    examples = run.issues.in_bulk([row["first"] for row in counted])
    return [
        SeverityGroup(severity, title, meaning, _kinds(severity, counted, examples))
        for severity, (title, meaning) in SEVERITIES.items()
        if any(row["severity"] == severity for row in counted)
    ]


def _kinds(
    severity: str, counted: list[dict[str, Any]], examples: dict[int, Issue]
) -> tuple[IssueGroup, ...]:
    groups = [
        IssueGroup(row["kind"], kind_in_words(row["kind"]), row["n"], examples[row["first"]])
        for row in counted
        if row["severity"] == severity
    ]
    return tuple(sorted(groups, key=lambda group: (-group.count, group.kind)))


def quarantined_columns(run: ImportRun) -> list[str]:
    """Return the columns of the rows that were kept out, in the order of the file."""
    known = [column["name"] for column in run.understanding.get("columns", [])]
    first = run.quarantined_rows.first()
    return known or (list(first.values) if first else [])


def quarantined_lines(run: ImportRun, columns: list[str]) -> Iterator[list[Any]]:
    """Return each row that was kept out: its number, kind, what is wrong, and its cells."""
    rows = run.quarantined_rows.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(rows, _AT_ONCE)):
        messages = _messages(run, some)
        for kept in some:
            cells = [kept.values.get(name) for name in columns]
            said = " ".join(dict.fromkeys(messages.get(kept.row, [])))
            yield [kept.row, kind_in_words(kept.kind), said, *cells]


_AT_ONCE = 1000


def _messages(run: ImportRun, rows: Iterable[QuarantinedRow]) -> dict[int, list[str]]:
    said: dict[int, list[str]] = {}
    numbers = [kept.row for kept in rows]
    for row, message in run.issues.filter(
        row__in=numbers, severity__in=("error", "excluded")
    ).values_list("row", "message"):
        assert row is not None  # it is one of those asked for
        said.setdefault(row, []).append(message)
    return said
