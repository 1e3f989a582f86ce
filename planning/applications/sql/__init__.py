"""SQL of planning applications, kept as files."""

from functools import cache
from importlib.resources import files


@cache
def read_statement(name: str) -> str:
    """Return the text of ``<name>.sql`` of this package."""
    return (files(__name__) / f"{name}.sql").read_text(encoding="utf-8")
