"""nginx before a service, with the configuration that is delivered."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.factories.processes import ROOT, free_port

# Debian's folder of it is on no path but root's.
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine")
_START_S = 10.0


@dataclass(frozen=True)
class Answer:
    """What nginx answered. Names of ``headers`` are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cache(self) -> str:
        return self.headers["x-cache"]


class Proxy:
    """nginx on a port of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, **headers: str) -> Answer:
        """Return the answer to a GET; ``accept_encoding`` is sent as Accept-Encoding."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            client.request("GET", path, headers=sent)
            response = client.getresponse()
            received = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, received, response.read())
        finally:
            client.close()


@contextmanager
def running_nginx(folder: Path, web_port: int, **changes: str) -> Iterator[Proxy]:
    """Run nginx before a port; its configuration is only told where things are here.

    ``changes`` are further texts of the configuration, each with what is there instead. In
    ``folder`` are ``cache`` and ``access.log``.
    """
    folder.chmod(0o755)
    (folder / "cache").mkdir()
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(_configure(folder, port, web_port, changes))
    nginx = subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(configuration)])
    try:
        _wait_for(port, nginx)
        yield Proxy(port)
    finally:
        nginx.terminate()
        nginx.wait(_START_S)


def _configure(folder: Path, port: int, web_port: int, changes: dict[str, str]) -> str:
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for delivered, here in {
        "server web:8000;": f"server 127.0.0.1:{web_port};",
        "listen 8080 default_server;": f"listen 127.0.0.1:{port} default_server;",
        "pid /tmp/nginx.pid;": f"pid {folder}/nginx.pid;\ndaemon off;",
        "/var/cache/nginx": f"{folder}/cache",
        "access_log /dev/stdout anonymous;": f"access_log {folder}/access.log anonymous;",
        "error_log /dev/stderr crit;": f"error_log {folder}/error.log crit;",
        **changes,
    }.items():
        assert delivered in text, f"the configuration has no “{delivered}” any more"
        text = text.replace(delivered, here)
    # As root it would step down to an account that may not enter this test's folder.
    return text if os.geteuid() else f"user root;\n{text}"


def _wait_for(port: int, nginx: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        assert nginx.poll() is None, "nginx ended: is its configuration right?"
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("nginx does not answer")
