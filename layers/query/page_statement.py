"""The statement of a page: put together for its shape, and kept for the next of that shape."""

from functools import lru_cache

from psycopg import sql

from layers.query.few import MOST_READ
from layers.query.order import DISTANCE_M, LAST_IS_THERE, KeyShape, Page, is_farther, sorted_arms
from layers.query.output import Output
from layers.sql import read_statement


def page_statement(page: Page, output: Output, condition: str) -> str:
    """Return the statement that gives a page as one row of finished GeoJSON.

    Parameters
    ----------
    condition
        The text of the `Condition` that features must fulfil.
    """
    return _statement(
        rows_statement(page, output.system.column, condition),
        output.system.geojson,
        output.properties_sql(has_distance=page.near is not None),
        "true" if page.is_plain or page.after == 0 else LAST_IS_THERE,
    )


def rows_statement(page: Page, column: str, condition: str) -> str:
    """Return the statement that gives a page's rows, numbered by ``place``, and up to more.

    Parameters
    ----------
    column
        The geometry that comes with them.
    condition
        The text of the `Condition` that features must fulfil.
    """
    return _rows(
        tuple(key.shape for key in page.sort),
        page.near is not None,
        page.after == 0,
        column,
        condition,
    )


def statement_of_few(edition_id: int, output: Output, condition: str) -> str:
    """Return the statement that gives a page of features that are few, and keeps its plan.

    It gives none where there are more than `MOST_READ`. Parameters as in `page_statement`.
    """
    rows = _rows_of_few(edition_id, output.system.column, condition)
    return _statement(rows, output.system.geojson, output.properties_sql(), "true")


@lru_cache(maxsize=512)
def _rows_of_few(edition_id: int, column: str, condition: str) -> str:
    return _filled(
        "items_rows_few",
        edition_id=str(edition_id),
        most=str(MOST_READ),
        column=column,
        condition=condition,
    )


@lru_cache(maxsize=512)
def _statement(rows: str, geometry: str, properties: str, goes_on: str) -> str:
    return _filled(
        "items_page", rows=rows, geometry=geometry, properties=properties, goes_on=goes_on
    )


@lru_cache(maxsize=512)
def _rows(
    sort: tuple[KeyShape, ...], is_near: bool, is_first: bool, column: str, condition: str
) -> str:
    shared = {"column": column, "condition": condition}
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
