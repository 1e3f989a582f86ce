"""From a place to its collections: every question that pages and addresses ask.

Rounds, calendars and changes are ordinary layers, found by their role. An answer takes three
statements: one for the editions, one for the place's rounds, one for what is planned on them.
"""

from datetime import date
from typing import Any

from gazetteer.query import Place, find_place
from waste.assignment import PlaceRounds
from waste.collection import NotKnown, PlaceCollections
from waste.query.planned import what_is_planned
from waste.query.rounds import rounds_of_place
from waste.query.sources import Sources
from waste.schedule import service_collections

__all__ = ["collections_at", "collections_of_uprn"]


def collections_of_uprn(uprn: str, first: date, last: date) -> PlaceCollections:
    """Return the collections of one address, from ``first`` to ``last``, both included.

    Raises
    ------
    NotFound
        There is no such address in the published editions.
    """
    return collections_at(find_place(f"uprn-{uprn}"), first, last)


def collections_at(place: Place, first: date, last: date) -> PlaceCollections:
    """Return the collections of a place, from ``first`` to ``last``, both included.

    Parameters
    ----------
    place
        An address or property is on the rounds that the council gave for it, else on those whose
        area it lies in. A postcode is on the rounds that all its homes share.
    first, last
        Days in the United Kingdom.
    """
    sources = Sources.now()
    rounds = rounds_of_place(sources, place) if sources.has_rounds else NotKnown.NOTHING_PUBLISHED
    if isinstance(rounds, NotKnown) and not place.is_inside_council:
        return _answer(sources, not_known=NotKnown.OUTSIDE_COUNCIL)
    if isinstance(rounds, NotKnown):
        planned = what_is_planned(sources, place, PlaceRounds(), first, last)
        return _answer(sources, notices=planned.notices, not_known=rounds)
    planned = what_is_planned(sources, place, rounds, first, last)
    services = tuple(
        service_collections(schedule, planned.changes, first, last)
        for schedule in planned.schedules
    )
    return _answer(
        sources,
        services=services,
        notices=planned.notices,
        not_known=None if services else NotKnown.NO_ROUND,
        missing_rounds=planned.missing,
    )


def _answer(sources: Sources, **parts: Any) -> PlaceCollections:
    usual: dict[str, Any] = {
        "services": (),
        "notices": (),
        "not_known": None,
        "layers": sources.public_slugs,
        "as_of": sources.as_of,
    }
    return PlaceCollections(**{**usual, **parts})
