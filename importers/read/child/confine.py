"""What the child gives up before it opens anything, whatever sandbox stands around it."""

import ctypes
import resource
import signal
from pathlib import Path

from importers.read.child.landlock import close_files
from importers.read.child.seccomp import close_system_calls
from importers.read.request import ReadRequest

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_OPEN_FILES = 128


def confine(request: ReadRequest) -> None:
    """Limit memory, time and files, close what reading does not need, and end with the parent."""
    limits = request.limits
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    # The soft limit ends the process by SIGXCPU, which the parent can name.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 5))
    _limit(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    close_files(Path(request.path), Path(request.scratch))
    close_system_calls()


def forbid_processes() -> None:
    """Forbid new processes and threads; called once the libraries have started theirs."""
    _limit(resource.RLIMIT_NPROC, 0)


def _limit(which: int, value: int) -> None:
    resource.setrlimit(which, (value, value))
