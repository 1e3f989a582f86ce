"""Runs a command to its end, and says what it took: time, CPU and memory."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import cpu_ms, tree_of

_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took. Memory is real memory at its highest, PostgreSQL's not counted.

    ``largest_mb`` is of the largest of its processes, ``together_mb`` of all at one moment, pages
    that they share counted twice.
    """

    wall_s: float
    client_cpu_s: float
    postgres_cpu_s: float
    largest_mb: float
    together_mb: float

    @property
    def cpu_s(self) -> float:
        return self.client_cpu_s + self.postgres_cpu_s


def run_measured(
    command: Sequence[str], environment: Mapping[str, str], *, postmaster: int, folder: Path
) -> Measured:
    """Run ``command`` in ``folder`` and measure it; it has to succeed."""
    before, started = cpu_ms(postmaster), time.monotonic()
    child = subprocess.Popen(
        command, cwd=folder, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    largest_mb = together_mb = client_ms = 0.0
    while child.poll() is None:
        tree = tree_of(child.pid)
        largest_mb = max([largest_mb, *(_memory_mb(pid, "VmHWM") for pid in tree)])
        together_mb = max(together_mb, sum(_memory_mb(pid, "VmRSS") for pid in tree))
        client_ms = max(client_ms, cpu_ms(child.pid))
        time.sleep(_POLL_S)
    wall_s = time.monotonic() - started
    said = child.communicate()[0].decode(errors="replace")
    assert child.returncode == 0, said
    postgres_ms = cpu_ms(postmaster) - before
    return Measured(wall_s, client_ms / 1000, postgres_ms / 1000, largest_mb, together_mb)


def _memory_mb(pid: int, measure: str) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith(measure)]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0
