"""SQL of publishing, kept as files."""

from importlib.resources import files


def read_statement(name: str) -> str:
    """Return the text of ``<name>.sql`` of this package."""
    return (files(__name__) / f"{name}.sql").read_text(encoding="utf-8")
