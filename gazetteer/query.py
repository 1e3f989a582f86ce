"""From what somebody typed to places."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import sql

from gazetteer.address_label import address_label
from gazetteer.areas_around import AreaAround, areas_around
from gazetteer.councils import CouncilArea, neighbour_at
from gazetteer.near import (
    GREAT_BRITAIN_4326,
    WORST_ACCURACY_M,
    Fault,
    NearPlace,
    Position,
    PositionUnusable,
    places_near,
    read_position,
)
from gazetteer.place import Part, Place
from gazetteer.postcode import read_postcode
from gazetteer.postcode_addresses import StreetAddresses, addresses_of_postcode
from gazetteer.postcode_part import part_of_postcode
from gazetteer.postcode_spread import (
    AreaShare,
    Certainty,
    LayerSpread,
    PostcodeSpread,
    spread_of_postcode,
)
from gazetteer.sql import read_statement
from gazetteer.street_names import search_name, split_number
from layers.errors import NotFound
from layers.models import Organisation
from layers.query.registry import PublishedLayer, layer_for_role
from layers.query.run import fetch_rows

__all__ = [
    "GREAT_BRITAIN_4326",
    "WORST_ACCURACY_M",
    "AreaAround",
    "AreaShare",
    "Certainty",
    "CouncilArea",
    "Fault",
    "LayerSpread",
    "NearPlace",
    "Part",
    "Place",
    "Position",
    "PositionUnusable",
    "PostcodeSpread",
    "StreetAddresses",
    "addresses_of_postcode",
    "addresses_of_street",
    "areas_around",
    "find_place",
    "neighbour_at",
    "part_of_postcode",
    "places_near",
    "read_position",
    "read_postcode",
    "search_places",
    "spread_of_postcode",
]

# Whole streets, and a few of one name: a list that stops in the middle hides somebody's home.
MOST_PLACES = 300
_LONGEST_TEXT = 200
_MOST_PARTS = 4
_SHORTEST_NAME = 3
_MOST_STREETS = 5
_LEAST_SIMILARITY = 0.35
_ABOUT_AS_LIKE = 0.15
_UPRN_DIGITS = 12


def find_place(slug: str) -> Place:
    """Return the place that a page's address names: ``B11BB`` or ``uprn-100070000001``.

    Raises
    ------
    NotFound
        There is no such postcode or address in the published editions.
    """
    if slug.startswith("uprn-"):
        places = _address_by_uprn(slug.removeprefix("uprn-"))
    else:
        postcode = read_postcode(slug)
        places = _postcode_place(postcode) if postcode else []
    if not places:
        raise NotFound("We do not know this place.")
    return places[0]


def search_places(text: str, limit: int = MOST_PLACES) -> list[Place]:
    """Return the places that a text may mean, best first: a postcode, a UPRN, or a street.

    A street gives its addresses; with a house number those of that number alone.
    The name may be misspelt a little.
    """
    text = text.replace("\0", "").strip()[:_LONGEST_TEXT]
    postcode = read_postcode(text)
    if postcode:
        return _postcode_place(postcode)
    if text.isascii() and text.isdigit() and len(text) <= _UPRN_DIGITS:
        return _address_by_uprn(text)
    return _addresses_in_streets_like(text, limit)


def addresses_of_street(text: str, limit: int = MOST_PLACES) -> list[Place]:
    """Return every address of the streets that a text may mean, whatever number it names.

    For a house number that the street has not: people choose, and are never sent to
    a house that they did not ask for.
    """
    text = text.replace("\0", "").strip()[:_LONGEST_TEXT]
    return _addresses_in_streets_like(text, limit, of_any_number=True)


def _postcode_place(postcode: str) -> list[Place]:
    layer = layer_for_role("postcode")
    if layer is None:
        return []
    rows = _feature_rows(layer, postcode.replace(" ", ""))
    return _places("postcode", rows, lambda fid, parts: (parts["postcode"], fid))


def _address_by_uprn(text: str) -> list[Place]:
    layer = layer_for_role("address")
    uprn = text.lstrip("0")
    if layer is None or not (uprn.isascii() and uprn.isdigit()):
        return []
    return _places("address", _feature_rows(layer, uprn), _address_words)


def _addresses_in_streets_like(
    text: str, limit: int, *, of_any_number: bool = False
) -> list[Place]:
    layer = layer_for_role("address")
    if layer is None:
        return []
    number, suffix, rest = split_number(text)
    streets = _streets_like(rest, layer)
    if not streets:
        return []
    rows = fetch_rows(
        read_statement("addresses_in_streets"),
        {
            "edition_id": layer.edition_id,
            "streets": [street for street, _, _ in streets],
            "localities": [locality for _, locality, _ in streets],
            "number": "" if of_any_number else number,
            "suffix": "" if of_any_number else suffix,
            "limit": limit,
        },
    )
    return _places("address", rows, _address_words)


def _streets_like(text: str, layer: PublishedLayer) -> list[tuple[Any, ...]]:
    """Return the streets most like the first part of the text, between commas, that is like any."""
    for part in text.split(",")[:_MOST_PARTS]:
        name = search_name(part)
        if len(name) < _SHORTEST_NAME:
            continue
        found = fetch_rows(
            read_statement("find_streets"),
            {
                "edition_id": layer.edition_id,
                "name": name,
                "prefix": f"{name}%",
                "least": _LEAST_SIMILARITY,
                "limit": _MOST_STREETS,
            },
        )
        if found:
            return _likest(found)
    return []


def _likest(streets: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the streets of the very name, or else those about as like it as the best."""
    best = streets[0][2]
    least = best if best == 1 else best - _ABOUT_AS_LIKE
    return [street for street in streets if street[2] >= least]


def _feature_rows(layer: PublishedLayer, fid: str) -> list[tuple[Any, ...]]:
    return fetch_rows(read_statement("feature_place"), {"edition_id": layer.edition_id, "fid": fid})


def _address_words(fid: str, parts: dict[str, Any]) -> tuple[str, str]:
    return address_label(parts), f"uprn-{fid}"


def _places(kind: Any, rows: Sequence[tuple[Any, ...]], words: Any) -> list[Place]:
    inside = _are_inside([(row[2], row[3]) for row in rows])
    places = []
    for (fid, parts, easting, northing, longitude, latitude), is_inside in zip(
        rows, inside, strict=True
    ):
        label, slug = words(fid, parts)
        places.append(Place(kind, label, slug, easting, northing, longitude, latitude, is_inside))
    return places


def _are_inside(points: Iterable[tuple[float, float]]) -> list[bool]:
    """Return which points lie in the council's wards; in its extent where none are published."""
    points = list(points)
    wards = layer_for_role("ward")
    if wards is None:
        return [_is_in_extent(easting, northing) for easting, northing in points]
    statement = sql.SQL(read_statement("inside_wards")).format(
        edition_id=sql.Literal(wards.edition_id)
    )
    rows = fetch_rows(
        statement, {"eastings": [e for e, _ in points], "northings": [n for _, n in points]}
    )
    return [is_inside for (is_inside,) in rows]


def _is_in_extent(easting: float, northing: float) -> bool:
    council = Organisation.objects.using("read").first()
    if council is None:
        return False
    west, south, east, north = council.extent_27700
    return bool(west <= easting <= east and south <= northing <= north)
