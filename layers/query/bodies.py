"""Answers for machines, written by PostgreSQL: the caller adds a head and a tail of bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from psycopg import sql

from layers.query.cache import LayerMoved
from layers.query.condition import all_of
from layers.query.found import AroundPoint, union_of_arms
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_row
from layers.query.selection import Selection
from layers.sql import read_statement

EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class ItemsBody:
    """GeoJSON features joined by commas; ``next_after`` is None on the last page."""

    features: bytes
    count: int
    next_after: int | None


def items_body(
    layer: PublishedLayer, selection: Selection = EVERYTHING, *, page_size: int, after: int = 0
) -> ItemsBody:
    """Return a page of features in the order of their ids.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    where = all_of(selection.conditions(layer))
    changed_at, found, last, features = fetch_row(
        _items_statement(where.text),
        {
            **where.values,
            "layer_id": layer.id,
            "edition_id": selection.edition_of(layer),
            "page_size": page_size,
            "after": after,
        },
    )
    _believe([layer], [changed_at])
    return ItemsBody(features or b"", min(found, page_size), last if found > page_size else None)


def item_body(layer: PublishedLayer, fid: str) -> bytes | None:
    """Return one feature as GeoJSON without its closing brace, or None if there is none.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    changed_at, feature = fetch_row(
        _item_statement(layer.id, layer.edition_id), {"fid": fid}, keeps_plan=True
    )
    _believe([layer], [changed_at])
    return None if feature is None else bytes(feature)


def found_body(question: AroundPoint, layers: Sequence[PublishedLayer]) -> tuple[bytes, int]:
    """Return what the layers have to say to a question about a point, and how many features.

    The features are joined GeoJSON, nearest first or in the order of the layers.

    Raises
    ------
    LayerMoved
        One of ``layers`` is no longer as it was remembered.
    """
    if not layers:
        return b"", 0
    editions = tuple((layer.slug, layer.edition_id) for layer in layers)
    changed_at, found, features = fetch_row(
        _found_statement(question.arm, editions),
        {**question.parameters(), "layer_ids": [layer.id for layer in layers]},
        keeps_plan=True,
    )
    _believe(layers, changed_at)
    return features or b"", found


@lru_cache(maxsize=256)
def _items_statement(condition: str) -> str:
    return sql.SQL(read_statement("items_page")).format(condition=sql.SQL(condition)).as_string()


@lru_cache(maxsize=256)
def _item_statement(layer_id: int, edition_id: int) -> str:
    return (
        sql.SQL(read_statement("item"))
        .format(layer_id=sql.Literal(layer_id), edition_id=sql.Literal(edition_id))
        .as_string()
    )


@lru_cache(maxsize=256)
def _found_statement(arm: str, editions: tuple[tuple[str, int], ...]) -> str:
    members = sql.SQL("'collection', ({slugs}::text[])[arm + 1]").format(
        slugs=sql.Literal([slug for slug, _ in editions])
    )
    if arm == "nearest_arm":
        members += sql.SQL(", 'distance_m', round(distance_m::numeric, 1)")
    return (
        sql.SQL(read_statement("found_as_geojson"))
        .format(
            members=members,
            order=sql.SQL("distance_m, arm" if arm == "nearest_arm" else "arm"),
            arms=union_of_arms(arm, [edition for _, edition in editions]),
        )
        .as_string()
    )


def _believe(layers: Sequence[PublishedLayer], changed_at: list[datetime | None]) -> None:
    if changed_at != [layer.changed_at for layer in sorted(layers, key=lambda layer: layer.id)]:
        raise LayerMoved
