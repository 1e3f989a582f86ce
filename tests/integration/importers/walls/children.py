"""Children that a file has taken over: our reader's place is taken by a program of the test's.

It starts where the reader starts, in the same sandbox and with the same request, and looks at
no first bytes and no structure.
"""

import os
import textwrap
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from importers.read import sandbox
from importers.read.sandbox import SandboxKind
from tests.integration.importers.sandbox_reading import needs_namespaces

_START = """
import sys
sys.path.insert(0, sys.argv[1])
from importers.read.request import ReadRequest
from importers.read.child import confine
if {is_old_kernel}:
    confine.close_files = confine.close_system_calls = lambda *arguments: False
request = ReadRequest.from_json(sys.stdin.buffer.read())
confine.confine(request)
confine.forbid_processes()
path, scratch = request.path, request.scratch
def tell(*words):
    print(*words, file=sys.stderr, flush=True)
"""
needs_account = pytest.mark.skipif(
    os.geteuid() != 0 or not sandbox._others_may_read_python(),
    reason="only root can start a child of another account, and Python must be readable to it",
)


@dataclass(frozen=True)
class Walls:
    """What stands around a child: a kind of sandbox, on a kernel with seccomp and Landlock or not.

    ``harmless`` are attempts that succeed there and reach nobody.
    """

    kind: SandboxKind
    is_old_kernel: bool = False
    harmless: frozenset[str] = frozenset()


# Namespaces alone: processes end with theirs, and a datagram stays in a network of its own.
_INSIDE_ITS_OWN = frozenset(("fork", "program", "namespace", "udp"))
WALLS = [
    pytest.param(Walls("namespaces"), marks=needs_namespaces, id="bubblewrap"),
    pytest.param(
        Walls("namespaces", is_old_kernel=True, harmless=_INSIDE_ITS_OWN),
        marks=needs_namespaces,
        id="bubblewrap-on-an-old-kernel",
    ),
    pytest.param(Walls("account"), marks=needs_account, id="account"),
    pytest.param(Walls("limits"), id="limits"),
]


def take_over(
    monkeypatch: pytest.MonkeyPatch, walls: Walls, program: str, **values: object
) -> None:
    """Have ``program`` run in the place of the reader; it finds ``values`` as its variables."""
    lines = [f"{name} = {_plain(value)!r}" for name, value in values.items()]
    start = _START.format(is_old_kernel=walls.is_old_kernel)
    launch = "\n".join([start, *lines, textwrap.dedent(program)])
    monkeypatch.setattr(sandbox, "_LAUNCH", launch)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def strongest_first(walls: Sequence[Any]) -> list[Any]:
    """Return the parameters with all but the first left to the drills: hundreds of children."""
    first, *others = (
        each if isinstance(each, type(WALLS[0])) else pytest.param(each) for each in walls
    )
    return [
        first,
        *(
            pytest.param(*each.values, id=each.id, marks=[*each.marks, pytest.mark.drill])
            for each in others
        ),
    ]


def group_is_gone(group: int, within_s: float = 3.0) -> bool:
    """Return whether no process of a group runs any more; the killed need a moment to go."""
    deadline = time.monotonic() + within_s
    while _running_in_group(group):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _running_in_group(group: int) -> list[int]:
    """Return the processes of a group that still run; what only waits to be reaped does not."""
    running = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, its_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_group) == group and state != "Z":
            running.append(int(folder.name))
    return running
