"""Gives the tests their database: a fresh copy of a migrated one in the private cluster."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import django
import psycopg
import pytest
import pytest_django
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg import sql

from config.env_file import load_env_file
from config.private_cluster import (
    describe_private_cluster,
    provide_secret_key,
    running_private_cluster,
)
from tests.migrated_database import migrated_template

ROOT = Path(__file__).resolve().parent.parent
_TEST_DATABASE_PREFIX = "test_council_maps_"
_IS_PRIVATE = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """Say where the database is, then set Django up; nothing starts yet.

    Left alone, pytest-django would set it up only if something had used the settings by now.
    """
    load_env_file(ROOT / ".env")
    provide_secret_key()
    # Workers of tests tidy up here, and know nothing of what a service beside them has made.
    os.environ["EXPORTS_DIR"] = str(ROOT / ".local/test-exports")
    config.stash[_IS_PRIVATE] = not os.environ.get("DATABASE_URL")
    if config.stash[_IS_PRIVATE]:
        describe_private_cluster()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(pytestconfig: pytest.Config) -> Iterator[None]:
    """Start the cluster for the first test that asks for a database.

    Each run's database is named after its process, so that two may run at the same time.
    """
    with ExitStack() as stack:
        if pytestconfig.stash[_IS_PRIVATE]:
            stack.enter_context(running_private_cluster())
        _drop_databases_of_dead_runs()
        test = connections["default"].settings_dict["TEST"]
        test["NAME"] = f"{_TEST_DATABASE_PREFIX}{os.getpid()}"
        test["TEMPLATE"] = migrated_template(test["TEMPLATE"])
        connection_created.connect(_wait_in_transactions)
        yield


def _wait_in_transactions(connection: BaseDatabaseWrapper, **_: object) -> None:
    """A test is one transaction, and waits in it for whatever it looks at."""
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = 0")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Let go of the database at the end: nobody can drop it while `read` holds on to it."""
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(scope="session", autouse=True)
def _empty_quickly() -> None:
    """Have a test that commits undone by emptying what it wrote."""
    # Here, because this file is read before Django is set up.
    from django.test import TransactionTestCase

    from tests.factories.emptying import empty_what_was_written

    TransactionTestCase._fixture_teardown = empty_what_was_written


def _drop_databases_of_dead_runs() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
            [_TEST_DATABASE_PREFIX],
        )
        for (name,) in names.fetchall():
            if not Path("/proc", name.removeprefix(_TEST_DATABASE_PREFIX)).exists():
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(name)
                )
                connection.execute(drop)
