"""What an import did, for the person who started it and for machines."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from importers.errors import ImportStopped
from importers.findings import Finding, Severity
from importers.fixes import Offer
from importers.validate.failed_check import FailedCheck

INTERRUPTED = "Interrupted. Nothing was changed."


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """All findings of one kind and severity, with the first as an example."""

    kind: str
    severity: Severity
    count: int
    example: str


@dataclass
class ImportReport:
    """The figures of one import.

    ``rows_read == published + quarantined``, unless the import was stopped: then nothing is
    published, and ``quarantined`` counts the rows that had faults.

    ``run`` is the number of its record, ``outcome`` a value of
    `importers.models.ImportRun.Outcome`; ``reason`` says why an import stopped. Where only
    ``failed_checks`` stopped it, ``edition`` waits, unseen, for a person to publish it all the
    same. ``offers`` are fixes by which a source could be read. ``can_retry``: the same may
    work later, without anybody doing anything; ``retry_after_s``: not sooner, says the server.
    ``notes`` say what else the operator should know of what is published.
    """

    layer: str
    outcome: str = "running"
    run: int | None = None
    edition: int | None = None
    rows_read: int = 0
    published: int = 0
    quarantined: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0
    reason: str = ""
    code: str = ""
    can_retry: bool = False
    retry_after_s: int | None = None
    form: str = ""
    crs: str = ""
    issues: list[IssueGroup] = field(default_factory=list)
    failed_checks: list[FailedCheck] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def say_held(self) -> None:
        """Say that the failed checks keep the edition from the public."""
        self.reason = " ".join(check.message for check in self.failed_checks)
        self.code = self.failed_checks[0].code

    def say_stopped(self, error: ImportStopped) -> None:
        """Say why the import stopped, and what may be done about it."""
        self.reason = str(error).encode("utf-8", "backslashreplace").decode()
        self.code = error.code
        self.can_retry, self.retry_after_s = error.can_retry, error.retry_after_s
        self.offers = list(error.offers)
        self.failed_checks = []

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command's ``--json`` writes it."""
        return {**asdict(self), "offers": [offer.as_json() for offer in self.offers]}


class ImportInterrupted(KeyboardInterrupt):
    """Somebody pressed Ctrl-C while an import ran; ``report`` says what had become of it."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def group_findings(findings: Iterable[Finding]) -> list[IssueGroup]:
    """Return findings by kind and severity: what kept rows out first, then most frequent."""
    counts: Counter[tuple[str, Severity]] = Counter()
    examples: dict[tuple[str, Severity], str] = {}
    for finding in findings:
        group = finding.kind, finding.severity
        counts[group] += 1
        if group not in examples:
            examples[group] = _in_words(finding)
    order: list[Severity] = ["error", "excluded", "warning", "fixed", "note"]
    return sorted(
        (IssueGroup(*group, count, examples[group]) for group, count in counts.items()),
        key=lambda group: (order.index(group.severity), -group.count),
    )


def _in_words(finding: Finding) -> str:
    return finding.message if finding.row is None else f"Row {finding.row}: {finding.message}"
