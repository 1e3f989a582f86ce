"""CPU time of a sheet: A3 at 1:10,000 from a layer of 100,000 areas, drawn and as a PDF.

Prints a table and asserts no time.
"""

import os
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.db import connections
from rich.console import Console
from rich.table import Table

from layers.query.registry import published_layers
from maps.drawn import DrawnLayer, Frame, draw_map
from maps.paper.pdf import render_pdf
from maps.paper.sizes import PAPERS
from maps.printed.sheet import Sheet
from maps.printed.where import Where
from tests.factories import MadeFeature, drop_everything, make_layer, publish_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_AREAS, _CORNERS, _SEED = 100_000, 16, 20260801
# The whole city, and a city so crowded that the sheet shows a fifth of it.
_SPREAD = {
    "city-wide": (397_000, 276_000, 417_000, 301_000),
    "crowded": (404_000, 284_500, 411_000, 290_500),
}
_ROUNDS = 5
_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def _cities() -> Iterator[None]:
    made = random.Random(_SEED)
    turns = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    for slug, (west, south, east, north) in _SPREAD.items():
        layer = make_layer(slug, "Polygon", style={"colour": "#0b5fa5"})
        features = []
        for number in range(_AREAS):
            x, y = made.uniform(west, east), made.uniform(south, north)
            radius = made.uniform(4, 30)
            ring = np.column_stack([x + radius * np.cos(turns), y + radius * np.sin(turns)])
            features.append(MadeFeature(str(number), shapely.Polygon(ring), {"name": "A"}))
        publish_features(layer, features)
    yield
    drop_everything()


def test_cpu_of_a_sheet(_cities: None) -> None:
    table = Table("layer", "features", "SVG kB", "Python ms", "PostgreSQL ms", "PDF ms", "PDF kB")
    paper = PAPERS["a3-landscape"]
    frame = Frame(407_500, 287_500, 10_000, paper.map_width_mm, paper.map_height_mm)
    for slug in _SPREAD:
        layers = [DrawnLayer(published_layers()[slug])]
        draw_map(frame, layers, title="Warm")
        before, python_s = _backend_ms(), time.process_time()
        for _ in range(_ROUNDS):
            drawn = draw_map(frame, layers, title="A map")
        python_ms = (time.process_time() - python_s) * 1000 / _ROUNDS
        postgres_ms = (_backend_ms() - before) / _ROUNDS
        children_s = _children_s()
        pdf = render_pdf(
            "maps/paper/map.html", Sheet("A map", "", paper, Where(frame, None), drawn).as_context()
        )
        table.add_row(
            slug,
            drawn.legend[0].note,
            f"{len(drawn.svg) / 1000:.0f}",
            f"{python_ms:.1f}",
            f"{postgres_ms:.0f}",
            f"{(_children_s() - children_s) * 1000:.0f}",
            f"{len(pdf) / 1000:.0f}",
        )
    Console().print(table)


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _backend_ms() -> float:
    """Return the CPU time of the connection's own process of PostgreSQL."""
    with connections["read"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(pid,)] = cursor.fetchall()
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * _TICK_MS
