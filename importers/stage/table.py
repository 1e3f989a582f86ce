"""The stand-alone table that an edition is loaded into."""

from collections.abc import Sequence
from typing import Any

import shapely
from django.db import connection
from psycopg import sql

from importers.catalogue.entries import FieldEntry
from importers.stage.sql import read_statement
from importers.transform.batch import PreparedBatch
from importers.transform.identity import feature_id
from layers.publish import partition_name

_COLUMNS = "edition_id, id, fid, key, properties, restricted, geom_27700, geom_4326, centroid_4326"
# Geometries and JSON go over as the bytes that PostgreSQL's own receivers take:
# EWKB, and jsonb with its version byte in front.
_TYPES = ("int8", "int8", "text", "text", *["bytea"] * 5)
_JSONB_VERSION = b"\x01"
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

    def create(self) -> None:
        """Create the empty table, without indexes."""
        self._execute(
            "create_table",
            edition_check=sql.Identifier(f"{self.name}_edition"),
            edition_id=sql.Literal(self.edition_id),
        )

    def append(self, batch: PreparedBatch) -> None:
        """COPY a batch into the table; ids follow the order of the rows."""
        columns = self._columns(batch)
        command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
            sql.Identifier(self.name), sql.SQL(_COLUMNS)
        )
        connection.ensure_connection()
        with connection.connection.cursor() as cursor, cursor.copy(command) as copy:
            copy.set_types(_TYPES)
            for row in zip(*columns, strict=True):
                copy.write_row(row)
        self.row_count += len(batch)

    def index(self, fields: Sequence[FieldEntry]) -> None:
        """Build the indexes, one more for each queryable property, and gather statistics."""
        self._execute("index_table")
        with connection.cursor() as cursor:
            for field in fields:
                if field.queryable and field.public:
                    cursor.execute(self._property_index(field))
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(self.name)))

    def _columns(self, batch: PreparedBatch) -> list[Any]:
        count = len(batch)
        return [
            [self.edition_id] * count,
            range(self.row_count + 1, self.row_count + count + 1),
            [feature_id(key) for key in batch.keys],
            batch.keys,
            [_JSONB_VERSION + members for members in batch.properties],
            [None if members is None else _JSONB_VERSION + members for members in batch.restricted],
            *(
                shapely.to_wkb(shapes, include_srid=True)
                for shapes in (batch.geom_27700, batch.geom_4326, batch.centroid_4326)
            ),
        ]

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
