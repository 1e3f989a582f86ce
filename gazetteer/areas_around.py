"""The areas that a point is in, and those whose edge is near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from psycopg import sql

from gazetteer.sql import read_statement
from layers.query.found import title_of
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows


@dataclass(frozen=True, slots=True)
class AreaAround:
    """An area that a point is in or near.

    ``edge_m`` is how far the area's edge is from the point, in EPSG:27700, whichever side of
    it the point is on.
    """

    fid: str
    title: str
    properties: dict[str, Any]
    is_in: bool
    edge_m: float


def areas_around(
    layers: Sequence[PublishedLayer], easting: float, northing: float, reach_m: float
) -> dict[str, list[AreaAround]]:
    """Return the areas of each layer that a point is in or near, by slug; those it is in first.

    Parameters
    ----------
    layers
        Layers of polygons.
    easting, northing
        EPSG:27700, metres.
    reach_m
        An area further away is left out.
    """
    found: dict[str, list[AreaAround]] = {layer.slug: [] for layer in layers}
    if not layers:
        return found
    rows = fetch_rows(
        _statement(tuple(layer.edition_id for layer in layers)),
        {"easting": float(easting), "northing": float(northing), "reach_m": float(reach_m)},
        keeps_plan=True,
    )
    layer_of = {layer.edition_id: layer for layer in layers}
    for edition_id, fid, properties, is_in, edge_m in rows:
        layer = layer_of[edition_id]
        area = AreaAround(fid, title_of(layer, properties, fid), properties, is_in, edge_m)
        found[layer.slug].append(area)
    for areas in found.values():
        areas.sort(key=lambda area: (not area.is_in, area.edge_m, area.fid))
    return found


@lru_cache(maxsize=64)
def _statement(edition_ids: tuple[int, ...]) -> str:
    """Return the statement for some editions, whose plan is kept: only the point changes."""
    statement = sql.SQL(read_statement("areas_around"))
    return statement.format(editions=literals_of(edition_ids)).as_string()


def literals_of(edition_ids: Sequence[int]) -> sql.Composed:
    """Return editions for `IN`: as literals, so that no other partition is opened."""
    # There is no edition 0: without a layer nothing is found.
    return sql.SQL(", ").join(sql.Literal(edition_id) for edition_id in edition_ids or [0])
