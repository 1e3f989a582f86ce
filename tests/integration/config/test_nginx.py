"""deploy/nginx.conf before the service: what it keeps, asks after, and cannot be told."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely

from layers.models import Layer
from tests.factories import MadeFeature, make_layer, publish_features
from tests.factories.processes import served_site

# The server sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

ROOT = Path(__file__).resolve().parents[3]
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
ITEMS = "/api/collections/schools/items"


class Front:
    """nginx before a service that can be taken away."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        client.request("GET", path, headers={"Host": "127.0.0.1", **names})
        response = client.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        client.close()
        return response


@pytest.fixture
def layer() -> Layer:
    layer = make_layer("schools")
    publish_features(layer, [school("First")])
    return layer


def school(name: str) -> MadeFeature:
    return MadeFeature("1", shapely.Point(407300, 286600), {"name": name})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    """Return a function that starts nginx before a port, with the configuration that is shipped."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    started: list[subprocess.Popen[bytes]] = []

    def start(behind: int) -> Front:
        port = free_port()
        text = (ROOT / "deploy/nginx.conf").read_text()
        for shipped, here in {
            "listen 8080": f"listen 127.0.0.1:{port}",
            "server web:8000": f"server 127.0.0.1:{behind}",
            "/var/cache/nginx": str(tmp_path / "cache"),
            "/tmp/nginx.pid": str(tmp_path / "nginx.pid"),
            "access_log /dev/stdout anonymous": f"access_log {tmp_path}/access.log anonymous",
        }.items():
            assert shipped in text
            text = text.replace(shipped, here)
        (tmp_path / "cache").mkdir()
        (tmp_path / "nginx.conf").write_text(text)
        # As root it would step down to an account that may not enter this test's folder.
        directives = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
        command = [NGINX, "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-g", directives]
        started.append(subprocess.Popen(command))
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", port)) == 0:
                    return Front(port)
            time.sleep(0.05)
        raise TimeoutError("nginx does not listen")

    yield start
    for process in started:
        process.terminate()
        process.wait(10)


def test_publishing_shows_at_once_and_what_stays_is_kept(layer: Layer, start: Any) -> None:
    with served_site() as behind:
        front = start(behind)
        first, again = front.ask(ITEMS), front.ask(ITEMS)
        publish_features(layer, [school("Second")])
        after = front.ask(ITEMS)

    assert first.headers["X-Cache"] == "MISS"
    assert again.headers["X-Cache"] == "REVALIDATED"
    assert again.body == first.body  # type: ignore[attr-defined]
    assert b"Second" in after.body  # type: ignore[attr-defined]
    assert "X-Accel-Expires" not in first.headers


def test_while_nobody_answers_the_last_answer_is_shown(layer: Layer, start: Any) -> None:
    with served_site() as behind:
        front = start(behind)
        first = front.ask(ITEMS)
    stale = front.ask(ITEMS)

    assert (stale.status, stale.headers["X-Cache"]) == (200, "STALE")
    assert stale.body == first.body  # type: ignore[attr-defined]
    assert front.ask("/api/nearest?lon=-1.9&lat=52.48").status == 502


def test_the_page_about_a_style_is_not_shown_for_the_style(layer: Layer, start: Any) -> None:
    path = "/tiles/schools/style.json"
    with served_site() as behind:
        front = start(behind)
        assert front.ask(path, Accept="text/html").status == 200
    assert front.ask(path, Accept="text/html").headers["X-Cache"] == "STALE"

    assert front.ask(path, Accept="application/json").status == 502


def test_where_somebody_stands_is_not_kept(layer: Layer, start: Any, tmp_path: Path) -> None:
    with served_site() as behind:
        front = start(behind)
        for path in ("/api/nearest?lon=-1.9&lat=52.48", "/api/at?lon=-1.9&lat=52.48"):
            assert front.ask(path).status == 200

    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert "52.48" not in (tmp_path / "access.log").read_text()


def test_answers_are_compressed_once_by_the_service(layer: Layer, start: Any) -> None:
    with served_site() as behind:
        front = start(behind)
        encodings = {
            asked: front.ask("/api/openapi", Accept_Encoding=asked).headers.get("Content-Encoding")
            for asked in ("gzip, deflate, br, zstd", "gzip, deflate, br", "gzip", "identity",
                          "br;q=0, gzip;q=0, *;q=0", "gzip;q=1, br;q=0.5")
        }  # fmt: skip

    assert list(encodings.values()) == ["zstd", "br", "gzip", None, None, "gzip"]


def test_it_refuses_smuggling_before_the_service_sees_it(layer: Layer, start: Any) -> None:
    both = (
        "POST /api/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/hidden HTTP/1.1\r\n\r\n"
    )
    with served_site() as behind:
        front = start(behind)
        answers = [
            send(front.port, request.encode())
            for request in (
                both,
                both.replace("Content-Length: 4", "Content-Length: +4"),
                both.replace("chunked", "chunked, identity"),
                both.replace("Transfer-Encoding: chunked", "Content-Length: 5"),
            )
        ]

    assert {answer[9:12] for answer in answers} <= {b"400", b"501"}


def send(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
        wire.sendall(request)
        wire.settimeout(1)
        answer = b""
        try:
            while part := wire.recv(65536):
                answer += part
        except OSError:
            pass
        return answer
