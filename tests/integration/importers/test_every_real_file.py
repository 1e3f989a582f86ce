"""Every real file of the shared set through its whole import: no row unaccounted for."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pyogrio
import pytest
from _pytest.mark import ParameterSet

from importers.catalogue.entries import Catalogue, Driver
from importers.catalogue.load import load_catalogue
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Feature
from tests.factories.processes import ROOT
from tests.factories.shared_data import SHARED_DATA, needs_shared_data
from tests.integration.importers.conftest import ImportTable
from tests.integration.importers.real_files import NOT_PLACES, REAL_FILES, SHIPPED, RealFile

pytestmark = [pytest.mark.cold_reader, needs_shared_data, pytest.mark.django_db]

_ENCODINGS = {"isle-of-man-2022-planning-applications.csv": "cp850"}
_WITHOUT_HEADER = ("bins/leeds/", "postcodes/codepoint-open")
_TABLES = (".csv", ".tsv", ".gz")
# The parts of a source that is sent, or gathered, as one.
_PARTS = {
    ".shp": {".shx", ".dbf", ".prj", ".qpj", ".cpg", ".shp.xml"},
    ".tab": {".dat", ".map", ".id"},
    ".mif": {".mid"},
}


def _case(file: RealFile) -> ParameterSet:
    is_unknown = bool(file.driver) and file.driver not in get_args(Driver)
    waits = pytest.mark.skipif(is_unknown, reason=f"{file.driver} is not read yet")
    return pytest.param(file, id=file.name, marks=waits)


@cache
def catalogue_of(council: str) -> Catalogue:
    shipped, others = ROOT / "catalogue/birmingham", ROOT / "tests/fixtures/catalogue"
    return load_catalogue(shipped if council == SHIPPED else others / council)


@pytest.mark.parametrize("file", [_case(file) for file in REAL_FILES])
def test_a_real_file_is_imported_or_refused_for_a_true_reason(
    file: RealFile, import_table: ImportTable
) -> None:
    catalogue = catalogue_of(file.council)
    path = SHARED_DATA / file.path

    report = import_layer(catalogue.layers[file.layer], catalogue.council, ImportRequest(str(path)))

    import_table.add(file.path, report)
    run = ImportRun.objects.first()
    assert run is not None
    kept_out = dict(Counter(run.quarantined_rows.values_list("kind", flat=True)))
    assert kept_out == dict(file.kept_out), report.reason
    assert file.words in report.reason
    if file.outcome == "published":
        assert_published_whole(file, report, path)
    else:
        assert (report.code, report.published) == (file.outcome, 0), report.reason
        assert report.rows_read == (file.rows or 0)


def assert_published_whole(file: RealFile, report: ImportReport, path: Path) -> None:
    assert report.outcome == "published", f"{report.code}: {report.reason}"
    assert report.rows_read == file.rows == rows_by_other_means(path, file.table)
    assert report.rows_read == report.published + report.quarantined
    assert Feature.objects.filter(edition=report.edition).count() == report.published


def test_no_file_of_the_shared_set_is_passed_over() -> None:
    sent = {SHARED_DATA / file.path for file in REAL_FILES}
    parts = {part for path in sent for part in parts_beside(path)}
    explained = tuple(str(SHARED_DATA / path) for path in NOT_PLACES)

    passed_over = [
        str(path.relative_to(SHARED_DATA))
        for path in sorted(SHARED_DATA.rglob("*"))
        if path.is_file() and path not in sent | parts and not str(path).startswith(explained)
    ]

    assert passed_over == []


def parts_beside(path: Path) -> Iterator[Path]:
    """Yield the files that are one source with ``path``."""
    endings = _PARTS.get(path.suffix.lower(), set())
    for other in path.parent.iterdir():
        name, ending = other.name[: len(path.stem)], other.name[len(path.stem) :]
        if name.lower() == path.stem.lower() and ending.lower() in endings:
            yield other


def rows_by_other_means(path: Path, table: str = "") -> int:
    """Return how many rows a file has by Python's own csv, or by GDAL in all its layers."""
    if path.suffix in _TABLES:
        return _lines_of_table(path)
    source: str | bytes = f"/vsizip/{path}" if path.suffix == ".zip" else str(path)
    if path.suffix == ".gml":  # GDAL would write what it found out beside the file
        source = path.read_bytes()
    return sum(
        pyogrio.read_info(source, layer=layer, force_feature_count=True)["features"]
        for layer, _ in pyogrio.list_layers(source)
        if layer == table or not table
    )


def _lines_of_table(path: Path) -> int:
    csv.field_size_limit(1_000_000)
    has_header = not str(path.relative_to(SHARED_DATA)).startswith(_WITHOUT_HEADER)
    opened = gzip.open if path.suffix == ".gz" else open
    separator = "\t" if path.suffix == ".tsv" else ","
    encoding = _ENCODINGS.get(path.name, "latin-1")
    with opened(path, "rt", encoding=encoding, newline="") as lines:
        return sum(1 for row in csv.reader(lines, delimiter=separator) if row) - has_header
