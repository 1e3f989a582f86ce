"""The PostgreSQL that the project brings for itself when DATABASE_URL names no other."""

import fcntl
import os
import secrets
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from config.env_file import EnvFileInvalid, load_env_file
from config.postgres_server import PostgresServer, ServerUnavailable

ROOT = Path(__file__).resolve().parent.parent
LOCAL_DIR = ROOT / ".local"
OWNER, WEB_ROLE = "council_maps", "council_maps_web"
DATABASE, TEMPLATE_DATABASE = "council_maps", "council_maps_template"
_SQL_FILES = (ROOT / "scripts/database.sql", ROOT / "scripts/database_extensions.sql")


@contextmanager
def use_private_cluster() -> Iterator[None]:
    """Run a command with a database: DATABASE_URL's, or one of our own while it is needed."""
    try:
        load_env_file(ROOT / ".env")
        provide_secret_key()
        if os.environ.get("DATABASE_URL", "").strip():
            yield
            return
        _exit_in_order_when_told_to()
        describe_private_cluster()
        with running_private_cluster():
            yield
    except (ServerUnavailable, EnvFileInvalid) as error:
        raise SystemExit(f"Error: {error}") from None


def describe_private_cluster() -> None:
    """Name the private databases to this process and its children."""
    host = quote(str(_server().socket_dir), safe="")
    os.environ["DATABASE_URL"] = f"postgresql://{OWNER}@/{DATABASE}?host={host}"
    os.environ["DATABASE_WEB_URL"] = f"postgresql://{WEB_ROLE}@/{DATABASE}?host={host}"
    os.environ["TEST_DATABASE_TEMPLATE"] = TEMPLATE_DATABASE


@contextmanager
def running_private_cluster() -> Iterator[None]:
    """Keep the cluster running; the last process to leave stops it.

    Each user holds ``in-use`` shared for as long as it lives, whatever kills it. Coming and
    going is one at a time, under ``door``.
    """
    server = _server()
    server.prepare_folder()
    in_use = _open_lock(server.folder / "in-use.lock")
    try:
        with _door(server.folder):
            fcntl.flock(in_use, fcntl.LOCK_SH)
            server.ensure_started()
            _apply_database_sql(server)
        yield
    finally:
        with _door(server.folder), suppress(BlockingIOError):
            fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            server.stop()
        os.close(in_use)


def provide_secret_key() -> None:
    """Set SECRET_KEY from ``.local/secret_key``, made on the first start, if nothing else does."""
    if os.environ.get("SECRET_KEY", "").strip():
        return
    key_file = LOCAL_DIR / "secret_key"
    LOCAL_DIR.mkdir(exist_ok=True)
    with suppress(FileExistsError):
        descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    try:
        os.environ["SECRET_KEY"] = key_file.read_text().strip()
    except PermissionError:
        raise ServerUnavailable(
            f"{key_file} belongs to another user. Run as that user, or set SECRET_KEY."
        ) from None


def _server() -> PostgresServer:
    return PostgresServer(LOCAL_DIR / "postgres", ROOT / "scripts/postgresql.conf")


def _apply_database_sql(server: PostgresServer) -> None:
    """Run the SQL that makes roles and databases, unless this very text has run before."""
    applied = server.folder / "database.sql.sha256"
    digest = sha256(b"".join(path.read_bytes() for path in _SQL_FILES)).hexdigest()
    if applied.exists() and applied.read_text() == digest:
        return
    server.run_sql_file(_SQL_FILES[0])
    applied.write_text(digest)


def _open_lock(path: Path) -> int:
    # Read only, so that a lock file made by root still serves the folder's owner.
    return os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)


@contextmanager
def _door(folder: Path) -> Iterator[None]:
    door = _open_lock(folder / "door.lock")
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
    finally:
        os.close(door)


def _exit_in_order_when_told_to() -> None:
    """Leave through the context manager on SIGTERM and SIGHUP, so that the cluster stops too."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda received, _frame: sys.exit(128 + received))
