"""Which rounds a place is on, as the published layers have it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from psycopg import sql

from gazetteer.query import Place
from layers.query.run import fetch_rows
from waste.assignment import Assignment, PlaceRounds, RoundService, place_rounds
from waste.collection import NotKnown
from waste.query.sources import ADDRESS, Sources
from waste.roles import DATE, PREMISES, ROUND
from waste.rows import RowUnreadable, read_service
from waste.sql import read_statement


def rounds_of_place(sources: Sources, place: Place) -> PlaceRounds | NotKnown:
    """Return the rounds of an address or property, or those that all homes of a postcode share.

    A street has many homes, and so has a postcode whose addresses are not published: then the
    address decides.
    """
    if place.uprn:
        found = _fetch(
            sources,
            "place_of_address",
            {"uprn": place.uprn, "easting": place.easting, "northing": place.northing},
        )
    elif place.kind == "postcode" and sources.editions(ADDRESS):
        found = _fetch(
            sources,
            "places_of_postcode",
            {"address_editions": sources.asked(ADDRESS), "postcode": place.label},
        )
    else:
        return NotKnown.NEEDS_ADDRESS
    if len(found) > 1:
        return NotKnown.SEVERAL_ROUNDS
    rounds = next(iter(found), PlaceRounds())
    if rounds.has_several_for_a_service():
        return NotKnown.SEVERAL_ROUNDS
    return NotKnown.NO_ROUND if rounds.is_empty else rounds


def _fetch(sources: Sources, places: str, values: Mapping[str, Any]) -> set[PlaceRounds]:
    """Return the different ways in which the places are on rounds."""
    statement = sql.SQL(read_statement("rounds_of_places")).format(
        places=sql.SQL(read_statement(places))
    )
    rows = fetch_rows(
        statement,
        {
            **values,
            "premises": sources.asked(PREMISES),
            "rounds": sources.asked(ROUND),
            "dates": sources.asked(DATE),
        },
    )
    said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for uprn, arm, what in rows:
        said[uprn][arm].append(what)
    return {_rounds_of(uprn, arms) for uprn, arms in said.items()}


def _rounds_of(uprn: str, arms: Mapping[str, list[Any]]) -> PlaceRounds:
    return place_rounds(
        [_assignment(row) for row in arms.get("assigned", ())],
        [area for row in arms.get("area", ()) if (area := _area(row))],
        "".join(arms.get("calendar", ())),
        uprn,
    )


def _assignment(row: Mapping[str, Any]) -> Assignment:
    return Assignment(round=str(row.get("round") or ""), service=str(row.get("service") or ""))


def _area(row: Mapping[str, Any]) -> RoundService | None:
    try:
        return RoundService(round=str(row.get("round") or ""), service=read_service(row))
    except RowUnreadable:
        return None
