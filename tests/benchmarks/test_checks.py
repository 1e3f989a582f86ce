"""What a constraint check costs: ours, and the leanest SQL that gives the same, in one run.

Prints a table and asserts no time: what a machine manages is for people to read.
"""

import math
import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path

import numpy as np
import orjson
import pytest
import shapely
from django.db import connection
from rich.console import Console
from rich.table import Table

from layers import crs
from layers.models import Layer
from tests.benchmarks.processes import cpu_ms
from tests.benchmarks.servers import CLIENTS, ask_all, served
from tests.benchmarks.test_answers import (
    _children_cpu_ms,
    _pgbench_program,
    _postmaster,
    server_environment,
)
from tests.factories import drop_everything
from tests.factories.constraint_city import SIDE_M, SOUTH, WEST, publish_constraint_city

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_SITES, _TURNS, _BARE = 200, 7, 1_000
# What is asked of the pieces and of the features, and nothing else: no verdict, no coverage by
# layer, no look whether the layer is still there, no slivers.
_LIMIT = """
WITH asked AS MATERIALIZED (SELECT ST_GeomFromText('{site}', 27700) AS site),
part AS MATERIALIZED (
    SELECT edition_id, feature_id, CASE WHEN ST_CoveredBy(geom_27700, site)
        THEN geom_27700 ELSE ST_Intersection(geom_27700, site) END AS shared
    FROM planning_piece, asked
    WHERE edition_id = ANY('{{{editions}}}') AND ST_Intersects(geom_27700, site)
),
met AS MATERIALIZED (
    SELECT edition_id, feature_id, sum(ST_Area(shared)) AS overlap
    FROM part GROUP BY edition_id, feature_id
),
together AS (
    SELECT edition_id, ST_Area(ST_Union(ST_CollectionExtract(shared, 3))) AS area
    FROM part
    WHERE edition_id IN (SELECT edition_id FROM met GROUP BY edition_id HAVING count(*) > 1)
    GROUP BY edition_id
),
nearest AS (
    SELECT wanted, near.* FROM asked, unnest('{{{editions}}}'::bigint[]) AS wanted, LATERAL (
        SELECT feature_id, geom_27700 <-> site AS distance FROM planning_piece
        WHERE edition_id = wanted AND geom_27700 && ST_Expand(site, 100)
        ORDER BY geom_27700 <-> site LIMIT 1
    ) AS near
    WHERE wanted NOT IN (SELECT edition_id FROM met) AND distance <= 100
),
covered AS (
    SELECT sum(ST_Area(ST_Intersection(geom_27700, site))) FROM planning_coveragepiece, asked
    WHERE ST_Intersects(geom_27700, site)
)
{features} UNION ALL
SELECT wanted, feature_id, distance, NULL, NULL FROM nearest UNION ALL
SELECT edition_id, NULL, area, NULL, NULL FROM together UNION ALL
SELECT NULL, NULL, sum, NULL, NULL FROM covered
"""
_FEATURES = """
SELECT met.edition_id, feature_id, overlap, fid, properties FROM met, LATERAL (
    SELECT fid, properties FROM layers_feature
    WHERE edition_id = {edition} AND id = feature_id LIMIT 1
) AS feature WHERE met.edition_id = {edition}
"""


@pytest.fixture
def clean() -> Iterator[None]:
    yield
    drop_everything()


@pytest.mark.parametrize("layers", [12, 60])
def test_a_check_beside_pgbench(clean: None, tmp_path: Path, layers: int) -> None:
    # Sixty layers of the whole size would take an hour to make: a fifth of each is told apart.
    publish_constraint_city(layers, share=1.0 if layers == 12 else 0.2)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    sites = [_site(random.Random(number)) for number in range(_SITES)]
    points = [site.centroid for site in sites]
    table = Table(
        *("question", "SQL by pgbench", "server", "PostgreSQL", "together", "above the SQL"),
        *("p50 ms", "p95 ms"),
    )
    with served("config.wsgi:application", server_environment()) as (pid, port):
        for name, shapes in (("site of 0.5 to 5 ha", sites), ("point", points)):
            figures = _by_turns(pid, port, shapes, tmp_path)
            table.add_row(name, *(f"{figure:.2f}" for figure in figures))
        bare = _bare_view(pid, port)
    # How fast the machine is just now: it may halve within an hour.
    table.title = f"{layers} layers, CPU ms a check; {bare:.2f} a Django view that asks nothing"
    Console(width=110).print(table)


