"""Forks readers that have imported everything; `warm_reader` starts it and asks for each.

It runs as the reading child does: by itself, with that child's environment, and without Django.
"""

import importlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Sequence

_DESCRIPTORS = 4


def main() -> None:
    """Fork a reader for each set of descriptors that comes over standard input."""
    sys.path.insert(0, sys.argv[1])
    _import_everything()
    # Attendants come and go by themselves.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    asked = socket.socket(fileno=0)
    while True:
        said, descriptors, _, _ = socket.recv_fds(asked, 1, _DESCRIPTORS)
        if not said:
            os._exit(0)
        if os.fork() == 0:
            _attend(descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _import_everything() -> None:
    from importers.read.child.lean_imports import hide_pandas

    hide_pandas()
    from importers.read.child import forms

    others = ("importers.read.child.output", "importers.read.child.zip_archive")
    for name in (*others, *sorted(set(forms._MODULES.values()))):
        importlib.import_module(name)


def _attend(descriptors: Sequence[int]) -> None:
    """Fork the reader, and write the code with which it ends into the last descriptor."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    reader = os.fork()
    if reader == 0:
        _read(descriptors)
    *others, ended = descriptors
    for descriptor in others:
        os.close(descriptor)
    _, status = os.waitpid(reader, 0)
    os.write(ended, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _read(descriptors: Sequence[int]) -> None:
    from importers.read.child.main import main as read_one

    os.setsid()
    *standard, ended = descriptors
    os.write(ended, b"%d\n" % os.getpid())
    for number, descriptor in enumerate(standard):
        os.dup2(descriptor, number)
    for descriptor in descriptors:
        os.close(descriptor)
    os.chdir("/")
    code = 1
    try:
        code = read_one()
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
