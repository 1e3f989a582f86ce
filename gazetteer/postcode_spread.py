"""Where the addresses of a postcode lie: in one area, in several, or nobody can tell.

A postcode is some fifteen addresses, and a border may run between them. What holds for its middle
need not hold for somebody's home, so each layer is asked about every address.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from psycopg import sql

from gazetteer.areas_around import AreaAround, areas_around, literals_of
from gazetteer.place import Part, Place
from gazetteer.sql import read_statement
from layers.query.found import title_of
from layers.query.registry import PublishedLayer, layer_for_role
from layers.query.run import fetch_rows

# About as far as an address may be from the middle of its postcode in a town.
NEAR_AN_EDGE_M = 200.0

_POSTCODE = "postcode"
_WARD = "ward"


class Certainty(StrEnum):
    """How far one answer holds for a whole postcode."""

    ONE = "one"  # every address lies in the same features, or in none
    SEVERAL = "several"  # the address decides
    CANNOT_TELL = "cannot-tell"  # no address is known: the answer is of the middle point


@dataclass(frozen=True, slots=True)
class AreaShare:
    """A feature, and how many of the postcode's addresses it contains.

    ``address_count`` is 0 where no address is known: it contains the middle point.
    """

    fid: str
    title: str
    properties: dict[str, Any]
    address_count: int


@dataclass(frozen=True, slots=True)
class LayerSpread:
    """What one layer has to say of a postcode.

    ``shares`` are the features that contain some of it, most addresses first, and
    ``elsewhere_count`` is how many addresses lie in none of them. Where no address is known,
    ``nearby`` are the other features whose edge is within `NEAR_AN_EDGE_M` of the middle
    point, nearest first, and ``edge_m`` is how far the nearest edge of any feature is, in
    metres; None where none is so near.
    """

    layer: PublishedLayer
    certainty: Certainty
    shares: tuple[AreaShare, ...]
    elsewhere_count: int = 0
    nearby: tuple[AreaAround, ...] = ()
    edge_m: float | None = None


@dataclass(frozen=True, slots=True)
class PostcodeSpread:
    """Where a postcode lies, layer by layer.

    ``source`` is the layer that knows the addresses; None where none of this postcode is
    known, and ``address_count`` is 0 then. ``outside_count`` is how many lie in none of the
    council's wards; 0 where no wards were asked about.
    """

    place: Place
    source: PublishedLayer | None
    address_count: int
    outside_count: int
    layers: tuple[LayerSpread, ...]

    @property
    def has_list(self) -> bool:
        """Whether the addresses can be listed, with house numbers."""
        return self.source is not None and self.source.role == "address"

    @property
    def is_outside(self) -> bool:
        """Whether no address is in the council's area, or the middle where none is known."""
        if not self.address_count:
            return not self.place.is_inside_council
        return self.outside_count == self.address_count

    def of(self, layer: PublishedLayer) -> LayerSpread | None:
        """Return what ``layer`` has to say, or None where it was not asked."""
        return next((each for each in self.layers if each.layer.slug == layer.slug), None)


@dataclass(frozen=True, slots=True)
class _Found:
    """A feature, and the positions of the spots that it contains."""

    fid: str
    title: str
    properties: dict[str, Any]
    spots: tuple[int, ...]


def spread_of_postcode(place: Place, layers: Sequence[PublishedLayer]) -> PostcodeSpread:
    """Return which features of each layer contain the addresses of a postcode.

    One statement, however many layers there are; two where no address is known.

    Parameters
    ----------
    place
        Of kind ``postcode``. Of a part of one, only the addresses in that part count.
    layers
        Layers of polygons. The wards among them say which addresses are the council's.
    """
    addresses = address_layer()
    counts, found = _fetch_spots(addresses, place, layers) if addresses else ([], [])
    if not counts:
        return PostcodeSpread(place, None, 0, 0, _around_middle(place, layers))
    spreads = tuple(
        _spread(layer, features, counts) for layer, features in zip(layers, found, strict=True)
    )
    wards = (each.elsewhere_count for each in spreads if each.layer.role == _WARD)
    return PostcodeSpread(
        place=place,
        source=addresses,
        address_count=sum(counts),
        outside_count=next(wards, 0),
        layers=spreads,
    )


def address_layer() -> PublishedLayer | None:
    """Return the layer that knows the postcode of each address: a gazetteer, or else a lookup."""
    for role in ("address", "property"):
        layer = layer_for_role(role)
        if layer is not None and any(field.name == _POSTCODE for field in layer.fields):
            return layer
    return None


