"""Features found around a point in several layers: one statement, however many layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from psycopg import sql

from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows
from layers.sql import read_statement

# Longer than Great Britain: no limit at all, without a second statement for that case.
ANY_DISTANCE_M = 2_000_000.0


@dataclass(frozen=True, slots=True)
class AroundPoint:
    """A question about a point that is put to several layers at once.

    ``arm`` names the statement put to each layer. ``easting`` and ``northing`` are
    EPSG:27700, metres; at most ``per_layer`` features of a layer are given.
    """

    arm: Literal["nearest_arm", "within_arm", "at_arm"]
    easting: float
    northing: float
    per_layer: int
    max_distance_m: float = ANY_DISTANCE_M

    def parameters(self) -> dict[str, float]:
        """Return the values that the statements bind."""
        return {
            "easting": self.easting,
            "northing": self.northing,
            "per_layer": self.per_layer,
            "max_distance_m": self.max_distance_m,
        }


@dataclass(frozen=True, slots=True)
class FoundFeature:
    """A feature found around a point.

    ``longitude`` and ``latitude`` are where a marker goes: the point itself, or a
    point inside a polygon. ``distance_m`` is straight, in EPSG:27700, to the
    nearest part of the feature: 0 inside it.
    """

    fid: str
    title: str
    properties: dict[str, Any]
    distance_m: float
    longitude: float
    latitude: float


def union_of_arms(arm: str, edition_ids: Sequence[int], per_layer: sql.Composable) -> sql.Composed:
    """Return the arm statement once for each edition, joined.

    Edition ids are literals, so that the planner opens those partitions and no other.
    ``per_layer`` is how many features of each are given. Unless it is a number when the plan is
    made, the planner takes it for a tenth of the edition, and reads the whole of it.
    """
    statement = sql.SQL(read_statement(arm))
    return sql.SQL(" UNION ALL ").join(
        statement.format(
            position=sql.Literal(place), edition_id=sql.Literal(edition_id), per_layer=per_layer
        )
        for place, edition_id in enumerate(edition_ids)
    )


@lru_cache(maxsize=64)
def _rows_statement(arm: str, edition_ids: tuple[int, ...], per_layer: int) -> str:
    """Return the statement of a page, whose plan is kept: only the point changes."""
    arms = union_of_arms(arm, edition_ids, sql.Literal(per_layer))
    return sql.SQL(read_statement("found_as_rows")).format(arms=arms).as_string()


def fetch_found(
    question: AroundPoint, layers: Sequence[PublishedLayer]
) -> dict[str, list[FoundFeature]]:
    """Return what each layer has to say to the question, by slug, nearest first."""
    found: dict[str, list[FoundFeature]] = {layer.slug: [] for layer in layers}
    if not layers:
        return found
    # Every page of a place puts the same question to the same editions, and planning a hundred
    # arms costs three times what answering them does.
    edition_ids = tuple(layer.edition_id for layer in layers)
    statement = _rows_statement(question.arm, edition_ids, question.per_layer)
    rows = fetch_rows(statement, question.parameters(), keeps_plan=True)
    for place, fid, properties, distance_m, longitude, latitude in rows:
        layer = layers[place]
        found[layer.slug].append(
            found_feature(layer, fid, properties, distance_m, longitude, latitude)
        )
    return found


def found_feature(
    layer: PublishedLayer,
    fid: str,
    properties: dict[str, Any],
    distance_m: float,
    longitude: float,
    latitude: float,
) -> FoundFeature:
    """Return a feature of a layer, from the columns of a statement around a point."""
    return FoundFeature(
        fid=fid,
        title=title_of(layer, properties, fid),
        properties=properties,
        distance_m=distance_m,
        longitude=longitude,
        latitude=latitude,
    )


def title_of(layer: PublishedLayer, properties: dict[str, Any], fid: str) -> str:
    """Return what people call a feature: its title field, or its id where that is empty."""
    return str(properties.get(layer.title_field) or fid)
