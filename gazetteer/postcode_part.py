"""The part of a postcode that lies in one area, where its addresses lie in more than one."""

from dataclasses import replace

from psycopg import sql

from gazetteer.place import Part, Place
from gazetteer.postcode_spread import (
    NEAR_AN_EDGE_M,
    address_layer,
    postcode_of,
    spots_of_postcode,
)
from gazetteer.sql import read_statement
from layers.crs import point_4326
from layers.errors import NotFound
from layers.query.registry import PublishedLayer
from layers.query.rows import find_feature
from layers.query.run import fetch_rows


def part_of_postcode(postcode: Place, layer: PublishedLayer, fid: str) -> Place:
    """Return the part of a postcode that lies in one feature, at a point in that part.

    It is called by both: "B29 6QT, Moseley".

    Where addresses are known it is the address nearest to the middle of the part; otherwise
    a point of the feature near the middle of the postcode.

    Raises
    ------
    NotFound
        There is no such feature, or no address of the postcode is in it; or no address is
        known, and the postcode's middle is further from it than an address is likely to be.
    """
    if "\0" in fid:  # PostgreSQL's text cannot hold one
        raise NotFound("No feature is called that.")
    feature = find_feature(layer, fid)
    point = _find_point(postcode, layer, fid)
    if point is None:
        raise NotFound(f"No part of {postcode.label} is there.")
    easting, northing = point
    longitude, latitude = point_4326(easting, northing)
    return replace(
        postcode,
        label=f"{postcode.label}, {feature.title}",
        easting=easting,
        northing=northing,
        longitude=longitude,
        latitude=latitude,
        # The wards are the council's own, whatever ward the middle of the postcode is in.
        is_inside_council=layer.role == "ward" or postcode.is_inside_council,
        part=Part(postcode.label, layer.slug, layer.edition_id, fid),
    )


def _find_point(postcode: Place, layer: PublishedLayer, fid: str) -> tuple[float, float] | None:
    addresses = address_layer()
    if addresses is not None and _has_addresses(addresses, postcode):
        statement = sql.SQL(read_statement("part_of_addresses")).format(
            spots=spots_of_postcode(addresses.edition_id, layer.edition_id)
        )
        rows = fetch_rows(statement, {"postcode": postcode_of(postcode), "part_fid": fid})
    else:
        rows = fetch_rows(
            read_statement("part_without_addresses"),
            {
                "edition_id": layer.edition_id,
                "fid": fid,
                "easting": postcode.easting,
                "northing": postcode.northing,
                "reach_m": NEAR_AN_EDGE_M,
            },
        )
    return rows[0] if rows else None


def _has_addresses(addresses: PublishedLayer, postcode: Place) -> bool:
    statement = sql.SQL("SELECT EXISTS (SELECT 1 FROM ({spots}) AS spot)").format(
        spots=spots_of_postcode(addresses.edition_id)
    )
    [(has_any,)] = fetch_rows(statement, {"postcode": postcode_of(postcode)})
    return bool(has_any)