def spots_of_postcode(addresses_id: int, part_id: int | None = None) -> sql.Composed:
    """Return the statement for the spots of a postcode's addresses, as a part of a longer one.

    Parameters
    ----------
    addresses_id
        The edition that knows the postcode of each address.
    part_id
        The edition of the feature that the spots have to lie in. Without it, all count.
    """
    within = sql.SQL("").format()
    if part_id is not None:
        within = sql.SQL(read_statement("spots_in_part")).format(part=sql.Literal(part_id))
    return sql.SQL(read_statement("postcode_spots")).format(
        addresses=sql.Literal(addresses_id), within=within
    )


def postcode_of(place: Place) -> str:
    """Return the postcode of a place, as address layers write it: ``B29 6QT``."""
    return f"{place.slug[:-3]} {place.slug[-3:]}"


def _fetch_spots(
    addresses: PublishedLayer, place: Place, layers: Sequence[PublishedLayer]
) -> tuple[list[int], list[list[_Found]]]:
    """Return the number of addresses at each spot, and each layer's features with their spots."""
    statement = _statement(
        addresses.edition_id,
        place.part.edition_id if place.part else None,
        tuple(layer.edition_id for layer in layers),
    )
    values = {"postcode": postcode_of(place), "part_fid": place.part.fid if place.part else ""}
    rows = fetch_rows(statement, values, keeps_plan=True)
    counts: list[int] = []
    by_edition: dict[int, list[_Found]] = {layer.edition_id: [] for layer in layers}
    layer_of = {layer.edition_id: layer for layer in layers}
    for edition_id, fid, properties, spots in rows:
        if edition_id is None:
            counts = spots or []
        else:
            title = title_of(layer_of[edition_id], properties, fid)
            by_edition[edition_id].append(_Found(fid, title, properties, tuple(spots)))
    return counts, [by_edition[layer.edition_id] for layer in layers]


@lru_cache(maxsize=64)
def _statement(addresses_id: int, part_id: int | None, edition_ids: tuple[int, ...]) -> str:
    """Return the statement for some editions, whose plan is kept: only the postcode changes."""
    return (
        sql.SQL(read_statement("postcode_spread"))
        .format(
            spots=spots_of_postcode(addresses_id, part_id),
            editions=literals_of(edition_ids),
        )
        .as_string()
    )


def _spread(
    layer: PublishedLayer, features: Iterable[_Found], counts: Sequence[int]
) -> LayerSpread:
    features = list(features)
    within = {spot for feature in features for spot in feature.spots}
    shares = [
        AreaShare(
            feature.fid,
            feature.title,
            feature.properties,
            sum(counts[spot] for spot in feature.spots),
        )
        for feature in features
    ]
    total = sum(counts)
    is_same = all(share.address_count == total for share in shares)
    return LayerSpread(
        layer=layer,
        certainty=Certainty.ONE if is_same else Certainty.SEVERAL,
        shares=tuple(sorted(shares, key=lambda share: (-share.address_count, share.title))),
        elsewhere_count=total - sum(counts[spot] for spot in within),
    )


def _around_middle(place: Place, layers: Sequence[PublishedLayer]) -> tuple[LayerSpread, ...]:
    found = areas_around(layers, place.easting, place.northing, NEAR_AN_EDGE_M)
    return tuple(_spread_of_middle(layer, found[layer.slug], place.part) for layer in layers)


def _spread_of_middle(
    layer: PublishedLayer, areas: Sequence[AreaAround], part: Part | None
) -> LayerSpread:
    if part is not None and part.layer == layer.slug:
        # Somebody chose this side of the edge.
        areas = [area for area in areas if area.fid == part.fid]
        return LayerSpread(layer, Certainty.ONE, tuple(_share_of_middle(area) for area in areas))
    return LayerSpread(
        layer=layer,
        certainty=Certainty.CANNOT_TELL,
        shares=tuple(_share_of_middle(area) for area in areas if area.is_in),
        nearby=tuple(area for area in areas if not area.is_in),
        edge_m=min((area.edge_m for area in areas if area.edge_m <= NEAR_AN_EDGE_M), default=None),
    )


def _share_of_middle(area: AreaAround) -> AreaShare:
    return AreaShare(area.fid, area.title, area.properties, 0)
