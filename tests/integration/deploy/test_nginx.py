"""The caching proxy as it is delivered, in front of the service: what it keeps, how long."""

import gzip
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
import shapely

from layers.publish import publish_edition, roll_back
from layers.query.tile_grid import tile_limits
from tests.factories import MadeFeature, make_layer, publish_features
from tests.factories.processes import ROOT, served_site

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not on this machine"),
]

# EPSG:27700, metres.
SPOT = (407_300.0, 286_600.0)
_START_S = 10.0
# nginx counts whole seconds: what is valid for one is expired after two.
_EXPIRED_S = 2.2


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cache(self) -> str:
        return self.headers["x-cache"]


class Proxy:
    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, path: str, **headers: str) -> Answer:
        client = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            client.request("GET", path, headers=sent)
            response = client.getresponse()
            received = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, received, response.read())
        finally:
            client.close()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    with served_site() as port, running_nginx(tmp_path, port) as proxy:
        yield proxy


@contextmanager
def running_nginx(folder: Path, web_port: int, **changes: str) -> Iterator[Proxy]:
    """Run nginx with the delivered configuration, which is only told where things are here."""
    folder.chmod(0o755)
    (folder / "cache").mkdir()
    port = free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for delivered, here in {
        "server web:8000;": f"server 127.0.0.1:{web_port};",
        "listen 8080 default_server;": f"listen 127.0.0.1:{port} default_server;",
        "pid /tmp/nginx.pid;": f"pid {folder}/nginx.pid;\ndaemon off;",
        "/var/cache/nginx": f"{folder}/cache",
        "access_log /dev/stdout anonymous;": "access_log off;",
        "error_log /dev/stderr crit;": f"error_log {folder}/error.log crit;",
        **changes,
    }.items():
        assert delivered in text, f"the configuration has no “{delivered}” any more"
        text = text.replace(delivered, here)
    configuration = folder / "nginx.conf"
    configuration.write_text(text if os.geteuid() else f"user root;\n{text}")
    nginx = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(configuration)])
    try:
        wait_for(port, nginx)
        yield Proxy(port)
    finally:
        nginx.terminate()
        nginx.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, nginx: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        assert nginx.poll() is None, "nginx ended: is its configuration right?"
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("nginx does not answer")


def publish(layer, name: str):
    return publish_features(layer, [MadeFeature("1", shapely.Point(SPOT), {"name": name})])


def tile_path(edition) -> str:
    limits = tile_limits(tuple(edition.extent_4326), 14)
    return f"/tiles/schools/{edition.pk}/14/{limits.min_column}/{limits.min_row}.mvt"


def test_one_compressed_copy_of_a_tile_serves_everybody(proxy):
    path = tile_path(publish(make_layer(), "First"))

    first = proxy.ask(path, accept_encoding="gzip, deflate, br, zstd")
    others = [proxy.ask(path, accept_encoding=e) for e in ("gzip", "br", "identity", "gzip;q=0")]
    plain = proxy.ask(path)

    assert first.cache == "MISS"
    assert first.headers["content-encoding"] == "gzip"
    assert {other.cache for other in (*others, plain)} == {"HIT"}
    assert "content-encoding" not in plain.headers
    assert b"First" in plain.body == gzip.decompress(first.body)
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "x-accel-expires" not in first.headers


def test_who_has_a_tile_is_told_so_by_the_proxy(proxy):
    path = tile_path(publish(make_layer(), "First"))
    tag = proxy.ask(path, accept_encoding="gzip").headers["etag"]

    again = proxy.ask(path, accept_encoding="gzip", if_none_match=tag)

    assert (again.status, again.cache) == (304, "HIT")


def test_a_withdrawn_edition_is_gone_once_the_proxy_has_asked_again(tmp_path):
    layer = make_layer()
    publish(layer, "Right")
    wrong = publish(layer, "Wrong")
    path = tile_path(wrong)
    # A minute, in a second.
    sooner = {
        "proxy_ignore_headers Set-Cookie Vary;": (
            "proxy_ignore_headers Set-Cookie Vary X-Accel-Expires Cache-Control Expires;"
            " proxy_cache_valid 200 1s;"
        )
    }
    with served_site() as port, running_nginx(tmp_path, port, **sooner) as proxy:
        assert proxy.ask(path).cache == "MISS"
        time.sleep(_EXPIRED_S)
        assert proxy.ask(path).cache == "REVALIDATED"
        roll_back(layer)
        time.sleep(_EXPIRED_S)

        gone = [proxy.ask(path) for _ in range(2)]
        publish_edition(wrong)
        back = proxy.ask(path)

    assert [answer.status for answer in gone] == [410, 410]
    assert all(b"Wrong" not in answer.body for answer in gone)
    assert back.status == 200
