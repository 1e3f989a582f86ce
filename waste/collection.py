"""A household's collections as values: what is taken, on which day, and what changed that."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ServiceKind(StrEnum):
    """What a collection takes. Colours are each council's own and say nothing here."""

    REFUSE = "refuse"
    RECYCLING = "recycling"
    GARDEN = "garden"
    FOOD = "food"
    OTHER = "other"


class State(StrEnum):
    """What becomes of one planned collection."""

    DUE = "due"
    MOVED = "moved"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Service:
    """One service of a round, in the council's own words.

    ``name`` is such as “Household waste”, ``container`` “grey bin” or nothing;
    ``put_out_by`` is free text such as “6am”, or nothing.
    """

    kind: ServiceKind
    name: str
    container: str = ""
    put_out_by: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection. It is the same one, whatever becomes of it, while ``planned_on`` is the same.

    ``on`` is the day it happens: `planned_on` where it is due, another where it moved, None
    where it is suspended. ``reason`` is why it is not as planned, in the council's words.
    """

    service: Service
    round: str
    planned_on: date
    state: State
    on: date | None
    reason: str = ""

    @property
    def day(self) -> date:
        """The day that it is listed under: one that is suspended, under its planned one."""
        return self.on or self.planned_on


@dataclass(frozen=True, slots=True)
class ServiceCollections:
    """One service at one place, and its collections within the days asked for, by day.

    ``known_until`` is the last day that the council's calendar reaches, or None where its rule
    has no end. No collections before that day means that there are none; after it, that they
    are not known.
    """

    service: Service
    round: str
    collections: tuple[Collection, ...]
    known_until: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the council says about collections in an area, for some days."""

    title: str
    text: str
    starts_on: date | None
    ends_on: date | None
    url: str = ""


class NotKnown(StrEnum):
    """Why nothing can be said about a place's collections."""

    NOTHING_PUBLISHED = "nothing-published"  # the council has given no rounds at all
    NO_ROUND = "no-round"  # this place is on no round that we have
    SEVERAL_ROUNDS = "several-rounds"  # a postcode or an edge: the address decides
    NEEDS_ADDRESS = "needs-address"  # a street, or whatever else we know no addresses of
    OUTSIDE_COUNCIL = "outside-council"


@dataclass(frozen=True, slots=True)
class PlaceCollections:
    """Everything known about the collections of one place.

    ``not_known`` says why there are no services; None where there are some. ``layers`` are the
    slugs of the public layers that the answer came from, and ``as_of`` the day on which the
    oldest edition was published, of those that are not public too. ``missing_rounds`` are rounds
    that the council has this place on, and of which it has published nothing.
    """

    services: tuple[ServiceCollections, ...]
    notices: tuple[Notice, ...]
    not_known: NotKnown | None
    layers: tuple[str, ...] = ()
    as_of: date | None = None
    missing_rounds: tuple[str, ...] = ()
