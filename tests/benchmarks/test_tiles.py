"""CPU time of a tile, made anew and from disk, beside the yardstick's SQL by pgbench, in one run.

The yardstick is the statement that a typed table in EPSG:3857 would be asked with: no
simplification, no ids. Prints a table and asserts no time.
"""

import math
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.db import connection
from rich.console import Console
from rich.table import Table

from layers.query.registry import published_layers
from layers.query.tile_grid import TileAddress
from layers.query.tile_rules import tile_rules
from layers.query.tiles import is_empty
from tests.benchmarks.city import EAST, NORTH, SEED, SOUTH, WEST, publish_city
from tests.benchmarks.processes import cpu_ms
from tests.benchmarks.servers import CLIENTS, served
from tests.benchmarks.test_answers import (
    _children_cpu_ms,
    _pgbench_program,
    _postmaster,
    server_environment,
)
from tests.benchmarks.tile_client import ask_for_tiles
from tests.factories import MadeFeature, drop_everything, make_field, make_layer, publish_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_ROUNDS = 3
_SESSIONS = 30
_FIELDS = {"wards": ["name"], "planning": ["reference"], "assets": ["name"]}
_LIMIT_TABLE = """
CREATE TABLE benchmark_{layer} AS
SELECT id, {columns}, ST_Transform(geom_4326, 3857) AS geom
FROM layers_feature
WHERE edition_id = (SELECT published_edition_id FROM layers_layer WHERE slug = '{layer}');
CREATE INDEX ON benchmark_{layer} USING gist (geom);
VACUUM ANALYZE benchmark_{layer};
"""
_LIMIT = """
SELECT ST_AsMVT(t, '{layer}', 4096, 'g') FROM (
    SELECT ST_AsMVTGeom(geom, ST_TileEnvelope(:z::int, :x::int, :y::int), 4096, 64, true) AS g,
        {columns}
    FROM benchmark_{layer}
    WHERE geom && ST_TileEnvelope(:z::int, :x::int, :y::int, margin => 0.015625)
) AS t
"""

Trace = list[tuple[str, TileAddress]]


@pytest.fixture
def city() -> Iterator[None]:
    publish_city()
    _publish_wards()
    with connection.cursor() as cursor:
        for layer, fields in _FIELDS.items():
            columns = ", ".join(f"properties ->> '{name}' AS {name}" for name in fields)
            for statement in _LIMIT_TABLE.format(layer=layer, columns=columns).split(";")[:-1]:
                cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for layer in _FIELDS:
            cursor.execute(f"DROP TABLE benchmark_{layer}")
        cursor.execute("DROP TABLE benchmark_trace")
    drop_everything()


def test_tiles_beside_pgbench(city: None, tmp_path: Path) -> None:
    trace, postmaster = _trace(), _postmaster()
    layers = published_layers()
    paths = [
        f"/tiles/{slug}/{layers[slug].edition_id}/{tile.zoom}/{tile.column}/{tile.row}.mvt"
        for slug, tile in trace
    ]
    environment = {**server_environment(), "LOCAL_DIR": str(tmp_path)}
    (tmp_path / "static").mkdir()

    limit = _pgbench(trace, postmaster, tmp_path)
    with served("config.wsgi:application", {**environment, "TILE_STORE_BYTES": "0"}) as server:
        cold = _answers(paths, postmaster, server)
    with served("config.wsgi:application", environment) as server:
        ask_for_tiles(server[1], paths)
        warm = _answers(paths, postmaster, server)

    Console(width=110).print(_table(len(trace), limit, cold, warm))


def _publish_wards() -> None:
    """Publish 69 areas of 1,400 vertices, 3 km across."""
    chance = np.random.default_rng([SEED, 69])
    layer = make_layer("wards", "Polygon", fields=[make_field("name")])
    angles = np.linspace(0, 2 * np.pi, 1400, endpoint=False)
    features = []
    for number in range(69):
        centre = chance.uniform((WEST, SOUTH), (EAST, NORTH))
        radii = 1500 + 40 * np.sin(angles * 31) + chance.uniform(-2, 2, 1400)
        ring = centre + np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
        shape = shapely.Polygon(np.round(ring, 2))
        features.append(MadeFeature(str(number), shape, {"name": f"Ward {number}"}))
    publish_features(layer, features)


