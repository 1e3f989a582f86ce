"""The partition that holds one edition's features."""

from django.db import connection
from psycopg import sql


def partition_name(edition_id: int) -> str:
    """Return the name of the table that holds edition ``edition_id``."""
    return f"layers_feature_e{edition_id}"


def attach_partition(edition_id: int) -> None:
    """Make a filled stand-alone table a partition of the feature table.

    The table's own CHECK on ``edition_id`` spares PostgreSQL a scan, and its
    indexes are taken over as they are, so this waits for nobody and reads nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("ALTER TABLE layers_feature ATTACH PARTITION {} FOR VALUES IN ({})").format(
                sql.Identifier(partition_name(edition_id)), sql.Literal(edition_id)
            )
        )


def is_attached(edition_id: int) -> bool:
    """Return whether the edition's table is a partition of the feature table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_inherits"
            " WHERE inhparent = 'layers_feature'::regclass AND inhrelid = to_regclass(%s))",
            [partition_name(edition_id)],
        )
        return bool(cursor.fetchone()[0])


def drop_partition(edition_id: int) -> None:
    """Drop the edition's table, without making any reader wait.

    Detaching CONCURRENTLY takes no lock that a reader notices, but cannot run
    inside a transaction; one that was interrupted has to be finished first.
    """
    finish_interrupted_detaches()
    table = sql.Identifier(partition_name(edition_id))
    with connection.cursor() as cursor:
        if is_attached(edition_id):
            cursor.execute(
                sql.SQL("ALTER TABLE layers_feature DETACH PARTITION {} CONCURRENTLY").format(table)
            )
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))


def finish_interrupted_detaches() -> None:
    """Finish detaching what a restart or a timeout cut off: PostgreSQL starts no other before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = 'layers_feature'::regclass AND inhdetachpending"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(
                sql.SQL("ALTER TABLE layers_feature DETACH PARTITION {} FINALIZE").format(
                    sql.Identifier(name)
                )
            )
