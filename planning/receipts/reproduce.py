"""Whether a kept check still comes out as it did, from the same editions."""

from dataclasses import dataclass

from planning.query.again import answer_again
from planning.receipts.keep import KeptCheck
from planning.receipts.record import read_fields, write_answer, write_answers


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What came of answering a kept check again.

    ``is_same``: to the byte. ``gone`` are the layers whose editions are no longer kept: their
    answers could not be computed again. ``differing`` are those that come out otherwise.
    """

    is_same: bool
    gone: tuple[str, ...]
    differing: tuple[str, ...]


def reproduce_check(kept: KeptCheck) -> Reproduced:
    """Return whether the same editions give the same answers, byte for byte, as were kept."""
    again = answer_again(kept.check, read_fields(kept.record))
    is_same = write_answers(kept.check) == write_answers(again.check)
    pairs = zip(kept.check.answers, again.check.answers, strict=True)
    differing = tuple(then.slug for then, now in pairs if write_answer(then) != write_answer(now))
    return Reproduced(is_same and not again.gone, again.gone, differing)