def _site(chance: random.Random) -> shapely.Polygon:
    radius_m = math.sqrt(chance.uniform(0.5, 5) * 10_000 / math.pi)
    east, north = (chance.uniform(500, SIDE_M - 500) for _ in range(2))
    return shapely.Point(WEST + east, SOUTH + north).buffer(radius_m, quad_segs=4)


def _by_turns(
    pid: int, port: int, shapes: Sequence[shapely.Geometry], folder: Path
) -> Sequence[float]:
    """Return what stands in the table: medians of turns, in each of which both are asked once.

    The machine may be half as fast a minute later.
    """
    shifted = crs.to_4326(np.array(shapes, dtype=object))
    bodies = [shapely.to_geojson(shape).encode() for shape in shifted]
    _ask_all(port, bodies)
    turns, times = [], []
    with _pgbench(shapes, folder) as ask_limit:
        for _ in range(_TURNS):
            limit = ask_limit()
            server, database = _ours(pid, port, bodies, times)
            turns.append((limit, server, database, server + database, server + database - limit))
    return (*np.median(turns, axis=0), *np.percentile(times, [50, 95]))


def _ours(pid: int, port: int, bodies: Sequence[bytes], times: list[float]) -> tuple[float, float]:
    """Return the CPU of server and PostgreSQL in ms for one check; add how long each took."""
    postmaster = _postmaster()
    before = cpu_ms(pid), cpu_ms(postmaster)
    times.extend(_ask_all(port, bodies))
    server, database = cpu_ms(pid) - before[0], cpu_ms(postmaster) - before[1]
    return server / len(bodies), database / len(bodies)


def _bare_view(pid: int, port: int) -> float:
    before = cpu_ms(pid)
    ask_all(port, ["/healthz"] * _BARE)
    return (cpu_ms(pid) - before) / _BARE


def _ask_all(port: int, bodies: Sequence[bytes]) -> list[float]:
    """Ask from as many places at once as pgbench does; return how long each took, in ms.

    What one question costs depends on how long ago the last one was: what the processor's caches
    keep of a web process is mostly gone after some milliseconds of anything else.
    """
    parts = [bodies[number::CLIENTS] for number in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        return [*chain.from_iterable(pool.map(lambda part: _ask(port, part), parts))]


def _ask(port: int, bodies: Sequence[bytes]) -> list[float]:
    """Ask one after another over one kept connection; return how long each took, in ms."""
    client = HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for body in bodies:
        started = time.perf_counter()
        client.request("POST", "/api/constraints", body, {"Content-Type": "application/geo+json"})
        response = client.getresponse()
        answer = response.read()
        times.append((time.perf_counter() - started) * 1000)
        assert response.status == 200, answer[:300]
        assert all(each["reason"] != "timed-out" for each in orjson.loads(answer)["answers"])
    client.close()
    return times


@contextmanager
def _pgbench(shapes: Sequence[shapely.Geometry], folder: Path) -> Iterator[Callable[[], float]]:
    """Yield what asks all shapes and returns the CPU of PostgreSQL and pgbench in ms for one."""
    editions = list(
        Layer.objects.filter(is_constraint=True).values_list("published_edition_id", flat=True)
    )
    features = " UNION ALL ".join(_FEATURES.format(edition=each) for each in editions)
    script = folder / "checks.sql"
    names = "\\set i random(0, {})\nSELECT site FROM benchmark_site WHERE i = :i \\gset\n"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS benchmark_site")
        cursor.execute("CREATE TABLE benchmark_site (i int PRIMARY KEY, site text)")
        cursor.executemany(
            "INSERT INTO benchmark_site VALUES (%s, %s)",
            [(number, shape.wkt) for number, shape in enumerate(shapes)],
        )
    limit = _LIMIT.replace("'{site}'", ":site").format(
        editions=",".join(map(str, editions)), features=features
    )
    script.write_text(names.format(len(shapes) - 1) + " ".join(limit.split()) + ";\n")
    each = len(shapes) // CLIENTS
    command = [
        _pgbench_program(),
        *("--no-vacuum", "--protocol", "prepared", "--random-seed", "7", "--file", str(script)),
        *("--client", str(CLIENTS), "--transactions", str(each)),
        connection.settings_dict["NAME"],
    ]
    environment = {
        **os.environ,
        "PGHOST": connection.settings_dict["HOST"],
        "PGUSER": connection.settings_dict["USER"],
        "PGOPTIONS": "-c jit=off -c max_parallel_workers_per_gather=0",
    }
    postmaster = _postmaster()

    def ask() -> float:
        before = cpu_ms(postmaster) + _children_cpu_ms()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        return (cpu_ms(postmaster) + _children_cpu_ms() - before) / (each * CLIENTS)

    yield ask
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE benchmark_site")
