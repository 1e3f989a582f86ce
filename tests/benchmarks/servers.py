"""Servers under measurement, and the questions put to them."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CLIENTS = 2
_START_TIMEOUT_S = 30


@contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Serve a WSGI application with granian, as in production; yields its process and its port."""
    port = _free_port()
    process = subprocess.Popen(
        [
            Path(sys.executable).with_name("granian"),
            *("--interface", "wsgi", "--workers", "2", "--blocking-threads", "12"),
            *("--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error"),
            application,
        ],
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        _wait_for(port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def ask_all(
    port: int, paths: Sequence[str], headers: Mapping[str, str] | None = None, status: int = 200
) -> None:
    """Ask for every path once, over kept connections, one after another on each."""
    parts = [paths[n::CLIENTS] for n in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda part: _ask(port, part, headers or {}, status), parts))


def _ask(port: int, paths: Sequence[str], headers: Mapping[str, str], status: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        assert response.status == status, f"{path}: {response.status} {body[:300]!r}"
    connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < deadline:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens at port {port}")
