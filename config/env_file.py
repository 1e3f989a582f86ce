"""Reads ``.env``: NAME=value lines for those who do not set variables elsewhere."""

import os
import re
from pathlib import Path

_ASSIGNMENT = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")


class EnvFileInvalid(Exception):
    """A line of ``.env`` is neither NAME=value, nor a comment, nor blank."""


def read_env_file(path: Path) -> dict[str, str]:
    """Return the variables that ``path`` sets; none if there is no such file."""
    if not path.exists():
        return {}
    variables: dict[str, str] = {}
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        assignment = _ASSIGNMENT.fullmatch(text)
        if assignment is None:
            raise EnvFileInvalid(f"{path.name}, line {number}: write NAME=value, or # first.")
        variables[assignment[1]] = _unquote(assignment[2])
    return variables


def load_env_file(path: Path) -> None:
    """Set what ``path`` says for this process; what is set already stays."""
    for name, value in read_env_file(path).items():
        os.environ.setdefault(name, value)


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
