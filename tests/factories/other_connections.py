"""Connections of other people to the test's database, beside the one that Django holds."""

from typing import Any

import psycopg
from django.db import connections


def connect_as_owner() -> psycopg.Connection[Any]:
    """Return a connection of the role that migrates and imports."""
    return _connect("default")


def connect_as_web() -> psycopg.Connection[Any]:
    """Return a connection of the web's role that would be allowed to write, were the role."""
    connection = _connect("read")
    connection.execute("SET default_transaction_read_only = off")
    return connection


def _connect(alias: str) -> psycopg.Connection[Any]:
    settings = connections[alias].settings_dict
    return psycopg.connect(
        dbname=connections["default"].settings_dict["NAME"],
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        options=settings["OPTIONS"].get("options"),
        autocommit=True,
    )
