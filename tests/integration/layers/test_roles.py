"""The web's database role: what it cannot do although it tries, and what it must be able to do."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import shapely
from django.conf import settings
from django.db import connections
from psycopg import errors

from layers.publish import partition_name, replace_view
from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.factories.other_connections import connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

POINT_27700 = shapely.Point(407300, 286600)


@pytest.fixture
def edition_id() -> int:
    fields = [make_field("name"), make_field("keyholder", is_public=False)]
    feature = MadeFeature("1", POINT_27700, {"name": "A"}, restricted={"keyholder": "Ms Secret"})
    return publish_features(make_layer(fields=fields), [feature]).pk


@pytest.fixture
def web(edition_id: int) -> Iterator[psycopg.Connection[Any]]:
    connection = connect_as_web()
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO layers_feature (edition_id, id, fid, key, properties)"
        " VALUES ({edition}, 2, 'x', 'x', '{{}}')",
        "UPDATE layers_feature SET properties = '{{}}'",
        "DELETE FROM layers_feature",
        "TRUNCATE layers_feature",
        "DROP TABLE layers_feature",
        "ALTER TABLE layers_feature DETACH PARTITION {partition}",
        "INSERT INTO {partition} (edition_id, id, fid, key, properties)"
        " VALUES ({edition}, 2, 'x', 'x', '{{}}')",
        "DELETE FROM {partition}",
        "DROP TABLE {partition}",
        "UPDATE layers_layer SET published_edition_id = NULL",
        "UPDATE layers_edition SET withdrawn_at = now()",
        "DELETE FROM layers_field",
        "DELETE FROM gazetteer_namedplace",
        "DELETE FROM importers_importrun",
        "DELETE FROM django_migrations",
        "DELETE FROM published.schools",
        "DROP VIEW published.schools",
        "GRANT SELECT ON layers_feature TO PUBLIC",
    ],
)
def test_it_cannot_change_what_is_published(web, edition_id, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement.format(edition=edition_id, partition=partition_name(edition_id)))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT restricted FROM layers_feature",
        "SELECT * FROM layers_feature",
        "SELECT layers_feature FROM layers_feature",
        "SELECT count(*) FROM layers_feature WHERE restricted ->> 'keyholder' LIKE 'Ms%'",
        "SELECT restricted FROM {partition}",
    ],
)
def test_it_cannot_read_fields_that_are_not_public(web, edition_id, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement.format(partition=partition_name(edition_id)))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TABLE published.mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION dblink",
        "CREATE ROLE mine",
        "SET ROLE council_maps",
        "COPY layers_layer TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
    ],
)
def test_it_cannot_make_anything_or_become_anyone(web, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement)


TRIANGLE = "'MULTIPOINT(0 0, 1 0, 0 1)'::geometry"


@pytest.mark.parametrize(
    "call",
    [
        f"ST_VoronoiPolygons({TRIANGLE})",
        f"ST_VoronoiLines({TRIANGLE})",
        f"_ST_Voronoi({TRIANGLE})",
        f"ST_DelaunayTriangles({TRIANGLE})",
        f"ST_ConcaveHull({TRIANGLE}, 0.5)",
        f"ST_HausdorffDistance({TRIANGLE}, {TRIANGLE})",
        f"ST_HausdorffDistance({TRIANGLE}, {TRIANGLE}, 0.5)",
        f"ST_FrechetDistance({TRIANGLE}, {TRIANGLE})",
    ],
)
def test_it_cannot_call_what_a_timeout_cannot_stop(web, call):
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(f"SELECT {call}")


def test_it_is_stopped_after_two_seconds(web):
    assert web.execute("SHOW statement_timeout").fetchone() == ("2s",)

    web.execute("SET statement_timeout = '100ms'")
    with pytest.raises(errors.QueryCanceled):
        web.execute("SELECT pg_sleep(5)")


def test_it_does_not_hold_a_transaction_open_for_ever(web):
    assert web.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("10s",)


def test_the_read_connection_signs_in_as_it_and_cannot_write_even_where_it_may(edition_id):
    with connections["read"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("council_maps_web",)
        with pytest.raises(Exception, match="read-only transaction"):
            cursor.execute("DELETE FROM django_session")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT edition_id, id, fid, key, properties, geom_27700, geom_4326, centroid_4326"
        " FROM layers_feature",
        "SELECT * FROM layers_layer JOIN layers_field ON layer_id = layers_layer.id",
        "SELECT * FROM layers_edition, layers_organisation",
        "SELECT * FROM published.schools",
        "SELECT * FROM gazetteer_namedplace",
        "SELECT * FROM importers_importrun, importers_issue, importers_quarantinedrow",
    ],
)
def test_it_reads_what_pages_and_the_api_show(web, statement):
    web.execute(statement).fetchall()


def test_it_reads_a_view_that_is_made_after_the_rights_were_given(web):
    layer = make_layer("libraries")
    replace_view(layer)

    assert web.execute("SELECT * FROM published.libraries").fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO django_session VALUES ('key', 'data', now());"
        " UPDATE django_session SET expire_date = now();"
        " DELETE FROM django_session",
        "INSERT INTO accounts_user (username, password, first_name, last_name, email,"
        " is_superuser, is_staff, is_active, date_joined)"
        " VALUES ('officer', '!', '', '', '', false, true, true, now());"
        " UPDATE accounts_user SET last_login = now(); DELETE FROM accounts_user",
    ],
)
def test_it_keeps_sign_ins_and_accounts(web, statement):
    for part in statement.split(";"):
        web.execute(part)


def test_every_thread_of_the_web_service_gets_its_connections_and_the_worker_too(web):
    """As `make run` starts it: `read` and `default` for each thread, and one for each cut."""
    processes = 2
    needed = processes * (2 * settings.WEB_THREADS + settings.DOWNLOADS_AT_ONCE)

    [(most_of_the_web,)] = web.execute(
        "SELECT rolconnlimit FROM pg_roles WHERE rolname = %s", [settings.WEB_ROLE]
    ).fetchall()
    [(most_of_all,)] = web.execute("SELECT current_setting('max_connections')::int").fetchall()

    assert needed <= most_of_the_web <= most_of_all - 20
