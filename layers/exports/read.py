"""Reading features for a file: through a cursor of the database, in constant memory."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from layers.errors import EditionGone
from layers.exports.extract import Extract
from layers.query.editions import IS_KEPT
from layers.query.run import BytesServerCursor

_ROWS_AT_ONCE = 1000


def feature_rows(
    extract: Extract, columns: sql.Composable, *, after: int = 0, **values: Any
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield batches of rows of ``columns``, in the order of the features' ids.

    Parameters
    ----------
    after
        The id that the first feature follows.

    Notes
    -----
    One transaction, bounded by `settings.DOWNLOAD_MAX_S` as its `statement_timeout`,
    which is not the connection's own: a pooler may hand that to anybody else after.
    Text comes back as UTF-8 bytes.
    """
    statement = sql.SQL(
        "SELECT {columns} FROM layers_feature WHERE {where} AND id > %(after)s ORDER BY id"
    ).format(columns=columns, where=extract.where())
    with _cursor() as cursor:
        cursor.execute(_bound(statement, extract.values(after=after, **values)))
        # After the cursor has its plan: an edition that was dropped before has no features, and
        # a file without any would look whole. One that is dropped after waits for this.
        _refuse_gone(cursor.connection, extract)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield rows


def _refuse_gone(connection: psycopg.Connection[Any], extract: Extract) -> None:
    found = connection.execute(IS_KEPT, {"edition_id": extract.layer.edition_id}).fetchone()
    if not found or not found[0]:
        raise EditionGone(
            f"Edition {extract.layer.edition_id} of “{extract.layer.title}” is no longer kept. "
            "Ask again, for the present one."
        )


def one_row(statement: sql.Composed, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the one row of an aggregate that may take as long as a download."""
    with _transaction() as connection, psycopg.ClientCursor(connection) as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] = cursor.fetchone() or ()
        return row


@contextmanager
def _cursor() -> Iterator["BytesServerCursor"]:
    with _transaction() as connection, BytesServerCursor(connection, "download") as cursor:
        yield cursor


@contextmanager
def _transaction() -> Iterator[psycopg.Connection[Any]]:
    wrapper: Any = connections["read"]
    wrapper.ensure_connection()
    connection: psycopg.Connection[Any] = wrapper.connection
    with wrapper.wrap_database_errors, connection.transaction():
        connection.execute(f"SET LOCAL statement_timeout = {settings.DOWNLOAD_MAX_S * 1000}")
        connection.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        yield connection


def _bound(statement: sql.Composed, values: Mapping[str, Any]) -> bytes:
    """Return the statement with its values in it: it is planned for them."""
    connection = connections["read"].connection
    return psycopg.ClientCursor(connection).mogrify(statement, values).encode()
