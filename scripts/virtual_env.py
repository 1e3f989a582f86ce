"""Keeps ``.venv`` equal to the hashed lock files."""

import sys
from pathlib import Path

from scripts.steps import CACHE_DIR, ROOT, Command, digest_of, is_stamped, leave_stamp, run_step

_FOLDER = ROOT / ".venv"
PYTHON = _FOLDER / "bin" / "python"
_BASE = ROOT / "requirements" / "base.txt"
_DEV = ROOT / "requirements" / "dev.txt"


def install_for_service() -> None:
    _install("Installing Python packages", "base", [_BASE])


def install_for_tests() -> None:
    _install("Installing Python packages, and those for tests", "dev", [_BASE, _DEV])


def compile_our_code() -> None:
    """Leave our own modules compiled: the child that reads a source writes nothing down.

    Nor does any process in a checkout that it may not write to. What is compiled already stays.
    """
    packages = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
    run_step("Compiling our own modules", [PYTHON, "-m", "compileall", "-q", *packages])


def make_virtual_env(folder: Path) -> Path:
    """Make ``folder`` a virtual environment (again, if it is half made); return its Python."""
    run_step(
        f"Making the virtual environment {folder.name}", [sys.executable, "-m", "venv", folder]
    )
    return folder / "bin" / "python"


def install_locked(title: str, python: Path, lock_files: list[Path]) -> None:
    """Install what the lock files name, from wheels, each checked against its hash."""
    requirements = [f"--requirement={path}" for path in lock_files]
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    command: Command = [python, "-m", "pip", "install", *options, *requirements]
    run_step(title, command, {"PIP_CACHE_DIR": str(CACHE_DIR / "pip")})


def _install(title: str, name: str, lock_files: list[Path]) -> None:
    digest = digest_of(*lock_files, salt=f"{sys.version_info[:2]}")
    stamp = _FOLDER / f".installed-{name}"
    if PYTHON.exists() and is_stamped(stamp, digest):
        return
    make_virtual_env(_FOLDER)
    install_locked(title, PYTHON, lock_files)
    leave_stamp(stamp, digest)
