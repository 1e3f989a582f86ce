"""The addresses of a postcode, as people look for their own in a list: street by street."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from psycopg import sql

from gazetteer.address_label import address_label
from gazetteer.place import Place
from gazetteer.postcode_spread import postcode_of
from gazetteer.sql import read_statement
from layers.query.registry import PublishedLayer, layer_for_role
from layers.query.run import fetch_rows

Parts = Mapping[str, Any]
NaturalKey = tuple[tuple[int, int, str], ...]

_DIGITS = re.compile(r"(\d+)")
_LONGEST_NUMBER = 9
# Royal Mail says "FLAT 2" where a council's gazetteer has the number alone.
_UNIT_WORD = re.compile(r"^(flat|apartment|apt|unit|room)\s+(?=\d)", re.IGNORECASE)
# What a heading says, so that no line below it need say it again.
_SAID_BY_HEADING = ("locality", "town", "post_town", "postcode")


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """One address of a list. ``label`` is without what the list's heading says."""

    slug: str
    label: str
    is_inside_council: bool


@dataclass(frozen=True, slots=True)
class StreetAddresses:
    """The addresses of a postcode in one street, in the order of their house numbers."""

    street: str
    addresses: tuple[ListedAddress, ...]


def addresses_of_postcode(place: Place) -> tuple[StreetAddresses, ...]:
    """Return the addresses of a postcode; nothing where no list of addresses is published."""
    layer = layer_for_role("address")
    if layer is None or not any(field.name == "postcode" for field in layer.fields):
        return ()
    rows = sorted(_fetch(layer, place), key=lambda row: (_street(row[1]), _order(row[1]), row[0]))
    return tuple(
        StreetAddresses(street, tuple(_list_address(*row) for row in group))
        for street, group in groupby(rows, key=lambda row: _street(row[1]))
    )


def _fetch(layer: PublishedLayer, place: Place) -> list[tuple[Any, ...]]:
    wards = layer_for_role("ward")
    statement = sql.SQL(read_statement("listed_addresses")).format(
        edition_id=sql.Literal(layer.edition_id),
        wards=sql.Literal(wards.edition_id if wards else None),
    )
    return fetch_rows(statement, {"postcode": postcode_of(place)})


def _list_address(fid: str, parts: Parts, is_inside: bool | None) -> ListedAddress:
    short = {key: value for key, value in parts.items() if key not in _SAID_BY_HEADING}
    return ListedAddress(f"uprn-{fid}", address_label(short), is_inside is not False)


def _street(parts: Parts) -> str:
    return address_label({key: parts.get(key) for key in ("street", "locality")})


def _order(parts: Parts) -> tuple[bool, NaturalKey, NaturalKey, bool, NaturalKey]:
    """Return the key that sorts 2, 10, 10A, 10 flat 2, 10 flat 11, then houses without a number.

    A block comes before its flats, which are of its number and have a part of their own.
    """
    number = _text(parts, "pao_start_number", "pao_start_suffix") or _text(parts, "building_number")
    unit = _text(parts, "sao_start_number", "sao_start_suffix") or next(
        (_text(parts, name) for name in ("sub_building_name", "sao_text") if parts.get(name)), ""
    )
    name = _text(parts, "building_name") or _text(parts, "pao_text")
    unit_key = natural_key(_UNIT_WORD.sub("", unit))
    return (not number, natural_key(number), natural_key(name), bool(unit), unit_key)


def _text(parts: Parts, *names: str) -> str:
    return "".join(str(parts.get(name) or "") for name in names)


def natural_key(text: str) -> NaturalKey:
    """Return a key by which "Flat 2" comes before "Flat 10", and "10" before "10A"."""
    return tuple(
        (0, int(piece), "") if _is_number(piece) else (1, 0, piece)
        for piece in _DIGITS.split(text.casefold())
        if piece.strip()
    )


def _is_number(piece: str) -> bool:
    return piece.isascii() and piece.isdigit() and len(piece) <= _LONGEST_NUMBER
