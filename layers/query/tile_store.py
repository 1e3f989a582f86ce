"""Tiles kept on this machine's disk, for a service without a caching proxy in front.

One SQLite file, which every web process of the machine shares: it is bounded by the engine itself,
written whole or not at all, and emptied of its oldest tiles when it is full. What is in it may be
lost at any moment. Nothing is shown from it unless the database says that its edition may be.
"""

import logging
import sqlite3
import threading
from functools import cache
from pathlib import Path

from django.conf import settings

from layers.query.tile_grid import TileAddress

_log = logging.getLogger(__name__)

_PAGE_BYTES = 4096
# Another process writes: a tile that is not kept costs less than waiting for it.
_WAIT_S = 0.05
_LATER = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)
_RUINED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS tile (
    number INTEGER PRIMARY KEY,
    edition_id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    zoom INTEGER NOT NULL,
    tile_column INTEGER NOT NULL,
    tile_row INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (edition_id, digest, zoom, tile_column, tile_row)
)
"""
_READ = """
SELECT body FROM tile
WHERE edition_id = ? AND digest = ? AND zoom = ? AND tile_column = ? AND tile_row = ?
"""
_WRITE = "INSERT OR REPLACE INTO tile VALUES (NULL, ?, ?, ?, ?, ?, ?)"
_DROP_OLDEST = """
DELETE FROM tile
WHERE number <= (SELECT min(number) + (max(number) - min(number)) / 10 FROM tile)
"""


class TileStore:
    """Compressed tiles by edition and address, in ``folder``, of ``max_bytes`` at most together.

    ``digest`` stands for everything beside the edition that decides what is in a tile. Whatever
    goes wrong here is a tile not kept, never an answer not given.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._file = folder / "tiles.sqlite"
        self._most_pages = max(max_bytes // _PAGE_BYTES, 16)
        self._local = threading.local()
        self._has_warned = False

    def read(self, edition_id: int, digest: str, tile: TileAddress) -> bytes | None:
        """Return a kept tile, empty if it is known to hold nothing, or None."""
        try:
            found = self._open().execute(_READ, _key(edition_id, digest, tile)).fetchone()
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
            return None
        return None if found is None else bytes(found[0])

    def write(self, edition_id: int, digest: str, tile: TileAddress, body: bytes) -> None:
        """Keep a tile, letting go of the oldest ones if there is no room."""
        values = (*_key(edition_id, digest, tile), body)
        try:
            self._insert(values)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def drop_edition(self, edition_id: int) -> None:
        """Let go of an edition's tiles."""
        if not self._file.exists():
            return
        try:
            self._open().execute("DELETE FROM tile WHERE edition_id = ?", (edition_id,))
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def _insert(self, values: tuple[object, ...]) -> None:
        connection = self._open()
        try:
            connection.execute(_WRITE, values)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
                raise
            connection.execute(_DROP_OLDEST)
            connection.execute(_WRITE, values)

    def _open(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._file, timeout=_WAIT_S, isolation_level=None)
            connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA max_page_count = {self._most_pages}")
            connection.execute(_SCHEMA)
            self._local.connection = connection
        return connection

    def _give_up(self, error: Exception) -> None:
        """Go on without; a file that is not, or no longer, a database is begun anew."""
        if getattr(error, "sqlite_errorcode", None) in _LATER:
            return
        if not self._has_warned:
            self._has_warned = True
            _log.warning("Tiles cannot be kept in %s: %s", self._file, error)
        connection = self._local.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()
        if getattr(error, "sqlite_errorcode", None) in _RUINED:
            self._file.unlink(missing_ok=True)


def _key(edition_id: int, digest: str, tile: TileAddress) -> tuple[object, ...]:
    return edition_id, digest, tile.zoom, tile.column, tile.row


@cache
def tile_store() -> TileStore | None:
    """Return the store of this process, or None where `TILE_STORE_BYTES` is 0."""
    if not settings.TILE_STORE_BYTES:
        return None
    return TileStore(settings.LOCAL_DIR / "tiles", settings.TILE_STORE_BYTES)
