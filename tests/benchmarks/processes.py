"""CPU time of a process with all its children, which a busy machine does not change much."""

import os
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_ms(pid: int) -> float:
    """Return the CPU time used so far by ``pid``, its descendants, and those that have ended."""
    ticks = 0
    for member in tree_of(pid):
        fields = _stat(member)
        ticks += sum(int(field) for field in fields[11:15]) if fields else 0
    return ticks * 1000 / _TICKS_PER_SECOND


def parent_of(pid: int) -> int:
    """Return the process that started ``pid``."""
    return int(_stat(pid)[1])


def tree_of(pid: int) -> list[int]:
    """Return ``pid`` and its descendants."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        member = waiting.pop()
        found.append(member)
        waiting += children.get(member, [])
    return found


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat after the name, or nothing if the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
