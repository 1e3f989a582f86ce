"""Two checks side by side: where they answer alike, and what one has that the other has not."""

from dataclasses import dataclass
from typing import Any

from planning.answer import Check, Finding, LayerAnswer, Reason, Verdict
from planning.receipts.record import write_finding


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A feature that both answers find, and find otherwise: ``members`` say in what."""

    before: Finding
    after: Finding
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What two checks say of one layer; None where a check did not ask it.

    ``added``, ``removed`` and ``changed`` are findings, in the order of their answers.
    """

    before: LayerAnswer | None
    after: LayerAnswer | None
    added: tuple[Finding, ...] = ()
    removed: tuple[Finding, ...] = ()
    changed: tuple[FindingChange, ...] = ()

    @property
    def either(self) -> LayerAnswer:
        """The later answer, for the layer's name."""
        answer = self.after or self.before
        assert answer is not None  # one of them was asked
        return answer

    @property
    def is_verdict_same(self) -> bool:
        return _said(self.before) == _said(self.after)

    @property
    def is_edition_same(self) -> bool:
        return _edition(self.before) == _edition(self.after)

    @property
    def is_same(self) -> bool:
        """Whether somebody who relied on the one may rely on the other."""
        return self.is_verdict_same and not (self.added or self.removed or self.changed)


def compare_checks(before: Check, after: Check) -> tuple[AnswerChange, ...]:
    """Return every layer of both checks, in the order of the later one."""
    earlier = {answer.slug: answer for answer in before.answers}
    later = {answer.slug: answer for answer in after.answers}
    slugs = [*later, *(slug for slug in earlier if slug not in later)]
    return tuple(_compare(earlier.get(slug), later.get(slug)) for slug in slugs)


def _compare(before: LayerAnswer | None, after: LayerAnswer | None) -> AnswerChange:
    if before is None or after is None:
        return AnswerChange(before, after)
    earlier = {finding.fid: finding for finding in before.findings}
    later = {finding.fid: finding for finding in after.findings}
    return AnswerChange(
        before,
        after,
        added=tuple(found for fid, found in later.items() if fid not in earlier),
        removed=tuple(found for fid, found in earlier.items() if fid not in later),
        changed=tuple(
            FindingChange(earlier[fid], found, members)
            for fid, found in later.items()
            if fid in earlier and (members := _unlike(earlier[fid], found))
        ),
    )


def _unlike(before: Finding, after: Finding) -> tuple[str, ...]:
    """Return the members that differ as they are kept: to two decimals."""
    earlier, later = write_finding(before), write_finding(after)
    names = [name for name in later if name != "properties" and earlier[name] != later[name]]
    return (*names, *_unlike_properties(earlier["properties"], later["properties"]))


def _unlike_properties(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]


def _said(answer: LayerAnswer | None) -> tuple[Verdict, Reason | None] | None:
    return None if answer is None else (answer.verdict, answer.reason)


def _edition(answer: LayerAnswer | None) -> int | None:
    return answer.edition_id if answer else None
