"""Clearing what a test that commits leaves beside Django's own tables."""

from django.db import connection
from psycopg import sql


def edition_tables() -> set[str]:
    """Return the names of the tables of editions, attached or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname ~ '^layers_feature_e[0-9]+$'")
        return {name for (name,) in cursor.fetchall()}


def drop_edition_tables() -> None:
    """Drop every edition's table; Django, which does not manage them, would leave them."""
    with connection.cursor() as cursor:
        for name in edition_tables():
            cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))


def empty_queue() -> None:
    """Forget jobs and workers: Django, which does not manage their tables, would leave them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers"
            " CASCADE"
        )
