"""Readers in other connections while an edition is staged, published, taken back and dropped."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
import shapely
from django.db import connection, connections, transaction

from layers.models import Edition, Layer
from layers.publish import (
    StagedEdition,
    accept_edition,
    partition_name,
    prune_editions,
    publish_edition,
    roll_back,
)
from layers.publish.partition import is_attached
from tests.factories import MadeFeature, make_layer, publish_features, stage_features
from tests.factories.edition import fill_table
from tests.factories.other_connections import connect_as_owner, connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# The web's role gives up on a lock after this long, so a reader that had to wait would fail.
READER_WAITS_MS = 500
READ = """
    SELECT properties ->> 'name' FROM layers_feature
    WHERE edition_id = (SELECT published_edition_id FROM layers_layer WHERE slug = 'schools')
"""


@pytest.fixture
def layer() -> Layer:
    layer = make_layer("schools")
    publish_features(layer, [school("First")])
    return layer


@pytest.fixture
def reader() -> Iterator[psycopg.Connection[Any]]:
    connection = connect_as_web()
    connection.execute(f"SET lock_timeout = {READER_WAITS_MS}")
    yield connection
    connection.close()


def school(name: str) -> MadeFeature:
    return MadeFeature(name, shapely.Point(407300, 286600), {"name": name})


def test_a_reader_does_not_wait_while_an_edition_is_loaded_and_attached(layer, reader):
    with transaction.atomic():
        edition = fill_table(layer, [school("Second")])
        assert reader.execute(READ).fetchall() == [("First",)]

        accept_edition(StagedEdition(edition.pk, feature_count=1, quarantined_count=0))

        # The transaction that attaches it is still open: its locks are all held.
        assert reader.execute(READ).fetchall() == [("First",)]


def test_staging_does_not_wait_for_a_reader_in_the_middle_of_its_transaction(layer, reader):
    with reader.transaction():
        reader.execute(READ)
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {READER_WAITS_MS}")

        edition = stage_features(layer, [school("Second")])
        publish_edition(edition)

    assert reader.execute(READ).fetchall() == [("Second",)]


def test_a_reader_does_not_wait_for_the_pointer_to_move(layer, reader):
    second = stage_features(layer, [school("Second")])

    with transaction.atomic():
        publish_edition(second)
        seen_while_moving = reader.execute(READ).fetchall()

    assert seen_while_moving == [("First",)]
    assert reader.execute(READ).fetchall() == [("Second",)]


def test_a_reader_does_not_wait_while_an_edition_is_taken_back(layer, reader):
    publish_features(layer, [school("Second")])

    with transaction.atomic():
        roll_back(layer)
        seen_while_moving = reader.execute(READ).fetchall()

    assert seen_while_moving == [("Second",)]
    assert reader.execute(READ).fetchall() == [("First",)]


def test_dropping_waits_for_a_reader_that_holds_it_and_no_other_reader_waits(layer, reader):
    first = layer.published_edition
    publish_features(layer, [school("Second")])
    with connect_as_web() as other, connect_as_owner() as watcher:
        other.execute(f"SET lock_timeout = {READER_WAITS_MS}")
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        read_edition(reader, first)

        with in_another_thread(lambda: prune_editions(layer, kept=0)):
            wait_until_someone_waits_for(watcher, reader)

            assert other.execute(READ).fetchall() == [("Second",)]
            assert reader.execute(READ).fetchall() == [("Second",)]
            assert read_edition(reader, first) == [("First",)]
            reader.execute("COMMIT")

    assert not is_attached(first.pk)


def test_it_keeps_the_newest_editions_beside_the_published_one(layer):
    first = layer.published_edition_id
    second, third, fourth = (publish_features(layer, [school(n)]).pk for n in ("2", "3", "4"))

    dropped = prune_editions(layer, kept=1)

    assert dropped == [second, first]
    assert [edition for edition in (first, second, third, fourth) if is_attached(edition)] == [
        third,
        fourth,
    ]


def test_it_keeps_as_many_as_the_settings_say(layer, settings):
    settings.EDITIONS_KEPT = 2
    first = layer.published_edition_id
    for name in ("2", "3", "4"):
        publish_features(layer, [school(name)])

    assert prune_editions(layer) == [first]


def test_it_keeps_the_published_edition_although_newer_ones_were_withdrawn(layer):
    first = layer.published_edition_id
    second = publish_features(layer, [school("2")]).pk
    roll_back(layer)

    dropped = prune_editions(layer, kept=0)

    assert dropped == [second]
    assert is_attached(first)


def test_a_dropped_edition_leaves_its_record_and_no_table(layer):
    first = layer.published_edition_id
    publish_features(layer, [school("2")])

    prune_editions(layer, kept=0)

    assert Edition.objects.get(pk=first).feature_count == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [partition_name(first)])
        assert cursor.fetchone() == (None,)


def test_other_layers_editions_are_left_alone(layer):
    other = make_layer("libraries")
    kept = publish_features(other, [school("A library")]).pk
    publish_features(other, [school("The library again")])

    prune_editions(layer, kept=0)

    assert is_attached(kept)


def read_edition(reader: psycopg.Connection[Any], edition: Edition) -> list[tuple[Any, ...]]:
    statement = "SELECT properties ->> 'name' FROM layers_feature WHERE edition_id = %s"
    return reader.execute(statement, [edition.pk]).fetchall()


@contextmanager
def in_another_thread(work: Callable[[], object]) -> Iterator[None]:
    """Run ``work`` on a database connection of its own; it must have ended soon afterwards."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join(timeout=10)
    assert not thread.is_alive(), "it still waits, although nobody reads any more"
    assert failures == []


def wait_until_someone_waits_for(
    watcher: psycopg.Connection[Any], reader: psycopg.Connection[Any]
) -> None:
    is_waited_for = "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
    for _ in range(200):
        [(waiting,)] = watcher.execute(is_waited_for, [reader.info.backend_pid]).fetchall()
        if waiting:
            return
        watcher.execute("SELECT pg_sleep(0.02)")
    pytest.fail("nothing waits for the reader: is the edition being dropped under it?")
