"""What scripts/database.sql gives and keeps from the two roles."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

pytestmark = pytest.mark.django_db

POLYGON = "ST_GeomFromText('POLYGON((0 0, 0 1, 1 1, 1 0, 0 0))', 27700)"


@pytest.fixture
def as_web() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE council_maps_web")
        yield
        transaction.set_rollback(True)


def run(statement: str, parameters: list[str] | None = None) -> object:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


@pytest.mark.parametrize(
    "call",
    [
        f"ST_VoronoiPolygons({POLYGON})",
        f"ST_VoronoiLines({POLYGON})",
        f"ST_DelaunayTriangles({POLYGON})",
        f"ST_ConcaveHull({POLYGON}, 0.5)",
        f"ST_HausdorffDistance({POLYGON}, {POLYGON})",
        f"ST_HausdorffDistance({POLYGON}, {POLYGON}, 0.5)",
        f"ST_FrechetDistance({POLYGON}, {POLYGON})",
    ],
)
def test_the_web_role_may_not_call_what_no_timeout_stops(as_web: None, call: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied for function"):
        run(f"SELECT {call}")


def test_the_web_role_may_measure(as_web: None) -> None:
    assert run(f"SELECT ST_Area({POLYGON})") == (1.0,)


@pytest.mark.parametrize("statement", ["CREATE TABLE mine (id int)", "CREATE SCHEMA mine"])
def test_the_web_role_may_make_nothing(as_web: None, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement)


def test_the_web_role_may_not_fill_the_disk_with_temporary_tables() -> None:
    question = "SELECT has_database_privilege('council_maps_web', 'council_maps', 'TEMPORARY')"

    assert run(question) == (False,)


@pytest.mark.parametrize("role", ["council_maps", "council_maps_web"])
def test_neither_role_is_a_superuser(role: str) -> None:
    question = "SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = %s"

    assert run(question, [role]) == (False,)


def test_the_web_role_has_little_time() -> None:
    settings = str(run("SELECT rolconfig FROM pg_roles WHERE rolname = 'council_maps_web'"))

    assert "statement_timeout=2s" in settings
    assert "idle_in_transaction_session_timeout=10s" in settings
