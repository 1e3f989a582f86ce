"""The stand-alone table that an edition is loaded into."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
from django.db import connection
from psycopg import sql

from importers.catalogue.entries import FieldEntry
from importers.stage import copy_rows
from importers.stage.sql import read_statement
from importers.transform.batch import PreparedBatch
from importers.transform.identity import feature_ids
from layers.crs import BRITISH_NATIONAL_GRID, WGS84
from layers.publish import partition_name

_COLUMNS = "edition_id, id, fid, key, properties, restricted, geom_27700, geom_4326, centroid_4326"
# A btree refuses entries of more than about 2,700 bytes.
_INDEXED_CHARACTERS = 200


class EditionTable:
    """One edition's table while it is being filled. Everything happens in the caller's transaction.

    Parameters
    ----------
    edition_id
        The row of `layers.models.Edition` that the table belongs to.
    """

    def __init__(self, edition_id: int) -> None:
        self.edition_id = edition_id
        self.name = partition_name(edition_id)
        self.row_count = 0
        self._writer: ThreadPoolExecutor | None = None
        self._writing: Future[None] | None = None

    def create(self) -> None:
        """Create the empty table, without indexes."""
        self._execute(
            "create_table",
            edition_check=sql.Identifier(f"{self.name}_edition"),
            edition_id=sql.Literal(self.edition_id),
        )

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Let PostgreSQL write one batch while the next is prepared, for as long as this lasts.

        Whatever ends it, nothing is on its way any more afterwards: nobody may use a connection,
        not even to roll back, that is in the middle of a COPY. What `append` could not write is
        raised by the next call or at the end.
        """
        with ThreadPoolExecutor(1, thread_name_prefix="copy") as self._writer:
            try:
                yield
                self._finish_writing()
            finally:
                self._writer.shutdown()
                self._writer = None

    def append(self, batch: PreparedBatch) -> None:
        """COPY a batch into the table; ids follow the order of the rows."""
        self._finish_writing()
        connection.ensure_connection()
        # Django's own is for one thread; the connection beneath it may be handed on.
        copying = batch, self.row_count + 1, connection.connection
        if self._writer is None:
            self._copy(*copying)
        else:
            self._writing = self._writer.submit(self._copy, *copying)
        self.row_count += len(batch)

    def _finish_writing(self) -> None:
        if self._writing is not None:
            writing, self._writing = self._writing, None
            writing.result()

    def index(self, fields: Sequence[FieldEntry]) -> None:
        """Build the indexes, one more for each queryable property, and gather statistics."""
        self._execute("index_table")
        with connection.cursor() as cursor:
            for field in fields:
                if field.queryable and field.public:
                    cursor.execute(self._property_index(field))
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(self.name)))

    def _copy(
        self, batch: PreparedBatch, first_id: int, raw_connection: "psycopg.Connection[Any]"
    ) -> None:
        rows = self._rows(batch, first_id)
        command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
            sql.Identifier(self.name), sql.SQL(_COLUMNS)
        )
        with raw_connection.cursor() as cursor, cursor.copy(command) as copy:
            copy.write(copy_rows.HEADER)
            copy.write(memoryview(rows))
            copy.write(copy_rows.TRAILER)

    def _rows(self, batch: PreparedBatch, first_id: int) -> pa.Buffer:
        ids = np.arange(first_id, first_id + len(batch))
        keys = pa.array(batch.keys, pa.string())
        return copy_rows.copy_rows(
            [
                copy_rows.same_integer(self.edition_id),
                copy_rows.integers(ids),
                copy_rows.texts(feature_ids(keys)),
                copy_rows.texts(keys),
                copy_rows.jsons(batch.properties),
                copy_rows.jsons(batch.restricted),
                copy_rows.geometries(batch.geom_27700, BRITISH_NATIONAL_GRID),
                copy_rows.geometries(batch.geom_4326, WGS84),
                copy_rows.geometries(batch.centroid_4326, WGS84),
            ]
        )

    def _property_index(self, field: FieldEntry) -> sql.Composed:
        value = sql.SQL("properties ->> {}").format(sql.Literal(field.name))
        if field.type in ("integer", "number"):
            expression = sql.SQL("(({})::numeric)").format(value)
        else:
            expression = sql.SQL("left({}, {})").format(value, sql.Literal(_INDEXED_CHARACTERS))
        return sql.SQL("CREATE INDEX ON {} ({})").format(sql.Identifier(self.name), expression)

    def _execute(self, statement: str, **parts: sql.Composable) -> None:
        composed = sql.SQL(read_statement(statement)).format(
            table=sql.Identifier(self.name), **parts
        )
        with connection.cursor() as cursor:
            cursor.execute(composed)
