"""The features of a selection as rows for a list: sorted, and a page at a time."""

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from layers.query.condition import all_of
from layers.query.found import title_of
from layers.query.order import Page
from layers.query.page_statement import rows_statement
from layers.query.registry import PublishedLayer
from layers.query.run import comparing, fetch_rows
from layers.query.selection import Selection
from layers.sql import read_statement


@dataclass(frozen=True, slots=True)
class SelectedFeature:
    """A feature of a list. ``distance_m`` is None unless the page begins near a point.

    ``longitude`` and ``latitude`` are where a marker goes, None where it has no location.
    """

    id: int
    fid: str
    title: str
    properties: dict[str, Any]
    distance_m: float | None
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class SelectedPage:
    """Some of them, and the id to go on from: None on the last page."""

    features: tuple[SelectedFeature, ...]
    next_after: int | None


def selected_page(layer: PublishedLayer, selection: Selection, page: Page) -> SelectedPage:
    """Return a page of the features that are meant, in the order that the page has."""
    where = all_of(selection.conditions(layer))
    values = {**where.values, **page.values(), "edition_id": selection.edition_of(layer)}
    with comparing(layer.title):
        rows = fetch_rows(_statement(page, where.text), values)
    features = tuple(_feature(layer, *row) for row in rows[: page.size])
    return SelectedPage(features, features[-1].id if len(rows) > page.size else None)


def _statement(page: Page, condition: str) -> str:
    distance_m = "NULL::float" if page.near is None else "numbered.distance_m"
    return (
        sql.SQL(read_statement("selected_rows"))
        .format(
            rows=sql.SQL(rows_statement(page, "fid, properties", condition)),
            distance_m=sql.SQL(distance_m),
        )
        .as_string()
    )


def _feature(layer: PublishedLayer, id_: int, fid: str, properties: Any, *where: Any) -> Any:
    return SelectedFeature(id_, fid, title_of(layer, properties, fid), properties, *where)
