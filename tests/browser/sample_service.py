"""The service as production runs it, over a database of its own that holds the sample city."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from scripts.front_end import collect_static_files
from scripts.steps import LOCAL_DIR
from tests.browser.written_places import CONNECTIONS, refuse_written_places
from tests.migrated_database import migrated_template

ROOT = Path(__file__).resolve().parents[2]
OFFICER = {"username": "officer", "password": "for-the-tests-alone", "email": "o@example.org"}
_PREFIX = "browser_test_"
# Other work may keep the machine busy.
_READY_TIMEOUT_S = 120.0
_STOP_TIMEOUT_S = 20.0
_SESSIONS_END_TIMEOUT_S = 10.0
_POLL_S = 0.1


@contextmanager
def running_service(folder: Path) -> Iterator[str]:
    """Serve the sample city, and give the service's address without a slash at its end."""
    name = f"{_PREFIX}{os.getpid()}"
    with _database(name):
        environment = _environment(name, folder)
        for arguments in (
            ["sync_catalogue"],
            ["load_sample_city"],
            ["createsuperuser", "--noinput"],
        ):
            _manage(arguments, {**environment, **_officer_as_variables()})
        with _server(environment, folder) as address:
            yield address
        refuse_written_places(folder)


@contextmanager
def running_worker(folder: Path) -> Iterator[None]:
    """Run the worker beside `running_service`, for tests that ask it for something.

    For nobody in particular it makes the files of all layers, which takes a core for minutes.
    """
    environment = _environment(f"{_PREFIX}{os.getpid()}", folder)
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    with _process(command, environment, folder / "worker.log"):
        yield


@contextmanager
def serving_otherwise(folder: Path, variables: Mapping[str, str]) -> Iterator[str]:
    """Serve the city of `running_service` a second time, with other settings."""
    environment = _environment(f"{_PREFIX}{os.getpid()}", folder)
    with _server({**environment, **variables}, folder) as address:
        yield address


@contextmanager
def running_service_without_database(folder: Path) -> Iterator[str]:
    """Serve from a database that does not exist."""
    environment = _environment(f"{_PREFIX}none", folder)
    with _server(environment, folder) as address:
        yield address
    refuse_written_places(folder)


@contextmanager
def _database(name: str) -> Iterator[None]:
    template = migrated_template(os.environ.get("TEST_DATABASE_TEMPLATE", "template1"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for leftover in _databases_of_dead_runs(connection):
            _drop(connection, leftover)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        try:
            yield
        finally:
            _drop(connection, name)


def _databases_of_dead_runs(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX]
    )
    names = [name for (name,) in rows]
    return [name for name in names if not Path("/proc", name.removeprefix(_PREFIX)).exists()]


def _drop(connection: psycopg.Connection, name: str) -> None:
    # The owner may not end the web role's sessions, so FORCE does not help; they end by
    # themselves in the moment after the server has.
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    deadline = time.monotonic() + _SESSIONS_END_TIMEOUT_S
    while True:
        try:
            connection.execute(statement)
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_S)
        else:
            return


def _environment(database: str, folder: Path) -> dict[str, str]:
    """Return the variables of a production process that uses ``database`` and ``folder``.

    The collected static files are the checkout's own.
    """
    collect_static_files()
    addresses = {
        name: urlunsplit(urlsplit(os.environ[name])._replace(path=f"/{database}"))
        for name in ("DATABASE_URL", "DATABASE_WEB_URL")
        if os.environ.get(name)
    }
    return {
        **os.environ,
        **addresses,
        "DEBUG": "false",
        "LOCAL_DIR": str(folder),
        "STATIC_ROOT": str(LOCAL_DIR / "static"),
        "NOTED_CONNECTIONS": str(folder / CONNECTIONS),
        "PYTHONPATH": str(Path(__file__).parent / "connections"),
    }


def _officer_as_variables() -> dict[str, str]:
    return {f"DJANGO_SUPERUSER_{name.upper()}": value for name, value in OFFICER.items()}


def _manage(arguments: list[str], environment: Mapping[str, str]) -> None:
    found = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, f"manage.py {arguments[0]} failed:\n{found.stdout}{found.stderr}"


@contextmanager
def _server(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    port = _free_port()
    command = [
        Path(sys.executable).with_name("granian"),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        "config.wsgi:application",
    ]
    address = f"http://127.0.0.1:{port}"
    with _process(command, environment, folder / "web.log"):
        _wait_until_alive(address)
        yield address


@contextmanager
def _process(
    command: Sequence[str | Path], environment: Mapping[str, str], log: Path
) -> Iterator[None]:
    """Run a process of the service, which says everything into one file."""
    with log.open("ab") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdout=said, stderr=said
        )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(_STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                # Granian, told to stop while it starts, waits for workers that never were.
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _wait_until_alive(address: str) -> None:
    deadline = time.monotonic() + _READY_TIMEOUT_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz"):
                return
        except urllib.error.URLError:
            time.sleep(_POLL_S)
    raise AssertionError(f"Nothing answered at {address} within {_READY_TIMEOUT_S:.0f} s.")
