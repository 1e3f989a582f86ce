"""Imports beside ogr2ogr in one run, which shifts by PROJ and copies, but checks nothing.

Prints a table and asserts no time: what a machine manages is for people to read. Memory, which
hardly depends on the machine, is asserted.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from rich.console import Console
from rich.table import Table

from layers.models import Edition
from tests.benchmarks.import_files import CATALOGUE_DIR, write_addresses, write_planning
from tests.benchmarks.measured_command import Measured, run_measured
from tests.benchmarks.processes import parent_of
from tests.factories import drop_everything
from tests.factories.processes import ROOT, child_environment

# The commands see what is committed; the mark has pytest-django make the test's database.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

_MOST_MEMORY_MB = 1500
_MANY_ADDRESSES = 4_500_000
_OGR_CSV = (
    *("-oo", "X_POSSIBLE_NAMES=easting", "-oo", "Y_POSSIBLE_NAMES=northing"),
    *("-oo", "AUTODETECT_TYPE=YES", "-s_srs", "EPSG:27700"),
)


@pytest.mark.parametrize("layer", ["planning", "addresses"])
def test_imports_beside_ogr2ogr(layer: str, tmp_path: Path) -> None:
    ogr2ogr = shutil.which("ogr2ogr")
    if ogr2ogr is None:
        pytest.skip("ogr2ogr is not here to be measured: it comes with Debian's gdal-bin")
    is_planning = layer == "planning"
    write = write_planning if is_planning else write_addresses
    source = write(tmp_path / f"{layer}.{'gpkg' if is_planning else 'csv'}")

    peer = _run_ogr2ogr(ogr2ogr, source, () if is_planning else _OGR_CSV)
    ours = _import(layer, source, tmp_path)
    drop_everything()

    Console(width=110).print(_table(layer, ours, peer))


def test_memory_for_millions_of_addresses(tmp_path: Path) -> None:
    source = write_addresses(tmp_path / "addresses.csv", _MANY_ADDRESSES)

    ours = _import("addresses", source, tmp_path)

    assert Edition.objects.get().feature_count == _MANY_ADDRESSES
    drop_everything()
    Console(width=110).print(_table(f"addresses, {_MANY_ADDRESSES:,} rows", ours, None))
    assert ours.together_mb < _MOST_MEMORY_MB


def _import(layer: str, source: Path, folder: Path) -> Measured:
    environment = child_environment(
        COUNCIL="benchton", CATALOGUE_DIR=str(CATALOGUE_DIR), SOURCES_DIR=str(folder / "sources")
    )
    # As for an operator, whose Python compiled everything when it was installed.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    manage = [sys.executable, "-m", "tests.benchmarks.as_production"]
    subprocess.run(
        [*manage, "import_layer", "--help"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    command = [*manage, "import_layer", layer, "--source", str(source)]
    return run_measured(command, environment, postmaster=_postmaster(), folder=ROOT)


def _run_ogr2ogr(program: str, source: Path, options: tuple[str, ...]) -> Measured:
    settings = connection.settings_dict
    target = f"PG:host={settings['HOST']} dbname={settings['NAME']} user={settings['USER']}"
    command = [
        *(program, "-f", "PostgreSQL", target, str(source), "-nln", "benchmark_ogr2ogr"),
        *("-lco", "GEOMETRY_NAME=geom", "-lco", "FID=fid", "-overwrite"),
        *("--config", "PG_USE_COPY", "YES", *options, "-t_srs", "EPSG:4326"),
    ]
    measured = run_measured(command, os.environ, postmaster=_postmaster(), folder=ROOT)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE benchmark_ogr2ogr")
    return measured


def _postmaster() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent_of(cursor.fetchone()[0])


def _table(title: str, ours: Measured, peer: Measured | None) -> Table:
    table = Table(
        "", "wall s", "CPU s", "of it PostgreSQL", "largest process MB", "together MB", title=title
    )
    for name, measured in (("ours", ours), ("ogr2ogr", peer)):
        if measured is not None:
            table.add_row(name, *_cells(measured))
    if peer is not None:
        wall, cpu = ours.wall_s / peer.wall_s, ours.cpu_s / peer.cpu_s
        table.add_row("ours / ogr2ogr", f"{wall:.2f}", f"{cpu:.2f}", "", "", "")
    return table


def _cells(measured: Measured) -> list[str]:
    return [
        f"{measured.wall_s:.1f}",
        f"{measured.cpu_s:.1f}",
        f"{measured.postgres_cpu_s:.1f}",
        f"{measured.largest_mb:.0f}",
        f"{measured.together_mb:.0f}",
    ]
