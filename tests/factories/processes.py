"""Programs of the project as processes of their own, on the test's database."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
# More than a machine needs that does nothing else.
_START_S = 120.0
_STOP_S = 10.0


def child_environment(**variables: str) -> dict[str, str]:
    """Return this process's environment, pointed at the test's database."""
    environment = dict(os.environ)
    for name in ("DATABASE_URL", "DATABASE_WEB_URL"):
        if address := environment.get(name):
            path = f"/{connection.settings_dict['NAME']}"
            environment[name] = urlsplit(address)._replace(path=path).geturl()
    return environment | variables


def run_manage(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run ``manage.py`` with these arguments and wait for its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=child_environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
    )


@contextmanager
def served_site() -> Iterator[int]:
    """Serve the site as `make run` does, in the web's database role; gives its port."""
    port = free_port()
    server = subprocess.Popen(
        [
            *(Path(sys.executable).with_name("granian"), "--interface", "wsgi"),
            *("config.wsgi:application", "--port", str(port), "--workers", "1"),
            *("--blocking-threads", "12", "--no-access-log", "--log-level", "warning"),
        ],
        cwd=ROOT,
        env=child_environment(IS_WEB_PROCESS="true"),
        start_new_session=True,
    )
    try:
        _wait_until_served(server, port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            # Its worker too, which would serve on.
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def get(port: int, path: str) -> tuple[int, bytes]:
    """Return the status and the body of one request to the served site."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        client.request("GET", path)
        response = client.getresponse()
        return response.status, response.read()
    finally:
        client.close()


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_served(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        assert server.poll() is None, f"granian ended with {server.returncode}"
        try:
            get(port, "/healthz")
        except OSError:
            assert time.monotonic() < deadline, f"nothing answered within {_START_S:.0f} s"
            time.sleep(0.1)
        else:
            return
