"""Imports of made-up trees: in this process, or in one that can be killed."""

import subprocess
import sys
import time
from pathlib import Path

from importers.errors import LayerBusy
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from tests.factories.entries import council_entry, layer_entry
from tests.factories.processes import ROOT, child_environment
from tests.factories.source_files import write_csv

_BUSY_S = 20.0


class TreeImports:
    """Imports into the layer of trees; each is of trees that are all called ``name``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sources_dir = folder / "sources"

    def run(self, name: str, count: int = 300) -> ImportReport:
        """Import and return the report, waiting for an import that is still dying."""
        request = ImportRequest(str(self._file(name, count)))
        deadline = time.monotonic() + _BUSY_S
        while True:
            try:
                return import_layer(layer_entry(), council_entry(), request)
            except LayerBusy:
                # PostgreSQL notices that a killed client is gone when it next writes to it.
                assert time.monotonic() < deadline, "the killed import kept its lock"
                time.sleep(0.1)

    def start(self, name: str, kill_at: str = "", count: int = 300) -> "subprocess.Popen[str]":
        """Start an import in a process that kills itself as step ``kill_at`` begins."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.killed_import"]
            + [str(self._file(name, count)), kill_at],
            cwd=ROOT,
            env=child_environment(SOURCES_DIR=str(self.sources_dir)),
            stdout=subprocess.PIPE,
            text=True,
        )

    def _file(self, name: str, count: int) -> Path:
        return write_trees(self._folder / f"{name}.csv", name, count)


def write_trees(path: Path, name: str, count: int) -> Path:
    """Write trees in EPSG:27700, each of which says which file it is from."""
    return write_csv(
        path,
        [
            {
                "ref": f"T{number}",
                "name": name,
                "height_m": "9",
                "Easting": str(400_000 + number % 10_000),
                "Northing": str(280_000 + number // 10),
            }
            for number in range(count)
        ],
    )
