"""deploy/nginx.conf before the service: what it keeps, asks after, and cannot be told."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import shapely
from pytest_django import DjangoDbBlocker

from layers.models import Layer
from tests.factories import MadeFeature, make_layer, publish_features
from tests.factories.nginx import Proxy, needs_nginx, running_nginx
from tests.factories.processes import served_site

pytestmark = [
    # The server sees what is committed.
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    needs_nginx,
]
Start = Callable[[int], Proxy]

ITEMS = "/api/collections/schools/items"


@pytest.fixture(scope="module")
def behind(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """The port of a service for tests that leave it as it is; others start their own."""
    with served_site() as port:
        yield port


@pytest.fixture
def layer() -> Layer:
    layer = make_layer("schools")
    publish_features(layer, [school("First")])
    return layer


def school(name: str) -> MadeFeature:
    return MadeFeature("1", shapely.Point(407300, 286600), {"name": name})


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts nginx before a port, which may be left by its service."""
    with ExitStack() as started:
        yield lambda behind: started.enter_context(running_nginx(tmp_path, behind))


def test_publishing_shows_at_once_and_what_stays_is_kept(
    layer: Layer, behind: int, start: Start
) -> None:
    front = start(behind)
    first, again = front.ask(ITEMS), front.ask(ITEMS)
    publish_features(layer, [school("Second")])
    after = front.ask(ITEMS)

    assert first.cache == "MISS"
    assert again.cache == "REVALIDATED"
    assert again.body == first.body
    assert b"Second" in after.body
    assert "x-accel-expires" not in first.headers


def test_the_longest_query_passes_and_a_longer_one_is_refused_in_words(
    layer: Layer, behind: int, start: Start
) -> None:
    front = start(behind)
    asked = "limit=1&filter=geometry+IS+NOT+NULL"

    longest = front.ask(f"{ITEMS}?{asked:+<60000}")
    longer = front.ask(f"{ITEMS}?{asked:+<60001}")

    assert longest.status == 200
    assert (longer.status, longer.headers["content-type"]) == (414, "application/problem+json")


def test_while_nobody_answers_the_last_answer_is_shown(layer: Layer, start: Start) -> None:
    with served_site() as behind:
        front = start(behind)
        first = front.ask(ITEMS)
    stale = front.ask(ITEMS)

    assert (stale.status, stale.cache) == (200, "STALE")
    assert stale.body == first.body
    assert front.ask("/api/nearest?lon=-1.9&lat=52.48").status == 502


def test_the_page_about_a_style_is_not_shown_for_the_style(layer: Layer, start: Start) -> None:
    path = "/tiles/schools/style.json"
    with served_site() as behind:
        front = start(behind)
        assert front.ask(path, Accept="text/html").status == 200
    assert front.ask(path, Accept="text/html").cache == "STALE"

    assert front.ask(path, Accept="application/json").status == 502


def test_where_somebody_stands_is_not_kept(
    layer: Layer, behind: int, start: Start, tmp_path: Path
) -> None:
    front = start(behind)
    for path in ("/api/nearest?lon=-1.9&lat=52.48", "/api/at?lon=-1.9&lat=52.48"):
        assert front.ask(path).status == 200

    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert "52.48" not in (tmp_path / "access.log").read_text()


PLACES_ASKED_FOR = (
    "/my-area/B11BB", "/my-area/B11BB/planning", "/my-area/B11BB/addresses",
    "/my-area/B11BB/in/wards/B11BB", "/nearest/schools/B11BB", "/bins/987654321098",
    "/bins/987654321098/calendar", "/bins/987654321098.ics", "/api/bins/987654321098",
    "/api/places?q=B11BB", "/embed/my-area/B11BB", "/embed/%6dy-area/B11BB",
    "/embed//my-area/B11BB", "/embed/MY-AREA/B11BB", "/layers/schools/B11BB",
    "/reports/new/schools/B11BB", "/reports/sent/schools/B11BB",
    "/api/collections/schools/items/B11BB",
)  # fmt: skip


def test_no_place_is_logged_or_kept(
    layer: Layer, behind: int, start: Start, tmp_path: Path
) -> None:
    publish_features(layer, [MadeFeature("B11BB", shapely.Point(407300, 286600), {"name": "A"})])
    front = start(behind)
    for path in PLACES_ASKED_FOR:
        assert front.ask(path).status < 500, path
    front.ask(ITEMS)

    # nginx writes before each copy of what it is.
    kept = b"".join(file.read_bytes() for file in (tmp_path / "cache").rglob("*") if file.is_file())
    keys = re.findall(rb"^KEY: (.*)$", kept, re.MULTILINE)
    logged = (tmp_path / "access.log").read_text()
    assert len(keys) == 2, "the feature that was asked for by name, and the list"
    assert all(b"/api/collections/schools/items" in key for key in keys)
    assert len(logged.splitlines()) == len(PLACES_ASKED_FOR) + 1
    assert not [word for word in ("B11BB", "987654321098") if word in logged]
    # What is asked is still told as far as it may be.
    assert f" {ITEMS} 200 " in logged
    assert " /layers/schools 200 " in logged


def test_answers_are_compressed_once_by_the_service(
    layer: Layer, behind: int, start: Start
) -> None:
    front = start(behind)
    encodings = {
        asked: front.ask("/api/openapi", Accept_Encoding=asked).headers.get("content-encoding")
        for asked in ("gzip, deflate, br, zstd", "gzip, deflate, br", "gzip", "identity",
                      "br;q=0, gzip;q=0, *;q=0", "gzip;q=1, br;q=0.5")
    }  # fmt: skip

    assert list(encodings.values()) == ["zstd", "br", "gzip", None, None, "gzip"]


def test_it_refuses_smuggling_before_the_service_sees_it(
    layer: Layer, behind: int, start: Start
) -> None:
    both = (
        "POST /api/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/hidden HTTP/1.1\r\n\r\n"
    )
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
