"""Setting a finding of a kept check aside, with a reason, and taking that back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from layers.errors import NotFound
from planning.receipts.keep import KeptCheck
from planning.receipts.models import Aside

FindingKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """What was last said of a finding. ``by`` is for staff."""

    is_aside: bool
    reason: str
    at: datetime
    by: str


def asides_of(receipt_id: str) -> Mapping[FindingKey, list[Word]]:
    """Return all that was said of a check's findings, by layer and feature, last words last."""
    said: dict[FindingKey, list[Word]] = {}
    for aside in Aside.objects.using("read").filter(receipt_id=receipt_id):
        word = Word(aside.verb == Aside.Verb.SET_ASIDE, aside.reason, aside.at, aside.by)
        said.setdefault((aside.layer, aside.fid), []).append(word)
    return said


def set_aside(kept: KeptCheck, layer: str, fid: str, *, reason: str, by: str) -> None:
    """Write down that a finding does not count, why, and who said so.

    Raises
    ------
    NotFound
        The check has no such finding.
    """
    _write(kept, layer, fid, Aside.Verb.SET_ASIDE, reason, by)


def take_back(kept: KeptCheck, layer: str, fid: str, *, reason: str, by: str) -> None:
    """Write down that a finding that was set aside counts again. Errors as of `set_aside`."""
    _write(kept, layer, fid, Aside.Verb.TAKEN_BACK, reason, by)


def _write(kept: KeptCheck, layer: str, fid: str, verb: str, reason: str, by: str) -> None:
    known = {
        (answer.slug, finding.fid) for answer in kept.check.answers for finding in answer.findings
    }
    if (layer, fid) not in known:
        raise NotFound("The check has no such finding.")
    Aside.objects.create(receipt_id=kept.id, layer=layer, fid=fid, verb=verb, reason=reason, by=by)
