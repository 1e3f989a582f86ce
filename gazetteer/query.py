"""From what somebody typed to places, and from a page's address to its place."""

from collections.abc import Collection

from gazetteer.areas_around import AreaAround, areas_around
from gazetteer.case_reference import is_case_reference
from gazetteer.councils import CouncilArea, neighbour_at
from gazetteer.grid_reference import GridSquare, read_grid_position, square_of
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
from gazetteer.postcode import is_elsewhere, read_beginnings, read_postcode
from gazetteer.postcode_addresses import StreetAddresses, addresses_of_postcode
from gazetteer.postcode_part import part_of_postcode
from gazetteer.postcode_spread import (
    AreaShare,
    Certainty,
    LayerSpread,
    PostcodeSpread,
    spread_of_postcode,
)
from gazetteer.search.addresses import find_uprn
from gazetteer.search.found import Found, as_places
from gazetteer.search.named import find_feature, find_street
from gazetteer.search.postcodes import find_by_slug
from gazetteer.search.sources import read_sources
from gazetteer.search.suggest import Sources, position_found, search, suggest
from layers.errors import NotFound

__all__ = [
    "GREAT_BRITAIN_4326",
    "MOST_PLACES",
    "WORST_ACCURACY_M",
    "AreaAround",
    "AreaShare",
    "Certainty",
    "CouncilArea",
    "Fault",
    "GridSquare",
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
    "is_case_reference",
    "is_elsewhere",
    "is_postcode_beginning",
    "neighbour_at",
    "part_of_postcode",
    "places_near",
    "read_position",
    "read_postcode",
    "search_places",
    "spread_of_postcode",
    "square_of",
    "suggest_places",
]

# Whole streets, and a few of one name: a list that stops in the middle hides somebody's home.
MOST_PLACES = 300
MOST_SUGGESTED = 10


def find_place(slug: str) -> Place:
    """Return the place that a page's address names, any `Place.slug`.

    Raises
    ------
    NotFound
        There is no such place in the published editions.
    """
    sources = read_sources()
    places = as_places(_find(slug, sources), sources.get("ward"))
    if not places:
        raise NotFound("We do not know this place.")
    return places[0]


def search_places(text: str, limit: int = MOST_PLACES) -> list[Place]:
    """Return the places that a text may mean, best first.

    A street gives its addresses; with a house number those of that number alone.
    Names may be misspelt a little, cut short, or in another order.
    """
    sources = read_sources()
    return as_places(search(text, sources, limit), sources.get("ward"))


def addresses_of_street(text: str, limit: int = MOST_PLACES) -> list[Place]:
    """Return every address of the streets that a text may mean, whatever number it names.

    For a house number that the street has not: people choose, and are never sent to
    a house that they did not ask for.
    """
    sources = read_sources()
    found = search(text, sources, limit, of_any_number=True)
    return as_places(found, sources.get("ward"))


def suggest_places(
    text: str,
    limit: int = MOST_SUGGESTED,
    kinds: Collection[str] = (),
    *,
    for_everybody: bool = False,
) -> list[Place]:
    """Return what a text may mean or be the beginning of, best first, for people still typing.

    ``kinds`` are kinds of `Place`, all of them if empty. A street comes as itself, and by its
    addresses only where a house number is given. ``for_everybody`` leaves out what is known from
    layers that are not public.
    """
    sources = read_sources()
    if for_everybody:
        sources = {role: layer for role, layer in sources.items() if layer.is_public}
    return as_places(suggest(text, sources, limit, kinds), sources.get("ward"))


def is_postcode_beginning(text: str) -> bool:
    """Return whether a text is a postcode that was not written to its end."""
    return bool(read_beginnings(text))


def _find(slug: str, sources: Sources) -> list[Found]:
    if "\0" in slug or not slug.isascii():
        return _find_postcode(slug, sources)
    start, _, rest = slug.partition("-")
    if start == "uprn":
        return find_uprn(rest, sources.get("address"), sources.get("property"))
    if start == "street":
        return find_street(slug, sources.get("address"))
    if start in ("place", "ward"):
        return find_feature(slug, sources.get(start))
    if start == "grid":
        square = read_grid_position(rest)
        return [position_found(square)] if square and square.reference == rest else []
    return _find_postcode(slug, sources)


def _find_postcode(slug: str, sources: Sources) -> list[Found]:
    return find_by_slug(slug, sources.get("postcode"))
