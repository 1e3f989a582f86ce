"""What the page of a place costs as layers grow: queries, and CPU of server and PostgreSQL.

Prints a table and asserts no time: what a machine manages is for people to read.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from rich.console import Console
from rich.table import Table

from tests.benchmarks.processes import cpu_ms
from tests.benchmarks.servers import ask_all, served
from tests.benchmarks.test_answers import _postmaster, server_environment
from tests.factories import drop_everything
from tests.factories.layered_city import publish_layered_city
from tests.factories.statements import noted_statements

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

LAYERS = (10, 100)
_ROUNDS = 3


@pytest.fixture
def clean() -> Iterator[None]:
    yield
    drop_everything()


def test_the_page_of_a_place(clean: None) -> None:
    table = Table("layers", "queries", "Python ms", "PostgreSQL ms", "together", "HTML kB")
    for count in LAYERS:
        slugs = publish_layered_city(count)
        table.add_row(str(count), *_measure([f"/my-area/{slug}" for slug in slugs]))
        drop_everything()
    Console(width=110).print(table)


def _measure(paths: list[str]) -> list[str]:
    postmaster = _postmaster()
    with served("config.wsgi:application", server_environment()) as (pid, port):
        ask_all(port, paths)
        spent = []
        for _ in range(_ROUNDS):
            before = cpu_ms(pid), cpu_ms(postmaster)
            ask_all(port, paths)
            after = cpu_ms(pid), cpu_ms(postmaster)
            spent.append(
                [(late - early) / len(paths) for early, late in zip(before, after, strict=True)]
            )
    python, postgresql = min(spent, key=sum)
    statements, size = _ask_here(paths[0])
    figures = (python, postgresql, python + postgresql, size / 1000)
    return [str(statements), *(f"{figure:.1f}" for figure in figures)]


def _ask_here(path: str) -> tuple[int, int]:
    """Return how many statements an answer takes, when layers are remembered, and its bytes."""
    client = Client()
    client.get(path)
    with noted_statements() as noted:
        answer = client.get(path)
    return len(noted), len(answer.content)
