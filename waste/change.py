"""Dated changes: what moves or suspends planned collections, and which of several changes wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from waste.collection import Service, State


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the collections planned from ``first`` to ``last``, both included.

    An empty ``round`` or ``service`` means all of them. Exactly one is given: ``moved_to``, the
    day on which they all happen; ``shift_days``, by how many days each is later (earlier below
    0, as usual at 0); or ``is_suspended``. ``position`` is its place in the council's list.
    """

    first: date
    last: date
    round: str = ""
    service: str = ""
    moved_to: date | None = None
    shift_days: int | None = None
    is_suspended: bool = False
    reason: str = ""
    announced_on: date | None = None
    position: int = 0

    def concerns(self, round_: str, service: Service, day: date) -> bool:
        """Return whether it is about a service's collection planned on ``day``."""
        return self.first <= day <= self.last and self.is_about(round_, service)

    def is_about(self, round_: str, service: Service) -> bool:
        """Return whether it is about a service of a round on some day."""
        return (not self.round or same_words(self.round, round_)) and (
            not self.service or names_service(self.service, service)
        )

    def happens_on(self, planned_on: date) -> date | None:
        """Return the day of a collection that was planned on another; None: it is suspended."""
        if self.is_suspended:
            return None
        if self.moved_to is not None:
            return self.moved_to
        return planned_on + timedelta(days=self.shift_days or 0)

    def state_of(self, planned_on: date) -> State:
        """Return what becomes of a collection planned on a day that it is about."""
        on = self.happens_on(planned_on)
        if on is None:
            return State.SUSPENDED
        return State.DUE if on == planned_on else State.MOVED


def winning_change(
    changes: Iterable[Change], round_: str, service: Service, day: date
) -> Change | None:
    """Return the one change that decides on a planned collection, or None.

    The most specific wins: one that names the round before one that does not, then one that
    names the service, then the one about fewer days. Of equals the newest wins: the one
    announced last, then the one lowest in the list.
    """
    concerned = [change for change in changes if change.concerns(round_, service, day)]
    return max(concerned, key=_weight, default=None)


def names_service(words: str, service: Service) -> bool:
    """Return whether words mean a service: its name, or its kind such as “recycling”."""
    return same_words(words, service.name) or same_words(words, service.kind)


def same_words(one: str, other: str) -> bool:
    """Return whether two texts are the same but for capitals and spaces."""
    return fold(one) == fold(other)


def fold(words: str) -> str:
    """Return a text as it is compared: small letters, single spaces."""
    return " ".join(words.casefold().split())


def _weight(change: Change) -> tuple[bool, bool, timedelta, date, int]:
    return (
        bool(change.round),
        bool(change.service),
        change.first - change.last,
        change.announced_on or date.min,
        change.position,
    )
