"""A real HTTPS server on this machine, with a certificate that only its own authority signs."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import trustme


@dataclass(frozen=True)
class Asked:
    """A request as it arrived. Names of parameters and headers are as they were written."""

    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """An answer. ``length`` other than the body's own makes it a lie; ``pause_s``: per byte."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    pause_s: float = 0.0


Answering = Callable[[Asked], Reply]


@dataclass
class HttpsServer:
    """Where the server listens, what it was asked, and what it answers now."""

    port: int
    answering: Answering
    asked: list[Asked] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def internal_host(self) -> str:
        return f"localhost:{self.port}"


@cache
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Smallville Council")


def authority_file(folder: Path) -> Path:
    path = folder / "authority.pem"
    authority().cert_pem.write_to_path(str(path))
    return path


@contextmanager
def https_server(
    answering: Answering,
    *,
    certificate: trustme.LeafCert | None = None,
    context: ssl.SSLContext | None = None,
) -> Iterator[HttpsServer]:
    """Serve ``answering`` on a free port of 127.0.0.1 until the block ends."""
    context = context or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (certificate or authority().issue_cert("localhost")).configure_cert(context)
    listener = _Listener(("127.0.0.1", 0), _Handler)
    listener.socket = context.wrap_socket(
        listener.socket, server_side=True, do_handshake_on_connect=False
    )
    server = HttpsServer(listener.server_port, answering)
    listener.served = server
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    served: HttpsServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        asked = Asked(parts.path, parameters, dict(self.headers.items()), body)
        self.server.served.asked.append(asked)
        self._send(self.server.served.answering(asked))

    do_POST = do_GET

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        length = len(reply.body) if reply.length is None else reply.length
        headers = {"Content-Length": str(length), "Connection": "close", **reply.headers}
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        if not reply.pause_s:
            self.wfile.write(reply.body)
            return
        for place in range(len(reply.body)):
            self.wfile.write(reply.body[place : place + 1])
            self.wfile.flush()
            time.sleep(reply.pause_s)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output for the test."""
