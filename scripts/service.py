"""Starts the service's processes, says when they answer, and stops them all."""

import errno
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.steps import ROOT, Command, StepFailed, say

_ANSWER_TIMEOUT_S = 60.0
_STOP_TIMEOUT_S = 8.0
_POLL_S = 0.2


@dataclass(frozen=True)
class Address:
    """Where the service listens."""

    host: str
    port: int

    @property
    def host_to_ask(self) -> str:
        """Return a host that this machine can ask: 0.0.0.0 means all of its own."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)

    @property
    def url(self) -> str:
        host = f"[{self.host_to_ask}]" if ":" in self.host_to_ask else self.host_to_ask
        return f"http://{host}:{self.port}/"


@dataclass(frozen=True)
class Child:
    """A process of the service."""

    name: str
    command: Command
    environment: Mapping[str, str] = field(default_factory=dict)


def read_address() -> Address:
    host = os.environ.get("HOST", "").strip() or "127.0.0.1"
    port = os.environ.get("PORT", "").strip() or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise StepFailed(f"PORT={port} is not a port: use a whole number from 1 to 65535.")
    return Address(host, int(port))


def refuse_busy_port(address: Address) -> None:
    """Raise `StepFailed` if the service could not listen at ``address``."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((address.host, address.port))
        except OSError as error:
            raise StepFailed(_why_not(address, error)) from None


def serve(address: Address, children: Sequence[Child]) -> None:
    """Run ``children`` until one of them ends or we are told to stop; then stop the rest."""
    make = _parent_make()
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for child in children:
            processes[child.name] = _start(child)
        _wait_for_answer(address, processes)
        while not _has_left(make):
            _raise_if_ended(processes)
            time.sleep(_POLL_S)
    finally:
        _stop(processes.values())


def _start(child: Child) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        # Should we be killed outright, the system tells the child to stop.
        ["setpriv", "--pdeathsig", "TERM", *child.command],
        cwd=ROOT,
        env={**os.environ, **child.environment},
        # Ctrl-C reaches us alone: granian's workers, told twice, do not stop by themselves.
        start_new_session=True,
    )


def _wait_for_answer(address: Address, processes: Mapping[str, "subprocess.Popen[bytes]"]) -> None:
    deadline = time.monotonic() + _ANSWER_TIMEOUT_S
    while (answer := _ask(address, "/readyz")) is None:
        _raise_if_ended(processes)
        if time.monotonic() > deadline:
            raise StepFailed(f"Nothing answered at {address.url} within {_ANSWER_TIMEOUT_S:.0f} s.")
        time.sleep(_POLL_S)
    for fault in _missing(answer):
        say(f"Not ready: {fault}")
    say(f"Council Maps is at {address.url} (Ctrl-C stops it)")


def _ask(address: Address, path: str) -> bytes | None:
    """Return the body of whatever answer there is; None while nobody answers."""
    connection = http.client.HTTPConnection(address.host_to_ask, address.port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _missing(readiness: bytes) -> list[str]:
    # An ALLOWED_HOSTS without this address answers 400 with a page: it is up all the same.
    try:
        return [fault["detail"] for fault in json.loads(readiness)["missing"]]
    except (ValueError, KeyError):
        return []


def _raise_if_ended(processes: Mapping[str, "subprocess.Popen[bytes]"]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise StepFailed(f"{name} ended by itself (exit code {process.returncode}).")


def _stop(processes: Iterable["subprocess.Popen[bytes]"]) -> None:
    running = [process for process in processes if process.poll() is None]
    for process in running:
        process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + _STOP_TIMEOUT_S
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _parent_make() -> int | None:
    """Return the process id of the make that started us, if one did."""
    parent = os.getppid()
    is_make = re.search(r"^Name:\s+g?make$", _process_status(parent), re.MULTILINE)
    return parent if is_make else None


def _has_left(make: int | None) -> bool:
    """Return whether our make is gone, or was told to stop and did not tell us.

    GNU make passes SIGTERM on but not SIGINT, which it takes to come from a terminal and so to
    us as well. Sent to make alone (`kill -INT`), all that shows is that make, inside its
    handler, has the signal blocked.
    """
    if make is None:
        return False
    if os.getppid() != make:
        return True
    blocked = re.search(r"^SigBlk:\s+([0-9a-f]+)$", _process_status(make), re.MULTILINE)
    return blocked is not None and bool(int(blocked[1], 16) & 1 << (signal.SIGINT - 1))


def _process_status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return ""


def _why_not(address: Address, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {address.port} on {address.host} is in use by another program: "
            f"stop it, or choose another with PORT={address.port + 1} make run."
        )
    return f"Cannot listen on {address.host}, port {address.port}: {error.strerror}."
