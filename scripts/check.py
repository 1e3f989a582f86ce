"""`make check`: lint, types, import rules, templates, migrations, lock files and documents."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from scripts import check_documents, check_lock_files, system_packages, virtual_env
from scripts.steps import ROOT, StepFailed, say
from scripts.virtual_env import PYTHON

# mypy's plugin imports the settings, and asks them for names only.
_SETTINGS_ONLY = {"SECRET_KEY": "for-types", "DATABASE_URL": "postgresql:///for-types"}


@dataclass(frozen=True)
class Tool:
    """A program of the virtual environment that finds faults."""

    title: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


_TOOLS = (
    Tool("Lint", ["ruff", "check", "--quiet", "."]),
    Tool("Format", ["ruff", "format", "--check", "--quiet", "."]),
    Tool("Types", ["mypy", "."], _SETTINGS_ONLY),
    Tool("Import rules", ["lint-imports", "--no-cache"]),
    Tool("Templates", ["djlint", "templates", "--lint", "--quiet"]),
    Tool("Migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"]),
)
_OWN_CHECKS: tuple[tuple[str, Callable[[], list[str]]], ...] = (
    ("Lock files", check_lock_files.find_faults),
    ("Documents", check_documents.find_faults),
)


def main() -> int:
    """Run every check, show what each found, and return 1 if any found something."""
    found = {tool.title: _run(tool) for tool in _TOOLS}
    found |= {title: "\n".join(find_faults()) for title, find_faults in _OWN_CHECKS}
    for title, output in found.items():
        say(f"{title}: {'see below' if output else 'all well'}")
    for title, output in found.items():
        if output:
            print(f"\n{title}\n{output}")
    return int(any(found.values()))


def _run(tool: Tool) -> str:
    """Return what the tool says against the code; nothing if it is content."""
    program, *arguments = tool.command
    result = subprocess.run(
        [PYTHON.with_name(program), *arguments],
        cwd=ROOT,
        env={**os.environ, **tool.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return (result.stdout.strip() or f"exit code {result.returncode}") if result.returncode else ""


if __name__ == "__main__":
    try:
        system_packages.install_for_service()
        virtual_env.install_for_tests()
        sys.exit(main())
    except StepFailed as error:
        sys.exit(f"Error: {error}")
