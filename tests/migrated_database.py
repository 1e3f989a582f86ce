"""A database migrated once, of which every run's and every service's own begins as a copy."""

import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
_PREFIX = "test_template_council_maps_"
_LOCK = 0x544D504C


def migrated_template(empty: str) -> str:
    """Return the name of the database, having made it of ``empty`` if nobody has yet.

    It is named after the migrations; whatever else follows them, such as the rights of roles, is
    done again in each copy.
    """
    name = f"{_PREFIX}{_digest()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        there = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX]
        )
        names = {found for (found,) in there}
        if name not in names:
            for old in names:
                _run(connection, "DROP DATABASE {} WITH (FORCE)", old)
            unfinished = f"{name}_unfinished"
            _run(connection, "CREATE DATABASE {} TEMPLATE {}", unfinished, empty)
            _migrate(unfinished)
            _run(connection, "ALTER DATABASE {} RENAME TO {}", unfinished, name)
    return name


def _digest() -> str:
    digest = sha256(str(ROOT).encode())
    for path in sorted(_files()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    yield ROOT / "requirements/base.txt"
    for app in ROOT.glob("*/apps.py"):
        yield from app.parent.glob("migrations/*.py")
        yield from app.parent.rglob("*.sql")
    yield from ROOT.glob("scripts/*.sql")


def _migrate(database: str) -> None:
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"the template was not migrated:\n{done.stdout}{done.stderr}"


def _run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
