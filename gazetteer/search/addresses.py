"""Addresses: by their number, in streets and buildings, and of a postcode."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from psycopg import sql

from gazetteer.address_label import address_label, house_number
from gazetteer.models import NameKind
from gazetteer.search.candidates import Candidate
from gazetteer.search.found import Found, Position
from gazetteer.search.likeness import Typed
from gazetteer.search.typed_house import has_words, is_as_typed, units_of
from gazetteer.sql import read_statement
from gazetteer.street_names import search_name, search_words
from gazetteer.typed_text import TypedText
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows

UPRN_DIGITS = 12
_MOST_OF_POSTCODE = 300
_LEAST_OF_POSTCODE = 0.6
# Those looked through for one flat, or one range of numbers, of a block.
_MOST_OF_HOUSE = 300


def find_uprn(
    text: str, addresses: PublishedLayer | None, properties: PublishedLayer | None
) -> list[Found]:
    """Return the address of a UPRN, or where no address is held, its point and postcode."""
    uprn = text.lstrip("0")
    if not (uprn.isascii() and uprn.isdigit() and len(uprn) <= UPRN_DIGITS):
        return []
    for layer, describe in ((addresses, _address), (properties, _property)):
        rows = _feature_rows(layer, uprn) if layer else []
        if rows:
            return [describe(*row) for row in rows]
    return []


def addresses_in(
    streets: Sequence[Candidate],
    typed: TypedText,
    layer: PublishedLayer,
    limit: int,
    *,
    of_any_number: bool = False,
    in_turn: bool = False,
) -> list[Found]:
    """Return addresses of some streets and buildings, in their order.

    Of the typed house number, and where there are any, of the typed flat or range of numbers
    alone; exact are those that have all of what was typed. ``in_turn`` gives the first of each,
    then the second of each, so that one with many hides no other; but those of the very name
    before others.
    """
    if not streets:
        return []
    if of_any_number:
        typed = replace(typed, number="", suffix="", end="")
    is_one_of_many = bool(typed.unit or typed.end)
    bearers = [street.bearer for street in streets]
    rows = fetch_rows(
        _in_streets(layer.edition_id),
        {
            "streets": [bearer.street for bearer in bearers],
            "localities": [bearer.locality for bearer in bearers],
            "towns": [bearer.town for bearer in bearers],
            "buildings": [
                bearer.name if bearer.kind == NameKind.BUILDING else "" for bearer in bearers
            ],
            "number": typed.number,
            "suffix": typed.suffix,
            "house": typed.houses[0][0],
            "ranks": [
                int(not street.is_exact) if in_turn else place
                for place, street in enumerate(streets)
            ],
            "limit": max(limit, _MOST_OF_HOUSE) if is_one_of_many else limit,
        },
        keeps_plan=True,
    )
    return [
        _address(*row, is_exact=streets[place].is_exact and is_as_typed(row[1], typed))
        for *row, place in _nearest(rows, typed)[:limit]
    ]


@lru_cache(maxsize=4)
def _in_streets(edition_id: int) -> str:
    """Return the statement for an edition, whose plan is kept: it takes longer than the rest."""
    statement = sql.SQL(read_statement("addresses_in_streets"))
    return statement.format(edition_id=sql.Literal(edition_id)).as_string()


def addresses_of_postcode(
    typed: TypedText, layer: PublishedLayer, limit: int = _MOST_OF_POSTCODE
) -> list[Found]:
    """Return the addresses of the typed postcode, those alone that the other words fit."""
    if not is_found_by(layer, "postcode"):
        return []
    rows: list[Any] = fetch_rows(
        read_statement("addresses_of_postcode"),
        {
            "edition_id": layer.edition_id,
            "postcode": typed.postcode,
            "limit": _MOST_OF_POSTCODE,
        },
    )
    if typed.number:
        rows = [row for row in rows if _has_number(row[1], typed)]
    if typed.words:
        asked = Typed(typed.words, is_open=False)
        rows = [row for row in rows if _fits(asked, row[1])]
    return [
        _address(*row, is_exact=is_as_typed(row[1], typed) and has_words(row[1], typed))
        for *row, _place in _nearest(rows, typed)[:limit]
    ]


def is_found_by(layer: PublishedLayer, field: str) -> bool:
    """Return whether the layer has an index on a field."""
    return any(one.name == field and one.is_queryable for one in layer.fields)


def _fits(asked: Typed, parts: dict[str, Any]) -> bool:
    names = ("street", "organisation", "building_name", "pao_text", "locality", "town", "post_town")
    around = " ".join(search_name(str(parts.get(name) or "")) for name in names)
    match = asked.match(search_words(str(parts.get("street") or "")))
    return asked.score(match, around) >= _LEAST_OF_POSTCODE


def _has_number(parts: dict[str, Any], typed: TypedText) -> bool:
    number = house_number(parts).upper()
    return number == typed.number + typed.suffix or (
        not typed.suffix and re.fullmatch(rf"{typed.number}([A-Z]|-.*)", number) is not None
    )


def _nearest(rows: list[Any], typed: TypedText) -> list[Any]:
    """Return the very flats or ranges that were typed, else flats of that name, else every row."""
    if not (typed.unit or typed.end):
        return rows
    very = [row for row in rows if is_as_typed(row[1], typed)]
    return very or [row for row in rows if typed.unit in units_of(row[1])] or rows


def _feature_rows(layer: PublishedLayer, fid: str) -> list[tuple[Any, ...]]:
    return fetch_rows(read_statement("feature_place"), {"edition_id": layer.edition_id, "fid": fid})


def _address(fid: str, parts: dict[str, Any], *point: float, is_exact: bool = True) -> Found:
    return Found(
        "address", address_label(parts), f"uprn-{fid}", Position(*point), is_exact=is_exact
    )


def _property(fid: str, parts: dict[str, Any], *point: float) -> Found:
    label = f"UPRN {fid}"
    if postcode := parts.get("postcode"):
        label = _("%(property)s in %(postcode)s") % {"property": label, "postcode": postcode}
    return Found("property", label, f"uprn-{fid}", Position(*point))
