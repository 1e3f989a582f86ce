"""The address is checked first; what is started is stopped, whoever ends it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.service import Address, Child, read_address, refuse_busy_port, serve
from scripts.steps import ROOT, StepFailed

# Answers every request as /readyz would.
SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'{"missing": []}')
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_a_busy_port_is_refused_in_one_sentence(busy_port: int) -> None:
    with pytest.raises(StepFailed, match=f"Port {busy_port} on 127.0.0.1 is in use"):
        refuse_busy_port(Address("127.0.0.1", busy_port))


def test_a_free_port_is_left_free(free_port: int) -> None:
    refuse_busy_port(Address("127.0.0.1", free_port))
    refuse_busy_port(Address("127.0.0.1", free_port))


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)

    with pytest.raises(StepFailed, match="is not a port"):
        read_address()


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://127.0.0.1:80/"), ("::", "http://[::1]:80/"), ("a.b", "http://a.b:80/")],
)
def test_the_address_shown_can_be_followed(host: str, url: str) -> None:
    assert Address(host, 80).url == url


def test_a_child_that_ends_ends_the_service(free_port: int) -> None:
    children = [
        Child("the server", [sys.executable, "-c", SERVER, str(free_port)]),
        Child(
            "the other", [sys.executable, "-c", "import time; time.sleep(1); raise SystemExit(3)"]
        ),
    ]

    with pytest.raises(StepFailed, match=r"the other ended by itself \(exit code 3\)"):
        serve(Address("127.0.0.1", free_port), children)

    refuse_busy_port(Address("127.0.0.1", free_port))


def test_sigint_to_make_alone_stops_the_service(free_port: int, tmp_path: Path) -> None:
    program = tmp_path / "serve.py"
    program.write_text(
        "import sys\n"
        "from scripts.service import Address, Child, serve\n"
        f"server = [sys.executable, '-c', {SERVER!r}, '{free_port}']\n"
        f"serve(Address('127.0.0.1', {free_port}), [Child('the server', server)])\n"
    )
    (tmp_path / "Makefile").write_text(f"run:\n\t@{sys.executable} {program}\n")
    # As if nobody's make ran these tests, nor a shell in its background, where SIGINT is ignored.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    make = subprocess.Popen(
        ["make", "run"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert make.stdout is not None
    first_line = make.stdout.readline()

    make.send_signal(signal.SIGINT)
    make.wait(10)
    make.stdout.close()

    assert b"Council Maps is at" in first_line

    refuse_busy_port(Address("127.0.0.1", free_port))
