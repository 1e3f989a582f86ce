"""Smallville's layer of trees through the commands, as an operator uses them."""

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

from importers.catalogue.load import load_catalogue
from importers.pipeline import import_layer
from importers.request import ImportRequest
from layers.models import Edition, Feature, Layer
from tests.factories.processes import ROOT, child_environment, run_manage
from tests.factories.source_files import write_csv

CATALOGUE_DIR = ROOT / "tests/fixtures/catalogue"


def tree(ref: str, **values: str) -> dict[str, str]:
    """Return a row of Smallville's trees in EPSG:27700 that has no fault."""
    good = {
        "TreeRef": ref,
        "Species": "Oak",
        "Height": "12",
        "Planted": "31/03/2001",
        "Surveyor": "Ann",
        "Easting": "405000",
        "Northing": "285000",
    }
    return good | values


def good_trees(folder: Path) -> Path:
    return write_csv(folder / "good-trees.csv", [tree("T1"), tree("T2"), tree("T3")])


class Smallville:
    """An installation for Smallville whose sources are kept in the test's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue_dir = CATALOGUE_DIR

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return run_manage(*arguments, **self._variables())

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Begin a command in a process group of its own, as a terminal does."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=child_environment(**self._variables()),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # What runs these tests may ignore Ctrl-C, as a job in the background does, and would
            # hand that down.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )

    def _variables(self) -> dict[str, str]:
        return {
            "COUNCIL": "smallville",
            "CATALOGUE_DIR": str(self.catalogue_dir),
            "SOURCES_DIR": str(self.folder / "sources"),
        }

    def import_trees(self, source: Path, *options: str) -> "subprocess.CompletedProcess[str]":
        return self.manage("import_layer", "trees", "--source", str(source), *options)

    def publish_trees(self) -> None:
        """Publish three good trees, in this process because that is quicker."""
        catalogue = load_catalogue(CATALOGUE_DIR / "smallville")
        request = ImportRequest(str(good_trees(self.folder)))
        report = import_layer(catalogue.layers["trees"], catalogue.council, request)
        assert report.outcome == "published", report.reason


def published_state() -> dict[str, Any]:
    """Return all that readers can see of the trees, to be compared with what they see later.

    But for the time at which the source was last looked at.
    """
    layer = Layer.objects.values().get(slug="trees")
    del layer["checked_at"]
    edition = Edition.objects.values().get(pk=layer["published_edition_id"])
    features = Feature.objects.filter(edition_id=edition["id"]).values("fid", "properties")
    return {"layer": layer, "edition": edition, "features": list(features.order_by("fid"))}
