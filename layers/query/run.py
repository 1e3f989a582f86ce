"""Running a read on the read-only connection: text comes back as the bytes PostgreSQL sent."""

from collections.abc import Mapping
from typing import Any

from django.db import OperationalError, connections
from psycopg import sql
from psycopg.abc import Buffer
from psycopg.adapt import Loader

Statement = str | sql.Composable


class _BytesLoader(Loader):
    """Leave text undecoded: it goes out as it came."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def fetch_row(statement: Statement, parameters: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the one row of an aggregate. Values of type ``text`` are UTF-8 bytes."""
    rows = _fetch(statement, parameters, as_bytes=True)
    return rows[0]


def fetch_rows(statement: Statement, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return every row, with text decoded and jsonb as Python values."""
    return _fetch(statement, parameters, as_bytes=False)


def _fetch(
    statement: Statement, parameters: Mapping[str, Any], *, as_bytes: bool
) -> list[tuple[Any, ...]]:
    connection = connections["read"]
    try:
        return _execute(connection, statement, parameters, as_bytes)
    except OperationalError:
        # The database went away since the last request of this process: a read
        # may be asked again, once, on a new connection.
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return _execute(connection, statement, parameters, as_bytes)


def _execute(
    connection: Any, statement: Statement, parameters: Mapping[str, Any], as_bytes: bool
) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        if as_bytes:
            cursor.adapters.register_loader("text", _BytesLoader)
        return list(cursor.execute(statement, parameters).fetchall())
