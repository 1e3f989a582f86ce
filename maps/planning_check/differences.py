"""What two checks say differently, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from maps.planning_check.facts import Facts, read_facts
from planning.answer import Finding, LayerAnswer, Verdict
from planning.receipts.compare import AnswerChange
from planning.words import describe_reason, describe_verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """One layer of two checks: what each says, and what only one of them has."""

    change: AnswerChange
    before: str
    after: str
    lines: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return self.change.is_same


def describe_differences(
    changes: Sequence[AnswerChange], *, is_later: bool = False
) -> list[Difference]:
    """Return the layers in words, those that differ first.

    ``is_later``: the second check is of the same site, later: what only it has came meanwhile.
    """
    facts = read_facts()
    described = [
        Difference(each, _say(each.before), _say(each.after), tuple(_lines(each, facts, is_later)))
        for each in changes
    ]
    return sorted(described, key=lambda each: each.is_same)


def _say(answer: LayerAnswer | None) -> str:
    if answer is None:
        return _("Not asked")
    if answer.verdict == Verdict.NOT_KNOWN:
        return _("Not known here. %(reason)s") % {"reason": describe_reason(answer)}
    return describe_verdict(answer.verdict)


def _lines(change: AnswerChange, facts: Facts, is_later: bool) -> list[str]:
    if _says_nothing(change.before) or _says_nothing(change.after):
        # What one of them does not know is neither new nor gone.
        return []

    def name(finding: Finding) -> str:
        return facts.name_of(change.either.slug, finding.title)

    new, gone = _("Also: %(title)s"), _("Without: %(title)s")
    other = _("Differently: %(title)s (%(members)s)")
    if is_later:
        new, gone = _("Added: %(title)s"), _("No longer there: %(title)s")
        other = _("Changed: %(title)s (%(members)s)")
    added = [new % {"title": name(each)} for each in change.added]
    removed = [gone % {"title": name(each)} for each in change.removed]
    changed = [
        other % {"title": name(each.after), "members": ", ".join(map(_member, each.members))}
        for each in change.changed
    ]
    return [*added, *removed, *changed]


def _says_nothing(answer: LayerAnswer | None) -> bool:
    return answer is None or (answer.verdict == Verdict.NOT_KNOWN and not answer.findings)


def _member(name: str) -> str:
    words = {
        "overlap_m2": _("overlap"),
        "overlap_percent": _("share of the site"),
        "how": _("how it meets the site"),
        "title": _("name"),
        "rights": _("rights removed"),
        "is_probably_neighbours": _("whether it is a neighbour’s"),
    }
    return words.get(name, name.replace("_", " "))
