"""Typed readers of the process environment that fail loudly and say what to set."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingInvalid(Exception):
    """A variable of the environment is missing or cannot be read as its type."""


def read_text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise SettingInvalid(f"{name} is not set. See .env.example for what it means.")
    return default


def read_bool(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingInvalid(f"{name}={value!r} is not a yes or a no. Use true or false.")


def read_integer(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise SettingInvalid(f"{name}={value!r} is not a whole number.") from None


def read_list(name: str, default: list[str]) -> list[str]:
    value = os.environ.get(name, "")
    return [item.strip() for item in value.split(",") if item.strip()] or default


def read_integers(name: str, default: list[int]) -> list[int]:
    try:
        return [int(item) for item in read_list(name, [])] or default
    except ValueError:
        value = os.environ.get(name, "")
        raise SettingInvalid(f"{name}={value!r} is not a list of whole numbers.") from None


def read_hosts(name: str) -> list[str]:
    """Return names with their ports, such as gis.council.internal:8443."""
    hosts = [host.lower() for host in read_list(name, [])]
    for host in hosts:
        if not re.fullmatch(r"[a-z0-9.-]+:[0-9]{1,5}", host):
            raise SettingInvalid(f"{name} holds {host!r}. Write a name and a port: gis.local:443.")
    return hosts


def read_https_address(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"https://[^\s/]+\S*", value):
        raise SettingInvalid(f"{name} is not an address that starts with https://.")
    return value


def read_optional_path(name: str) -> Path | None:
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser().resolve() if value else None


def read_path(name: str, default: Path) -> Path:
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser().resolve() if value else default


def read_database(name: str, default: str) -> dict[str, Any]:
    """Return a Django ``DATABASES`` entry from a ``postgresql://`` address."""
    address = os.environ.get(name, "").strip() or default
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql", "postgis"}:
        raise SettingInvalid(
            f"{name} must look like postgresql://user:password@host:5432/database."
        )
    query = dict(parse_qsl(parts.query))
    options: dict[str, Any] = {k: v for k, v in query.items() if k != "host"}
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.get("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
