"""Running a read on the read-only connection: text comes back as the bytes PostgreSQL sent."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from django.db import DataError, OperationalError, connections
from psycopg import pq, sql
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.json import JsonbLoader

from layers.errors import ValuesUnfit

Statement = str | bytes | sql.Composed
_Values = Mapping[str, Any] | Sequence[Any]


class _BytesLoader(Loader):
    """Leave text undecoded: it goes out as it came."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def fetch_row(
    statement: Statement, parameters: Mapping[str, Any], *, keeps_plan: bool = False
) -> tuple[Any, ...]:
    """Return the one row of an aggregate. Values of type ``text`` are UTF-8 bytes.

    Parameters
    ----------
    keeps_plan
        The plan does not depend on the values, so the connection prepares the
        statement and keeps it: a look-up by key costs a sixth of what planning it
        anew does. A bounding box needs a plan for its own size.
    """
    return _fetch(statement, parameters, _BytesCursor if keeps_plan else _BytesClientCursor)[0]


def fetch_kept(statement: Statement, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return every row of a statement whose plan is kept, with text decoded."""
    return _fetch(statement, parameters, psycopg.Cursor)


def fetch_binary_row(
    statement: Statement, parameters: Mapping[str, Any], *, keeps_plan: bool = False
) -> tuple[Any, ...]:
    """Return the one row of an aggregate as PostgreSQL keeps it: bytes come in no other form.

    ``keeps_plan`` as in `fetch_row`.
    """
    return _fetch(statement, parameters, _BinaryCursor if keeps_plan else _PlanningBinaryCursor)[0]


def fetch_text_rows(statement: Statement, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return every row, planned for its values. Values of type ``text`` are UTF-8 bytes."""
    return _fetch(statement, parameters, _BytesClientCursor)


def fetch_rows(
    statement: Statement, parameters: Mapping[str, Any], *, keeps_plan: bool = False
) -> list[tuple[Any, ...]]:
    """Return every row, with text decoded and jsonb as Python values.

    ``keeps_plan`` as in `fetch_row`.
    """
    return _fetch(statement, parameters, _KeptValuesCursor if keeps_plan else _ValuesCursor)


def fetch_numbered(statement: bytes, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return every row of a statement whose plan is kept, with text decoded and jsonb as text.

    Its values are ``$1``, ``$2`` …: the driver looks for names in a long statement each time
    anew, which costs more than all else that it does.
    """
    return _fetch(statement, values, psycopg.RawCursor)


@contextmanager
def comparing(title: str) -> Iterator[None]:
    """Say of values that cannot be compared that they are not what the layer says they are.

    A field's type may be described anew before the features that have it are imported anew.

    Parameters
    ----------
    title
        What the layer is called.

    Raises
    ------
    ValuesUnfit
        A feature's value could not be read as its field's type.
    """
    try:
        yield
    except DataError as error:
        raise ValuesUnfit(
            f"Some features of “{title}” hold values that cannot be compared as asked: they are "
            "not of the type that their property now has, or out of its range. Ask without that "
            "property, or again after the next edition is published."
        ) from error


class _ValuesCursor(psycopg.ClientCursor[Any]):
    """Decodes jsonb, which Django's connections leave to its own fields."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_loader("jsonb", JsonbLoader)


class _KeptValuesCursor(psycopg.Cursor[Any]):
    """The same for a statement that is prepared."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_loader("jsonb", JsonbLoader)


class _BytesCursor(psycopg.Cursor[Any]):
    """Sends values apart from the statement, which is prepared."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_loader("text", _BytesLoader)


class _BytesClientCursor(psycopg.ClientCursor[Any]):
    """Sends values inside the statement, which is planned for them."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_loader("text", _BytesLoader)


class _BinaryCursor(psycopg.Cursor[Any]):
    """Receives values in binary: as text, bytes are twice as long."""

    is_prepared: bool | None = None  # when it has come often enough

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.format = pq.Format.BINARY

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(query, params, prepare=self.is_prepared, **options)


class _PlanningBinaryCursor(_BinaryCursor):
    """The same for a statement that is planned for its values."""

    is_prepared = False


class BytesServerCursor(psycopg.ServerCursor[Any]):
    """Leaves the rows with the server until they are asked for, some at a time."""

    def __init__(self, connection: psycopg.Connection[Any], name: str) -> None:
        super().__init__(connection, name)
        self.adapters.register_loader("text", _BytesLoader)


def _fetch(
    statement: Statement, parameters: _Values, cursor_type: type[psycopg.Cursor[Any]]
) -> list[tuple[Any, ...]]:
    connection = connections["read"]
    try:
        return _execute(connection, statement, parameters, cursor_type)
    except OperationalError:
        # The database went away since the last request of this process: a read
        # may be asked again, once, on a new connection.
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return _execute(connection, statement, parameters, cursor_type)


def _execute(
    connection: Any,
    statement: Statement,
    parameters: _Values,
    cursor_type: type[psycopg.Cursor[Any]],
) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        # Not closed: it has its rows already, and nothing with the server to give up.
        return list(cursor_type(connection.connection).execute(statement, parameters).fetchall())
