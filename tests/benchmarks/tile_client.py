"""Asking for many tiles: an empty one is an answer too."""

import http.client
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks.servers import CLIENTS


def ask_for_tiles(port: int, paths: Sequence[str]) -> None:
    """Ask for every path once, over kept connections, one after another on each."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda part: _ask(port, part), [paths[n::CLIENTS] for n in range(CLIENTS)]))


def _ask(port: int, paths: Sequence[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        assert response.status in (200, 204), f"{path}: {response.status} {body[:300]!r}"
    connection.close()
