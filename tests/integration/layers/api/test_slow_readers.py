"""Whoever reads slowly, or not at all, keeps nobody else waiting."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import shapely
from django.db import connection

from layers.exports.prepare import prepare_layer
from layers.publish import prune_editions
from tests.factories import MadeFeature, drop_everything, make_layer, publish_features
from tests.factories.processes import get, served_site

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])
# Many more bytes than the sockets and the server hold between them.
_COUNT, _TEXT = 20_000, "x" * 600


@pytest.fixture
def port(settings, tmp_path, monkeypatch) -> Iterator[int]:
    settings.EXPORTS_DIR = tmp_path / "exports"
    monkeypatch.setenv("EXPORTS_DIR", str(settings.EXPORTS_DIR))
    monkeypatch.setenv("DOWNLOADS_AT_ONCE", "12")
    point = shapely.Point(407300, 286600)
    features = [MadeFeature(str(n), point, {"name": _TEXT}) for n in range(_COUNT)]
    try:
        publish_features(make_layer(), features)
        with served_site() as port:
            yield port
    finally:
        drop_everything()


def begin(stack: ExitStack, port: int, path: str) -> int:
    """Ask for a file, read its head and no more; return the status."""
    client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return int(client.recv(15).split()[1])


def test_as_many_as_may_be_hold_up_no_page_and_the_next_is_told_so(port):
    path = "/api/collections/schools/download?f=csv"
    with ExitStack() as stack:
        statuses = [begin(stack, port, path) for _ in range(10)]

        assert statuses == [200] * 8 + [503] * 2
        for _ in range(20):
            assert get(port, "/api/collections/schools/items?limit=1")[0] == 200
        assert get(port, "/api/collections/schools/download?f=csv&filter=name='y'")[0] in (200, 400)

    # Those who left have given their places back.
    status, _ = get(port, "/healthz")
    assert status == 200


def test_a_ready_file_that_is_read_slowly_holds_up_nobody(port):
    prepare_layer("schools")
    edition = _edition()
    path = f"/api/collections/schools/downloads/{edition}/schools.csv"
    with ExitStack() as stack:
        assert [begin(stack, port, path) for _ in range(9)] == [200] * 8 + [503]

        assert get(port, "/api/collections/schools/items?limit=1")[0] == 200


def test_an_edition_can_be_dropped_while_somebody_reads_it_slowly(port):
    from layers.models import Layer

    with ExitStack() as stack:
        assert begin(stack, port, "/api/collections/schools/download?f=csv") == 200
        layer = Layer.objects.get(slug="schools")
        publish_features(layer, [MadeFeature("1", shapely.Point(407300, 286600), {"name": "A"})])
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '20s'")

        assert len(prune_editions(layer, kept=0)) == 1

        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


def test_a_whole_file_arrives_over_a_real_connection(port):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    client.request("GET", "/api/collections/schools/download?f=csv")
    content = client.getresponse().read()
    client.close()

    assert content.count(b"\r\n") == _COUNT + 1
    assert b"not complete" not in content


def _edition() -> int:
    from layers.models import Layer

    return Layer.objects.get(slug="schools").published_edition_id or 0
