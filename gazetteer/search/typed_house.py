"""Whether an address is the very house and flat that somebody typed, or one near it."""

import re
from collections.abc import Mapping
from typing import Any

from gazetteer.address_label import house_number
from gazetteer.search.likeness import Typed
from gazetteer.street_names import search_words
from gazetteer.typed_text import TypedText, read_unit

_UNIT_AT_END = re.compile(
    r"(?<![\w/-])((?:[A-Z]?[0-9]+[A-Z]?|[A-Z])(?:[/-][0-9]+[A-Z]?)?)$", re.ASCII
)
_NAMES = (
    "street", "organisation", "building_name", "pao_text", "sub_building_name", "sao_text",
    "locality", "town", "post_town",
)  # fmt: skip


def is_as_typed(parts: Mapping[str, Any], typed: TypedText) -> bool:
    """Return whether an address has all of the number, flat and postcode that were typed.

    What was not typed may be anything; but number 2A is not number 2, nor are 2-4.
    """
    number = house_number(parts).upper()
    units = units_of(parts)
    return _is_in_postcode(parts, typed) and any(
        house in ("", number) and (not unit or unit in units) for house, unit in typed.houses
    )


def has_words(parts: Mapping[str, Any], typed: TypedText) -> bool:
    """Return whether every word that was typed is one of the address's own.

    Misspelt a little only where a number says which house is meant: names of houses are alike.
    """
    asked = Typed(typed.words, is_open=False)
    own = [word for name in _NAMES for word in search_words(str(parts.get(name) or ""))]
    likes = asked.match(own).typed
    return all(like == 1 or (like and typed.number) for like in likes)


def units_of(parts: Mapping[str, Any]) -> set[str]:
    """Return how the flat or unit of an address may be called: "2", "B", "0/1", "1-3"."""
    start = f"{parts.get('sao_start_number') or ''}{parts.get('sao_start_suffix') or ''}".upper()
    end = f"{parts.get('sao_end_number') or ''}{parts.get('sao_end_suffix') or ''}".upper()
    words = str(parts.get("sub_building_name") or parts.get("sao_text") or "").upper()
    said = _UNIT_AT_END.search(words)
    building = read_unit(str(parts.get("building_name") or parts.get("pao_text") or ""))
    return {f"{start}-{end}" if start and end else start, said[1] if said else "", building} - {""}


def _is_in_postcode(parts: Mapping[str, Any], typed: TypedText) -> bool:
    own = str(parts.get("postcode") or "").replace(" ", "").upper()
    return not own or not typed.postcode or own == typed.postcode.replace(" ", "")
