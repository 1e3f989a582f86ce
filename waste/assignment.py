"""Which rounds a place is on: by what the council says of the property, or by where it lies."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from waste.change import fold, names_service
from waste.collection import Service


@dataclass(frozen=True, slots=True)
class Assignment:
    """A property is on a round: with all of its services, or with the one that is named."""

    round: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class RoundService:
    """One service of one round whose area a place lies in."""

    round: str
    service: Service


@dataclass(frozen=True, slots=True)
class PlaceRounds:
    """Everything by which a place is on rounds.

    ``own_calendar`` tells the property's own days from those of others; empty where it has none.
    Two places with equal values have the same collections. ``uprn`` is one of those that have
    them; empty where that is not asked.
    """

    assigned: frozenset[Assignment] = frozenset()
    areas: frozenset[RoundService] = frozenset()
    own_calendar: str = ""
    uprn: str = field(default="", compare=False)

    @property
    def rounds(self) -> frozenset[str]:
        """Every round that has to be looked at."""
        return frozenset(one.round for one in (*self.assigned, *self.areas))

    @property
    def is_empty(self) -> bool:
        """Whether it is on no round at all."""
        return not (self.assigned or self.areas or self.own_calendar)

    def has_several_for_a_service(self) -> bool:
        """Return whether areas of two rounds take the same from here, as on their common edge."""
        rounds_of: dict[tuple[str, str], set[str]] = {}
        for area in self.areas:
            named = (area.service.kind.value, fold(area.service.name))
            rounds_of.setdefault(named, set()).add(fold(area.round))
        return any(len(rounds) > 1 for rounds in rounds_of.values())

    def includes(self, round_: str, service: Service) -> bool:
        """Return whether a service of a round is collected here."""
        if any(
            fold(one.round) == fold(round_)
            and (not one.service or names_service(one.service, service))
            for one in self.assigned
        ):
            return True
        return any(
            fold(one.round) == fold(round_)
            and (one.service.kind, fold(one.service.name)) == (service.kind, fold(service.name))
            for one in self.areas
        )


def place_rounds(
    assigned: Iterable[Assignment],
    areas: Iterable[RoundService],
    own_calendar: str = "",
    uprn: str = "",
) -> PlaceRounds:
    """Return the rounds of a place.

    What is said of the property wins over where it lies. A row without a service says all that
    there is to say of it; one with a service says where that service comes from, and areas still
    say so of the others.
    """
    assigned = frozenset(assigned)
    if any(not one.service for one in assigned):
        return PlaceRounds(assigned, frozenset(), own_calendar, uprn)
    kept = frozenset(
        area
        for area in areas
        if not any(names_service(one.service, area.service) for one in assigned)
    )
    return PlaceRounds(assigned, kept, own_calendar, uprn)
