"""Emptying the database after a test that commits, at the cost of what the test wrote.

Django's own way truncates every table and runs everything that follows a migration, after each
test; with the partitions that tests leave it takes longer than most of them.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg import sql

from tests.factories.database import drop_edition_tables

# What migrating makes, and no test changes.
_KEPT = {
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type",
    "django_migrations",
}  # fmt: skip
# Rows of the first can be neither changed nor deleted; those of the second are in partitions.
_TRUNCATED = ("layers_act", "layers_feature")


def empty_what_was_written(case: TransactionTestCase) -> None:
    """Empty each of Django's tables that has a row, and drop the tables of editions."""
    drop_edition_tables()
    names = set(connection.introspection.django_table_names(include_views=False)) - _KEPT
    written = _with_rows(sorted(names))
    with transaction.atomic(), connection.cursor() as cursor:
        for name in written:
            verb = sql.SQL("TRUNCATE") if name in _TRUNCATED else sql.SQL("DELETE FROM")
            # Foreign keys are looked at when the transaction ends: the order is no matter.
            cursor.execute(sql.SQL("{} {}").format(verb, sql.Identifier(name)))


def _with_rows(names: list[str]) -> list[str]:
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
            sql.Literal(name), sql.Identifier(name)
        )
        for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]
