"""The statement of a page: put together for its shape, and kept for the next of that shape."""

from functools import lru_cache
from typing import NamedTuple

from psycopg import sql

from layers.query.few import MOST_READ
from layers.query.order import DISTANCE_M, LAST_IS_THERE, KeyShape, Page, is_farther, sorted_arms
from layers.query.output import Output
from layers.query.registry import PublishedLayer
from layers.sql import read_statement

_BOUND_EDITION = "%(edition_id)s"


class Shown(NamedTuple):
    """What is read of the rows that are meant, and how one is written that is shown."""

    columns: str
    feature: str


def page_statement(layer: PublishedLayer, page: Page, output: Output, condition: str) -> str:
    """Return the statement that gives a page as one row of finished GeoJSON.

    Parameters
    ----------
    condition
        The text of the `Condition` that features must fulfil.
    """
    is_points = layer.geometry_type == "Point"
    shown = _shown(is_points, output, _BOUND_EDITION, page.near is not None)
    goes_on = "true" if page.is_plain or page.after == 0 else LAST_IS_THERE
    return _statement(rows_statement(page, shown.columns, condition), shown.feature, goes_on)


def rows_statement(page: Page, columns: str, condition: str) -> str:
    """Return the statement that gives a page's rows, numbered by ``place``, and up to more.

    Parameters
    ----------
    columns
        What comes of them beside their ``id``.
    condition
        The text of the `Condition` that features must fulfil.
    """
    return _rows(
        tuple(key.shape for key in page.sort),
        page.near is not None,
        page.after == 0,
        columns,
        condition,
    )


def statement_of_few(layer: PublishedLayer, output: Output, condition: str) -> str:
    """Return the statement that gives a page of features that are few, and keeps its plan.

    It gives none where there are more than `MOST_READ`. Parameters as in `page_statement`.
    """
    edition_id = str(layer.edition_id)
    is_points = layer.geometry_type == "Point"
    shown = _shown(is_points, output, edition_id, False)
    rows = _rows_of_few(edition_id, shown.columns, condition)
    return _statement(rows, shown.feature, "true")


@lru_cache(maxsize=512)
def _shown(is_points: bool, output: Output, edition_id: str, has_distance: bool) -> Shown:
    # To put in order all that is in a box, only to show a page of it, shapes are too wide: what is
    # shown is read once it is known. To read points twice would cost more than they are wide.
    if is_points:
        feature = output.feature_sql(has_distance=has_distance, is_kept=False)
        return Shown(f"fid, properties, {output.system.column}", feature)
    feature = output.feature_sql(has_distance=has_distance)
    at_address = _filled("item_at", edition_id=edition_id, feature=feature)
    return Shown("ctid AS address", f"({at_address})")


@lru_cache(maxsize=512)
def _rows_of_few(edition_id: str, columns: str, condition: str) -> str:
    return _filled(
        "items_rows_few",
        edition_id=edition_id,
        most=str(MOST_READ),
        columns=columns,
        condition=condition,
    )


@lru_cache(maxsize=512)
def _statement(rows: str, feature: str, goes_on: str) -> str:
    return _filled("items_page", rows=rows, feature=feature, goes_on=goes_on)


@lru_cache(maxsize=512)
def _rows(
    sort: tuple[KeyShape, ...], is_near: bool, is_first: bool, columns: str, condition: str
) -> str:
    shared = {"columns": columns, "condition": condition}
    if is_near:
        beyond = is_farther(is_first=is_first)
        return _filled("items_rows_near", distance_m=DISTANCE_M, is_farther=beyond, **shared)
    if sort:
        having, lacking = sorted_arms(sort, is_first=is_first)
        return _filled(
            "items_rows_sorted",
            with_first=having.condition,
            with_order=having.order,
            without_first=lacking.condition,
            without_order=lacking.order,
            **shared,
        )
    return _filled("items_rows", **shared)


def _filled(name: str, **parts: str) -> str:
    return (
        sql.SQL(read_statement(name))
        .format(**{part: sql.SQL(text) for part, text in parts.items()})
        .as_string()
    )
