"""Answers for machines, written by PostgreSQL: the caller adds a head and a tail of bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from psycopg import sql

from layers.query.cache import LayerMoved
from layers.query.condition import all_of
from layers.query.few import are_few
from layers.query.found import AroundPoint, union_of_arms
from layers.query.order import Page
from layers.query.output import Output
from layers.query.page_statement import page_statement, statement_of_few
from layers.query.registry import PublishedLayer
from layers.query.run import comparing, fetch_row
from layers.query.selection import Selection
from layers.sql import read_statement

AS_STORED = Output()


@dataclass(frozen=True, slots=True)
class ItemsBody:
    """GeoJSON features joined by commas; ``next_after`` is None on the last page.

    ``goes_on`` is False where the feature that the page should go on from is not there.
    """

    features: bytes
    count: int
    next_after: int | None
    goes_on: bool = True


def items_body(
    layer: PublishedLayer, selection: Selection, page: Page, output: Output = AS_STORED
) -> ItemsBody:
    """Return a page of the features that are meant, in the order that the page has.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    where = all_of(selection.conditions(layer))
    values = {
        **where.values,
        **page.values(),
        **output.values(),
        "layer_id": layer.id,
        "edition_id": selection.edition_of(layer),
    }
    with comparing(layer.title):
        if are_few(layer, selection, page):
            few = statement_of_few(layer, output, where.text)
            body = _page_of(layer, page, fetch_row(few, values, keeps_plan=True))
            # None, or more than expected.
            if body.count:
                return body
        statement = page_statement(layer, page, output, where.text)
        return _page_of(layer, page, fetch_row(statement, values))


def _page_of(layer: PublishedLayer, page: Page, row: tuple[Any, ...]) -> ItemsBody:
    changed_at, found, last, features, goes_on = row
    _believe([layer], [changed_at])
    has_more = found > page.size
    return ItemsBody(features or b"", min(found, page.size), last if has_more else None, goes_on)


def item_body(
    layer: PublishedLayer, fid: str, output: Output = AS_STORED, edition_id: int | None = None
) -> bytes | None:
    """Return one feature as GeoJSON without its closing brace, or None if there is none.

    Parameters
    ----------
    edition_id
        Another edition than the published one, looked up by `layers.query.editions`.

    Raises
    ------
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    changed_at, feature = fetch_row(
        _item_statement(
            layer.id,
            layer.edition_id if edition_id is None else edition_id,
            output.feature_sql(),
        ),
        {"fid": fid, **output.values()},
        keeps_plan=True,
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
def _item_statement(layer_id: int, edition_id: int, feature: str) -> str:
    return (
        sql.SQL(read_statement("item"))
        .format(
            layer_id=sql.Literal(layer_id),
            edition_id=sql.Literal(edition_id),
            feature=sql.SQL(feature),
        )
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
            arms=union_of_arms(
                arm, [edition for _, edition in editions], sql.Placeholder("per_layer")
            ),
        )
        .as_string()
    )


def _believe(layers: Sequence[PublishedLayer], changed_at: list[datetime | None]) -> None:
    if changed_at != [layer.changed_at for layer in sorted(layers, key=lambda layer: layer.id)]:
        raise LayerMoved
