"""What a search of 100,000 planning applications costs: CPU of server and PostgreSQL.

Prints a table and asserts no time: what a machine manages is for people to read.
"""

from collections.abc import Iterator

import pytest
from rich.console import Console
from rich.table import Table

from tests.benchmarks.processes import cpu_ms
from tests.benchmarks.servers import ask_all, served
from tests.benchmarks.test_answers import _postmaster, server_environment
from tests.factories import drop_everything
from tests.factories.many_applications import publish_register, publish_wards

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

COUNT = 100_000
_ROUNDS, _TIMES = 3, 5
_SHAPE = "-1.95,52.42+-1.85,52.42+-1.80,52.55"
_QUERIES = {
    "everything": "",
    "two words": "q=extension+church",
    "rare words": "q=cafe+123+church",
    "a word in all": "q=birm",
    "a reference": "reference=2020+0512",
    "status and type": "status=live&type=Full",
    "a year": "received_from=2025-01-01&received_to=2025-12-31",
    "a ward": "ward=W42",
    "a drawn area": f"shape={_SHAPE}",
}


@pytest.fixture
def register() -> Iterator[None]:
    publish_register(COUNT)
    publish_wards()
    yield
    drop_everything()


def test_searches(register: None) -> None:
    table = Table("search", "list ms", "counts ms", "feed ms", title="CPU, server and PostgreSQL")
    postmaster = _postmaster()
    with served("config.wsgi:application", server_environment()) as (pid, port):
        before = cpu_ms(pid) + cpu_ms(postmaster)
        ask_all(port, ["/planning/applications/counts"])
        first = cpu_ms(pid) + cpu_ms(postmaster) - before
        for name, query in _QUERIES.items():
            costs = [
                _cost(port, pid, postmaster, f"/planning/applications{page}?{query}")
                for page in ("", "/counts", ".rss")
            ]
            table.add_row(name, *(f"{cost:.1f}" for cost in costs))
    Console(width=100).print(table, f"The first page after an edition is published: {first:.0f} ms")


def _cost(port: int, pid: int, postmaster: int, path: str) -> float:
    spent = []
    for _ in range(_ROUNDS):
        before = cpu_ms(pid) + cpu_ms(postmaster)
        ask_all(port, [path] * _TIMES)
        spent.append((cpu_ms(pid) + cpu_ms(postmaster) - before) / _TIMES)
    return min(spent)
