"""Readers of sources for tests of what is read, forked from a process that is warm.

Starting Python and importing its libraries is most of the time that a small file takes. These
readers run the same `importers.read.child.main`, which gives up the same rights by Landlock,
seccomp and limits; what they lack is bubblewrap around them. How a reader is started and what it
cannot reach is for the tests that start real ones.
"""

import os
import select
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from importers.read import sandbox

_PROCESS = Path(__file__).with_name("warm_reader_process.py")
_ROOT = Path(__file__).resolve().parents[2]


class WarmChild:
    """A forked reader, with as much of `subprocess.Popen` as reading uses."""

    def __init__(self, stdin: int, stdout: int, ended: int) -> None:
        self.stdin, self.stdout = os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb")
        # Unbuffered, so that `select` knows of all that is still to be read.
        self._ended = os.fdopen(ended, "rb", 0)
        self._waiting = threading.Lock()
        self.pid = int(self._ended.readline())
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code, negative for a signal."""
        with self._waiting:
            if self.returncode is None:
                if not select.select([self._ended], [], [], timeout)[0]:
                    raise subprocess.TimeoutExpired("a warm reader", timeout or 0)
                self.returncode = int(self._ended.readline())
                self._ended.close()
            return self.returncode


class WarmReaders:
    """The process that forks the readers: it starts with the first, and ends with ``with``."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def __enter__(self) -> "WarmReaders":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._line is not None:
            self._line.close()
            self._process.wait()

    def start_child(
        self,
        kind: sandbox.SandboxKind,
        source: Path,
        inside: str,
        scratch: Path,
        stderr: IO[bytes],
    ) -> tuple[WarmChild, str, str]:
        """Start a reader, in the place of `importers.read.sandbox.start_child`."""
        # Its name says its form, as it does in the sandbox.
        path = scratch / inside
        path.symlink_to(source)
        (stdin, to_child), (from_child, stdout), (ended, tell) = os.pipe(), os.pipe(), os.pipe()
        socket.send_fds(self._started(), [b"."], [stdin, stdout, stderr.fileno(), tell])
        for descriptor in (stdin, stdout, tell):
            os.close(descriptor)
        return WarmChild(to_child, from_child, ended), str(path), str(scratch)

    def _started(self) -> socket.socket:
        if self._line is None:
            self._line, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-B", str(_PROCESS), str(_ROOT)],
                    stdin=theirs,
                    env=sandbox._ENVIRONMENT,
                    start_new_session=True,
                )
        return self._line
