"""CPU time of answers that a client has already, and of answers that are sent compressed.

Prints tables and asserts no time: what a machine manages is for people to read.
"""

import http.client
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import pytest
from django.db import connection
from rich.console import Console
from rich.table import Table

from tests.benchmarks.processes import cpu_ms, parent_of
from tests.benchmarks.servers import ask_all, served
from tests.factories import drop_everything
from tests.factories.city import City

# The server sees what is committed; the mark has pytest-django make the test's database.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_ROUNDS = 2
_TIMES = 2000
_PAGES = {
    "feature by id": "/api/collections/schools/items/s1",
    "page of 100 points": "/api/collections/schools/items",
    "page of 1,000 points": "/api/collections/bring-banks/items?limit=1000",
    "a collection": "/api/collections/schools",
    "all collections": "/api/collections",
}
_ENCODINGS = ("identity", "gzip", "br", "zstd")


@pytest.fixture
def server() -> Iterator[tuple[int, int]]:
    try:
        City()
        with served("config.wsgi:application", _environment()) as process_and_port:
            yield process_and_port
    finally:
        drop_everything()


def test_answers_that_a_client_has_already(server: tuple[int, int]) -> None:
    table = Table("answer", "whole", "304", title="CPU ms for one answer, server and PostgreSQL")
    bare = _cpu_of(server, "/healthz", {}, 200)
    table.add_row("a Django view that asks nothing", f"{bare:.3f}", "–")
    for name, path in _PAGES.items():
        tag = _ask(server[1], path, {})[0].get("ETag", "")
        whole = _cpu_of(server, path, {}, 200, times=_TIMES // 8)
        again = _cpu_of(server, path, {"If-None-Match": tag}, 304)
        table.add_row(name, f"{whole:.3f}", f"{again:.3f}")

    Console(width=110).print(table)


def test_answers_sent_compressed(server: tuple[int, int]) -> None:
    table = Table("answer", "encoding", "CPU ms", "bytes", title="CPU ms for one answer")
    for name, path in _PAGES.items():
        for encoding in _ENCODINGS:
            asked = {"Accept-Encoding": encoding}
            size = len(_ask(server[1], path, asked)[1])
            spent = _cpu_of(server, path, asked, 200, times=_TIMES // 8)
            table.add_row(name, encoding, f"{spent:.3f}", f"{size:,}")

    Console(width=110).print(table)


def _cpu_of(
    server: tuple[int, int],
    path: str,
    headers: Mapping[str, str],
    status: int,
    times: int = _TIMES,
) -> float:
    """Return the CPU of server and PostgreSQL in ms for one answer: the best of the rounds."""
    pid, port = server
    postmaster = _postmaster()
    ask_all(port, [path] * 50, headers, status)
    best = float("inf")
    for _ in range(_ROUNDS):
        before = cpu_ms(pid) + cpu_ms(postmaster)
        ask_all(port, [path] * times, headers, status)
        best = min(best, (cpu_ms(pid) + cpu_ms(postmaster) - before) / times)
    return best


def _ask(port: int, path: str, headers: Mapping[str, str]) -> tuple[Mapping[str, str], bytes]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    client.request("GET", path, headers=dict(headers))
    response = client.getresponse()
    body = response.read()
    client.close()
    return response.headers, body


def _postmaster() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent_of(cursor.fetchone()[0])


def _environment() -> dict[str, str]:
    settings = connection.settings_dict
    host, name = quote(settings["HOST"], safe=""), settings["NAME"]
    return {
        "DATABASE_URL": f"postgresql://{settings['USER']}@/{name}?host={host}",
        "DATABASE_WEB_URL": f"postgresql://council_maps_web@/{name}?host={host}",
    }
