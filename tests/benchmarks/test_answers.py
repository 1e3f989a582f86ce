"""CPU time of an answer: ours, the same SQL by pgbench, and the textbook's DRF-GIS, in one run.

Prints a table and asserts no time: what a machine manages is for people to read.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from rich.console import Console
from rich.table import Table

from tests.benchmarks.city import publish_city
from tests.benchmarks.processes import cpu_ms, parent_of
from tests.benchmarks.servers import CLIENTS, ask_all, served
from tests.benchmarks.workloads import Workload, make_workloads
from tests.factories import drop_everything

# The servers see what is committed; the mark has pytest-django make the test's database.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_ROUNDS = 3
_PEER_TABLE = """
CREATE TABLE benchmark_planning AS
SELECT id, properties ->> 'reference' AS reference, properties ->> 'status' AS status,
    (properties ->> 'received_on')::date AS received_on,
    (properties ->> 'dwellings')::bigint AS dwellings,
    properties ->> 'description' AS description, geom_4326 AS geom
FROM layers_feature
WHERE edition_id = (SELECT published_edition_id FROM layers_layer WHERE slug = 'planning');
ALTER TABLE benchmark_planning ADD PRIMARY KEY (id);
CREATE INDEX ON benchmark_planning USING gist (geom);
ANALYZE benchmark_planning;
"""


@pytest.fixture
def city() -> Iterator[None]:
    publish_city()
    with connection.cursor() as cursor:
        cursor.execute(_PEER_TABLE)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE benchmark_planning")
    drop_everything()


def test_answers_beside_pgbench_and_drf_gis(city: None, tmp_path: Path) -> None:
    workloads = make_workloads()
    postmaster = _postmaster()
    environment = server_environment()

    with (
        served("config.wsgi:application", environment) as ours,
        served("tests.benchmarks.drf_gis_peer:application", environment) as peer,
    ):
        rows = [_measure(one, postmaster, ours, peer, tmp_path) for one in workloads]

    Console(width=110).print(_table(rows))


def _measure(
    workload: Workload,
    postmaster: int,
    ours: tuple[int, int],
    peer: tuple[int, int],
    folder: Path,
) -> list[str]:
    limit = _pgbench(workload, postmaster, folder)
    answer = _answers(workload.paths, postmaster, ours)
    cells = [workload.name, f"{limit:.2f}", f"{answer:.2f}", f"{answer / limit:.2f}"]
    if workload.peer_paths is None:
        return [*cells, "–", "–"]
    textbook = _answers(workload.peer_paths, postmaster, peer, rounds=1)
    return [*cells, f"{textbook:.2f}", f"{answer / textbook:.2f}"]


def _answers(
    paths: list[str], postmaster: int, server: tuple[int, int], rounds: int = _ROUNDS
) -> float:
    """Return the CPU of server and PostgreSQL in ms for one answer: the best of the rounds."""
    pid, port = server
    ask_all(port, paths[:20])
    best = float("inf")
    for _ in range(rounds):
        before = cpu_ms(pid) + cpu_ms(postmaster)
        ask_all(port, paths)
        best = min(best, (cpu_ms(pid) + cpu_ms(postmaster) - before) / len(paths))
    return best


def _pgbench(workload: Workload, postmaster: int, folder: Path) -> float:
    """Return the CPU of PostgreSQL and pgbench in ms for one statement: the best of the rounds."""
    script = folder / "statements.sql"
    script.write_text("".join(_one_line(statement) for statement in workload.statements))
    command = [
        _pgbench_program(),
        *("--no-vacuum", "--client", str(CLIENTS), "--transactions", "1", "--file", script),
        connection.settings_dict["NAME"],
    ]
    environment = {
        **os.environ,
        "PGHOST": connection.settings_dict["HOST"],
        "PGUSER": connection.settings_dict["USER"],
        "PGOPTIONS": "-c jit=off -c max_parallel_workers_per_gather=0",
    }
    best = float("inf")
    for _ in range(_ROUNDS):
        before = cpu_ms(postmaster) + _children_cpu_ms()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        spent = cpu_ms(postmaster) + _children_cpu_ms() - before
        best = min(best, spent / (CLIENTS * len(workload.statements)))
    return best


def _one_line(statement: str) -> str:
    return " ".join(statement.split()) + ";\n"


def _children_cpu_ms() -> float:
    times = os.times()
    return (times.children_user + times.children_system) * 1000


def _pgbench_program() -> str:
    found = shutil.which("pgbench") or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))), None
    )
    assert found, "pgbench is missing: it comes with Debian's package postgresql-15"
    return found


def _postmaster() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent_of(cursor.fetchone()[0])


def server_environment() -> dict[str, str]:
    settings = connection.settings_dict
    host, name = quote(settings["HOST"], safe=""), settings["NAME"]
    return {
        "DATABASE_URL": f"postgresql://{settings['USER']}@/{name}?host={host}",
        "DATABASE_WEB_URL": f"postgresql://council_maps_web@/{name}?host={host}",
    }


def _table(rows: list[list[str]]) -> Table:
    table = Table(
        "work", "SQL by pgbench", "ours", "ours / pgbench", "DRF-GIS", "ours / DRF-GIS",
        title="CPU ms for one answer, server and PostgreSQL together",
    )  # fmt: skip
    for row in rows:
        table.add_row(*row)
    return table
