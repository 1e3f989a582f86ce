"""Files whose names are no text: there, and not there."""

from pathlib import Path
from typing import Any

import pytest

from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Edition
from tests.factories.entries import council_entry, layer_entry
from tests.factories.source_files import write_csv

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

NAME = "inv\udcff.csv"
KEPT_AS = r"inv\udcff.csv"


@pytest.fixture(autouse=True)
def _sources(tmp_path: Path, settings: Any) -> None:
    settings.SOURCES_DIR = tmp_path / "sources"


def run(path: Path) -> ImportReport:
    return import_layer(layer_entry(), council_entry(), ImportRequest(str(path)))


def test_a_file_whose_name_is_no_text_is_imported(tmp_path: Path) -> None:
    tree = {"ref": "T1", "name": "Oak", "height_m": 1, "Easting": 405000, "Northing": 285000}
    path = write_csv(tmp_path / NAME, [tree])

    report = run(path)

    assert report.outcome == "published", report.reason
    assert Edition.objects.get(pk=report.edition).source == KEPT_AS


def test_one_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    report = run(tmp_path / NAME)

    assert report.outcome == "unreadable"
    assert KEPT_AS in report.reason
    assert ImportRun.objects.get().source.endswith(KEPT_AS)