def _trace() -> Trace:
    """Return the tiles of people who open the map, zoom to a place and pan about, each once.

    Only from the zoom on where a layer shows its features, so that both answer the same rows.
    """
    layers = {slug: published_layers()[slug] for slug in _FIELDS}
    chance = random.Random(f"{SEED}tiles")
    trace: dict[tuple[str, TileAddress], None] = {}
    for _ in range(_SESSIONS):
        longitude, latitude = chance.uniform(-2.0, -1.76), chance.uniform(52.39, 52.58)
        for zoom in (chance.choice((10, 11, 12)), 13, 14, 15, 16):
            step = 360 / 2**zoom
            for _ in range(3):
                for slug, layer in layers.items():
                    rules = tile_rules(layer)
                    for tile in _view(longitude, latitude, zoom):
                        if rules and zoom >= rules.cells_below and not is_empty(layer, tile):
                            trace[slug, tile] = None
                longitude += chance.uniform(-1, 1) * step
                latitude += chance.uniform(-0.6, 0.6) * step
    return list(trace)


def _view(longitude: float, latitude: float, zoom: int) -> list[TileAddress]:
    column = int((longitude + 180) / 360 * 2**zoom)
    row = int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * 2**zoom)
    return [TileAddress(zoom, column + dx, row + dy) for dx in (-1, 0, 1) for dy in (0, 1)]


def _answers(paths: list[str], postmaster: int, server: tuple[int, int]) -> tuple[float, float]:
    """Return the CPU of server and of PostgreSQL in ms for one tile, in the best of the rounds."""
    pid, port = server
    ask_for_tiles(port, paths[:50])
    rounds = []
    for _ in range(_ROUNDS):
        before = cpu_ms(pid), cpu_ms(postmaster)
        ask_for_tiles(port, paths)
        spent = cpu_ms(pid) - before[0], cpu_ms(postmaster) - before[1]
        rounds.append((spent[0] / len(paths), spent[1] / len(paths)))
    return min(rounds, key=sum)


def _pgbench(trace: Trace, postmaster: int, folder: Path) -> float:
    """Return the CPU of PostgreSQL in ms for one tile, statements prepared: the best round."""
    names = list(_FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE benchmark_trace (i int PRIMARY KEY, l int, z int, x int,y int)"
        )
        cursor.executemany(
            "INSERT INTO benchmark_trace VALUES (%s, %s, %s, %s, %s)",
            [
                (place, names.index(slug), tile.zoom, tile.column, tile.row)
                for place, (slug, tile) in enumerate(trace)
            ],
        )
        cursor.execute("ANALYZE benchmark_trace")
    script = folder / "tiles.sql"
    script.write_text(_script(names, len(trace)))
    environment = {
        **os.environ,
        "PGHOST": connection.settings_dict["HOST"],
        "PGUSER": connection.settings_dict["USER"],
        "PGOPTIONS": "-c jit=off -c max_parallel_workers_per_gather=0",
    }
    command = [
        _pgbench_program(),
        *("--no-vacuum", "--protocol", "prepared", "--define", "i=-1", "--file", str(script)),
        *("--client", str(CLIENTS), "--transactions", str(len(trace) // CLIENTS)),
        connection.settings_dict["NAME"],
    ]
    best = float("inf")
    for _ in range(_ROUNDS):
        before = cpu_ms(postmaster) + _children_cpu_ms()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        spent = cpu_ms(postmaster) + _children_cpu_ms() - before
        best = min(best, spent / (len(trace) // CLIENTS * CLIENTS))
    return best


def _script(names: list[str], count: int) -> str:
    lines = [
        "\\set i :i + 1",
        f"SELECT l, z, x, y FROM benchmark_trace WHERE i = (:i * {CLIENTS} + :client_id) % {count} "
        "\\gset",
    ]
    for place, name in enumerate(names):
        statement = _LIMIT.format(layer=name, columns=", ".join(_FIELDS[name]))
        lines += [
            f"\\{'if' if place == 0 else 'elif'} :l = {place}",
            " ".join(statement.split()) + ";",
        ]
    return "\n".join([*lines, "\\endif", ""])


def _table(count: int, limit: float, cold: tuple[float, float], warm: tuple[float, float]) -> Table:
    table = Table(
        "", "server", "PostgreSQL", "together", "of the yardstick",
        title=f"CPU ms for one tile of a trace of {count}",
    )  # fmt: skip
    table.add_row("yardstick's SQL by pgbench", "", "", f"{limit:.2f}", "")
    for name, (server, database) in (("made anew", cold), ("from this machine's disk", warm)):
        together = server + database
        cells = [f"{ms:.2f}" for ms in (server, database, together, together / limit)]
        table.add_row(f"ours, {name}", *cells)
    return table
