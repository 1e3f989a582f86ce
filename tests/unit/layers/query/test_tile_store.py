"""Tiles kept on disk: what is kept, what gives way, and what a broken disk does not do."""

import logging
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from layers.query.tile_grid import TileAddress
from layers.query.tile_store import TileStore

TILE = TileAddress(14, 8103, 5381)
MEGABYTE = 1_000_000


@pytest.fixture
def store(tmp_path) -> TileStore:
    return TileStore(tmp_path / "tiles", MEGABYTE)


def size_of(folder) -> int:
    return (folder / "tiles" / "tiles.sqlite").stat().st_size


def test_it_gives_back_what_it_was_given(store):
    store.write(1, "a", TILE, b"tile")

    assert store.read(1, "a", TILE) == b"tile"


def test_it_knows_a_tile_with_nothing_in_it_from_one_it_does_not_have(store):
    store.write(1, "a", TILE, b"")

    assert store.read(1, "a", TILE) == b""
    assert store.read(1, "a", TileAddress(14, 8103, 5382)) is None


@pytest.mark.parametrize(
    ("edition_id", "digest", "tile"),
    [
        (2, "a", TILE),
        (1, "b", TILE),
        (1, "a", TileAddress(15, 8103, 5381)),
        (1, "a", TileAddress(14, 8102, 5381)),
        (1, "a", TileAddress(14, 8103, 5380)),
    ],
)
def test_it_takes_no_tile_for_another(store, edition_id, digest, tile):
    store.write(1, "a", TILE, b"tile")

    assert store.read(edition_id, digest, tile) is None


def test_two_processes_share_it(store, tmp_path):
    store.write(1, "a", TILE, b"tile")

    assert TileStore(tmp_path / "tiles", MEGABYTE).read(1, "a", TILE) == b"tile"


def test_it_stays_within_its_size_by_letting_the_oldest_go(store, tmp_path):
    bodies = [os.urandom(20_000) for _ in range(200)]  # four times what fits

    for column, body in enumerate(bodies):
        store.write(1, "a", TileAddress(14, column, 0), body)
    kept = [store.read(1, "a", TileAddress(14, column, 0)) for column in range(200)]

    assert size_of(tmp_path) <= MEGABYTE
    assert kept[-10:] == bodies[-10:]
    assert kept[0] is None
    assert sum(body is not None for body in kept) > 20


def test_a_tile_larger_than_all_of_it_is_not_kept_and_breaks_nothing(store, tmp_path):
    store.write(1, "a", TILE, os.urandom(2 * MEGABYTE))
    store.write(1, "a", TileAddress(14, 0, 0), b"small")

    assert store.read(1, "a", TILE) is None
    assert store.read(1, "a", TileAddress(14, 0, 0)) == b"small"


def test_a_dropped_edition_is_gone_and_no_other(store):
    store.write(1, "a", TILE, b"old")
    store.write(2, "a", TILE, b"new")

    store.drop_edition(1)

    assert store.read(1, "a", TILE) is None
    assert store.read(2, "a", TILE) == b"new"


def test_dropping_from_a_store_that_was_never_used_makes_none(store, tmp_path):
    store.drop_edition(1)

    assert not (tmp_path / "tiles").exists()


def test_a_file_that_is_no_database_is_begun_anew(store, tmp_path, caplog):
    (tmp_path / "tiles").mkdir()
    (tmp_path / "tiles" / "tiles.sqlite").write_bytes(b"not a database at all" * 500)

    with caplog.at_level(logging.WARNING):
        first = store.read(1, "a", TILE)
    store.write(1, "a", TILE, b"tile")

    assert first is None
    assert store.read(1, "a", TILE) == b"tile"
    assert "Tiles cannot be kept" in caplog.text


def test_a_folder_that_cannot_be_written_is_said_once(tmp_path, caplog):
    (tmp_path / "tiles").write_text("a file where the folder should be")
    store = TileStore(tmp_path / "tiles", MEGABYTE)

    for _ in range(3):
        store.write(1, "a", TILE, b"tile")

        assert store.read(1, "a", TILE) is None
    assert caplog.text.count("Tiles cannot be kept") == 1


def test_while_another_writes_a_tile_is_not_kept_and_nobody_waits_long(store, tmp_path):
    store.write(1, "a", TILE, b"tile")
    other = sqlite3.connect(tmp_path / "tiles" / "tiles.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    store.write(1, "a", TileAddress(14, 0, 0), b"other")

    assert store.read(1, "a", TILE) == b"tile"
    assert store.read(1, "a", TileAddress(14, 0, 0)) is None
    other.execute("ROLLBACK")
    other.close()


def test_threads_use_it_together(store):
    def write_and_read(column: int) -> bytes | None:
        tile = TileAddress(14, column, 0)
        for _ in range(20):  # another thread may be writing
            store.write(1, "a", tile, b"%d" % column)
            if found := store.read(1, "a", tile):
                return found
        return None

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(write_and_read, range(40)))

    assert found == [b"%d" % column for column in range(40)]
