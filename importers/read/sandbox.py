"""Starts the child that reads a source, inside the strongest confinement that the host allows."""

import functools
import logging
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

from importers.errors import ImportStopped

SandboxKind = Literal["namespaces", "account", "limits"]

_PACKAGE = Path(__file__).resolve().parent.parent
_NOBODY = 65534
_PROBE_S = 10.0
_END_S = 10.0
_LAUNCH = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from importers.read.child.main import main; sys.exit(main())"
)
# One thread in every library: the child may start none, and reading is not bound by it.
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "GDAL_NUM_THREADS": "1",
}
_SYSTEM_FOLDERS = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache")

logger = logging.getLogger(__name__)


class SandboxMissing(ImportStopped):
    """A sandbox is required by the settings and the host does not allow one."""


@functools.cache
def sandbox_kind() -> SandboxKind:
    """Return the strongest confinement that this host allows, tried once per process.

    ``namespaces``: bubblewrap; no network, no file but the source and Python.
    ``account``: an account without rights, resource limits, empty environment.
    ``limits``: resource limits and empty environment alone.
    """
    if _namespaces_work():
        return "namespaces"
    kind: SandboxKind = "account" if os.geteuid() == 0 and _others_may_read_python() else "limits"
    logger.warning(
        "Sources are read without namespaces (%s only), because bubblewrap is missing or this "
        "host forbids it. See docs/operators/sandbox.md.",
        "an unprivileged account and limits" if kind == "account" else "limits",
    )
    return kind


def choose_kind(*, required: bool) -> SandboxKind:
    """Return `sandbox_kind`; where ``required``, refuse anything short of ``namespaces``.

    Raises
    ------
    SandboxMissing
        ``required``, and bubblewrap is missing or not allowed here.
    """
    kind = sandbox_kind()
    if required and kind != "namespaces":
        raise SandboxMissing(
            "This installation requires a sandbox for reading sources, and bubblewrap is missing "
            "or not allowed here. Install bubblewrap and allow user namespaces "
            "(docs/operators/sandbox.md), or set SANDBOX_REQUIRED=false.",
            code="SANDBOX-MISSING",
        )
    return kind


def start_child(
    kind: SandboxKind, source: Path, inside: str, scratch: Path, stderr: IO[bytes]
) -> tuple["subprocess.Popen[bytes]", str, str]:
    """Start the child and return it with the source's path and scratch folder as it sees them.

    Parameters
    ----------
    kind
        From `choose_kind`.
    source
        The one file that the child may read.
    inside
        The name under which the child is to see it; its ending fits the form.
    scratch
        An empty folder on this machine that the child may write to.
    stderr
        An open file for the child's standard error.
    """
    if kind == "namespaces":
        command = bubblewrap_command(
            ["--ro-bind", str(source), f"/source/{inside}", "--bind", str(scratch), "/scratch"]
        )
        command += _python("/app")
        return _popen(command, stderr, None), f"/source/{inside}", "/scratch"
    path = scratch / inside
    if kind == "account":
        _hand_over(source, scratch, path)
    else:
        # GDAL goes by the ending.
        path.symlink_to(source.resolve())
    command = _python(str(_PACKAGE.parent))
    return _popen(command, stderr, _NOBODY if kind == "account" else None), str(path), str(scratch)


def end_child(child: "subprocess.Popen[bytes]") -> None:
    """End the child with all that it started, and reap it.

    The whole process group is killed, because a bubblewrap that dies in its
    first milliseconds leaves its own child waiting for ever.
    """
    if child.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(_END_S)


def _hand_over(source: Path, scratch: Path, path: Path) -> None:
    """Copy the source to where the unprivileged account can reach it, and give it the folder."""
    shutil.copyfile(source, path)
    path.chmod(0o444)
    os.chown(scratch, _NOBODY, _NOBODY)


def _popen(
    command: Sequence[str], stderr: IO[bytes], account: int | None
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd="/",
        env=_ENVIRONMENT,
        # A session without a terminal, and one process group to end: see `end_child`.
        start_new_session=True,
        user=account,
        group=account,
        extra_groups=[] if account is not None else None,
    )


def _python(import_folder: str) -> list[str]:
    # Started as ../.venv/bin/python its path leads through a folder that the child does not see.
    # The link itself stays: Python knows by it that it is in a virtual environment.
    return [os.path.normpath(sys.executable), "-I", "-B", "-c", _LAUNCH, import_folder]


def bubblewrap_command(binds: list[str]) -> list[str]:
    """Return the start of a command that runs what follows it in namespaces of its own.

    ``binds`` are further arguments of bwrap: the only files beside Python and its libraries.
    """
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--clearenv"]
    for name, value in _ENVIRONMENT.items():
        command += ["--setenv", name, value]
    command += ["--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev"]
    for folder in _SYSTEM_FOLDERS:
        command += ["--ro-bind-try", folder, folder]
    for prefix in sorted({sys.prefix, sys.base_prefix}):
        if not prefix.startswith("/usr"):
            command += ["--ro-bind", prefix, prefix]
    command += ["--ro-bind", str(_PACKAGE), "/app/importers", *binds]
    # What could be written to outside the scratch folder would be memory that no limit counts.
    command += ["--remount-ro", "/dev", "--remount-ro", "/"]
    return [*command, "--chdir", "/", "--"]


def _namespaces_work() -> bool:
    if shutil.which("bwrap") is None:
        return False
    try:
        probe = subprocess.run(
            [*bubblewrap_command([]), "/bin/true"],
            env=_ENVIRONMENT,
            capture_output=True,
            timeout=_PROBE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return probe.returncode == 0


def _others_may_read_python() -> bool:
    """Whether an account without rights could start this interpreter and import this package."""
    needed = (Path(sys.executable), Path(sys.prefix), Path(sys.base_prefix), _PACKAGE)
    return all(_others_may_reach(path.resolve()) for path in needed)


def _others_may_reach(path: Path) -> bool:
    return all(step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents))
