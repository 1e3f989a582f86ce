"""From what somebody typed to what was found: which way of naming a place is tried first."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain

from gazetteer.case_reference import is_case_reference
from gazetteer.grid_reference import GridSquare, read_grid_position
from gazetteer.models import NameKind
from gazetteer.plain_text import plain_text
from gazetteer.postcode import read_postcode
from gazetteer.search.addresses import (
    UPRN_DIGITS,
    addresses_in,
    addresses_of_postcode,
    find_uprn,
)
from gazetteer.search.candidates import Candidate, find_candidates
from gazetteer.search.found import Found, Position
from gazetteer.search.named import as_found
from gazetteer.search.postcodes import find_beginning, find_postcode
from gazetteer.typed_text import TypedText, read_typed
from layers.query.registry import PublishedLayer

Sources = dict[str, PublishedLayer]
_MOST_STREETS = 10
_ABOUT_AS_LIKE = 0.12
# "UPRN 100070000001" is how lists and our own pages name one.
_UPRN_SAID = re.compile(r"uprn[ :#-]*(?=\d)", re.ASCII | re.IGNORECASE)


def suggest(text: str, sources: Sources, limit: int, kinds: Collection[str] = ()) -> list[Found]:
    """Return what a text may mean, or be the beginning of, best first: a street is one place.

    ``kinds`` are kinds of `Place`; none of another is given. All if empty.
    """
    plain = plain_text(text)
    postcode = read_postcode(plain)
    if postcode:
        found = _of_postcode(read_typed(postcode), postcode, sources, limit)
    else:
        found = _by_number(plain, sources, limit) or _by_name(plain, sources, limit, kinds)
    return _chosen(found, kinds, limit)


def search(text: str, sources: Sources, limit: int, *, of_any_number: bool = False) -> list[Found]:
    """Return every place that a text may mean, best first: a street is all its addresses."""
    plain = plain_text(text)
    postcode = read_postcode(plain)
    if postcode:
        return find_postcode(postcode, sources.get("postcode"))
    found = _by_number(plain, sources, limit)
    if found:
        return found[:limit]
    # The year would be a house number, and "PA" the beginning of "Park Road".
    if is_case_reference(plain):
        return []
    typed = read_typed(plain)
    if typed.postcode and (found := _within_postcode(typed, sources)):
        return found[:limit]
    return _expanded(typed, sources, limit, of_any_number=of_any_number)


def _of_postcode(typed: TypedText, postcode: str, sources: Sources, limit: int) -> list[Found]:
    return [*find_postcode(postcode, sources.get("postcode")), *_within_postcode(typed, sources)]


def _within_postcode(typed: TypedText, sources: Sources) -> list[Found]:
    addresses = sources.get("address")
    return addresses_of_postcode(typed, addresses) if addresses else []


def _by_number(plain: str, sources: Sources, limit: int) -> list[Found]:
    """Return what figures name: a UPRN, a grid reference, the beginning of a postcode."""
    said = _UPRN_SAID.match(plain)
    figures = plain[said.end() :] if said else plain
    if figures.isascii() and figures.isdigit():
        if len(figures) > UPRN_DIGITS:
            return []
        return find_uprn(figures, sources.get("address"), sources.get("property"))
    square = read_grid_position(plain)
    if square:
        return [position_found(square)]
    return find_beginning(plain, sources.get("postcode"), limit)


def position_found(square: GridSquare) -> Found:
    """Return the middle of a grid square as a place."""
    slug = f"grid-{square.reference}"
    return Found("grid-reference", square.label, slug, Position(square.easting, square.northing))


def _by_name(plain: str, sources: Sources, limit: int, kinds: Collection[str]) -> list[Found]:
    if is_case_reference(plain):
        return []
    typed = read_typed(plain)
    if typed.postcode and (found := _within_postcode(typed, sources)):
        return found
    candidates = find_candidates(typed, sources, kinds=_names_of(kinds))
    addresses = sources.get("address")
    houses: list[Found] = []
    if addresses and typed.number:
        # Whoever is still typing may mean another than that of the very name.
        streets = _streets(_about_as_like(candidates))[:_MOST_STREETS]
        houses = _houses(streets, typed, addresses, limit, in_turn=True)
    return [*houses, *_each(candidates[: 4 * limit], typed, addresses, limit)]


def _each(
    candidates: list[Candidate], typed: TypedText, addresses: PublishedLayer | None, limit: int
) -> Iterable[Found]:
    """Yield every candidate as places: a building is its addresses, anything else is itself."""
    buildings = [one for one in candidates if one.bearer.kind == NameKind.BUILDING][:_MOST_STREETS]
    of_buildings = (
        addresses_in(buildings, typed, addresses, limit, in_turn=True) if addresses else []
    )
    has_come = False
    for candidate in candidates:
        if candidate.bearer.kind != NameKind.BUILDING:
            yield as_found(candidate)
        elif not has_come:
            has_come = True
            yield from of_buildings


def _expanded(
    typed: TypedText, sources: Sources, limit: int, *, of_any_number: bool
) -> list[Found]:
    """Return the likeliest candidates, streets and buildings by their addresses."""
    candidates = _likeliest(find_candidates(typed, sources))
    addresses = sources.get("address")
    streets = _streets(candidates)[:_MOST_STREETS] if addresses else []
    places = [as_found(one) for one in candidates if one.bearer.fid]
    houses = (
        _houses(streets, typed, addresses, limit, of_any_number=of_any_number) if addresses else []
    )
    # Whoever gives a house number asks for a house.
    found = [*houses, *places] if typed.number and houses else _in_rank(candidates, places, houses)
    return found[:limit]


def _houses(
    streets: list[Candidate],
    typed: TypedText,
    addresses: PublishedLayer,
    limit: int,
    **how: bool,
) -> list[Found]:
    """Return what `addresses_in` does, and where it is nothing, what is near without the letter."""
    found = addresses_in(streets, typed, addresses, limit, **how)
    if found or not typed.suffix:
        return found
    # The letter may be a word of the street: "12 S Mary's Row".
    near = addresses_in(streets, replace(typed, suffix=""), addresses, limit, **how)
    return [replace(one, is_exact=False) for one in near]


def _in_rank(candidates: list[Candidate], places: list[Found], houses: list[Found]) -> list[Found]:
    is_place_first = bool(candidates) and bool(candidates[0].bearer.fid)
    return [*places, *houses] if is_place_first else [*houses, *places]


def _likeliest(candidates: list[Candidate]) -> list[Candidate]:
    """Return those of the very name, or else those about as like it as the best."""
    exact = [one for one in candidates if one.is_exact]
    return exact or _about_as_like(candidates)


def _about_as_like(candidates: list[Candidate]) -> list[Candidate]:
    least = candidates[0].score - _ABOUT_AS_LIKE if candidates else 0
    return [one for one in candidates if one.score >= least]


def _streets(candidates: list[Candidate]) -> list[Candidate]:
    return [one for one in candidates if one.bearer.street]


def _names_of(kinds: Collection[str]) -> list[str]:
    """Return the kinds of name that can lead to places of some kinds."""
    leads = {
        "address": ("street", "building"),
        "street": ("street",),
        "place": ("place",),
        "ward": ("ward",),
    }
    return list(dict.fromkeys(chain.from_iterable(leads.get(kind, ()) for kind in kinds)))


def _chosen(found: Iterable[Found], kinds: Collection[str], limit: int) -> list[Found]:
    chosen = [one for one in found if not kinds or one.kind in kinds]
    return list({one.slug: one for one in reversed(chosen)}.values())[::-1][:limit]
