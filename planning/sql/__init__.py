"""SQL of constraint checks, kept as files."""

from functools import cache
from importlib.resources import files
from itertools import dropwhile


@cache
def read_statement(name: str) -> str:
    """Return the text of ``<name>.sql`` of this package, without the comment on top of it."""
    text = (files(__name__) / f"{name}.sql").read_text(encoding="utf-8")
    return "".join(dropwhile(lambda line: line.startswith("--"), text.splitlines(keepends=True)))
