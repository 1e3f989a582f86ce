"""Who lives on and around a site: the addresses that a council writes letters to."""

from dataclasses import dataclass

from psycopg import sql

from gazetteer.address_label import address_label
from layers.query.registry import layer_for_role
from layers.query.run import fetch_rows
from planning.site import Site
from planning.sql import read_statement

MOST_NEIGHBOURS = 2_000
FARTHEST_M = 500.0
# Shapes that were shifted from degrees meet to a centimetre.
_TOUCHING_M = 0.01


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One address. ``distance_m`` is to the site's edge, 0 on the site and where it touches.

    ``lines`` are those of an envelope, without the postcode. ``easting`` and ``northing`` are
    EPSG:27700, metres.
    """

    uprn: str
    lines: tuple[str, ...]
    postcode: str
    distance_m: float
    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The addresses, nearest first. ``is_cut``: there are more than `MOST_NEIGHBOURS`.

    ``is_known`` is false where no list of addresses is published: nobody is not the same.
    ``is_public`` says whether its licence lets us give it out; one that is not public is told to
    our own pages alone (ADR 0037), and in no API.
    """

    addresses: tuple[Neighbour, ...]
    is_known: bool
    is_public: bool = False
    is_cut: bool = False
    edition_id: int | None = None
    attribution: str = ""


def neighbours_of(site: Site, within_m: float) -> Neighbours:
    """Return the addresses on a site, touching its edge, or within some metres of it.

    Parameters
    ----------
    within_m
        0 for those on the site and at its edge alone; `FARTHEST_M` at most.

    Raises
    ------
    ValueError
        ``within_m`` is out of its range: pages read it first.
    """
    if not 0 <= within_m <= FARTHEST_M:
        raise ValueError(f"{within_m} m is not from 0 to {FARTHEST_M:g}")
    layer = layer_for_role("address")
    if layer is None:
        return Neighbours((), is_known=False)
    rows = fetch_rows(
        sql.SQL(read_statement("neighbours")).format(edition_id=sql.Literal(layer.edition_id)),
        {
            "site": site.wkb,
            "within_m": max(within_m, _TOUCHING_M),
            "limit": MOST_NEIGHBOURS + 1,
        },
    )
    return Neighbours(
        addresses=tuple(_neighbour(*row) for row in rows[:MOST_NEIGHBOURS]),
        is_known=True,
        is_public=layer.is_public,
        is_cut=len(rows) > MOST_NEIGHBOURS,
        edition_id=layer.edition_id,
        attribution=layer.attribution,
    )


def _neighbour(
    fid: str, properties: dict[str, str], distance_m: float, easting: float, northing: float
) -> Neighbour:
    postcode = str(properties.get("postcode") or "")
    label = address_label({key: each for key, each in properties.items() if key != "postcode"})
    return Neighbour(
        uprn=str(properties.get("uprn") or fid),
        lines=tuple(line.strip() for line in label.split(",") if line.strip()),
        postcode=postcode,
        distance_m=0.0 if distance_m <= _TOUCHING_M else round(distance_m, 2),
        easting=easting,
        northing=northing,
    )
