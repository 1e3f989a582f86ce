"""Imports that commit for themselves: two at once, and editions that are no longer kept."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import Settings

from importers.errors import LayerBusy
from importers.models import ImportRun
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Edition, Layer
from tests.factories.database import drop_edition_tables, edition_tables
from tests.factories.entries import council_entry, layer_entry
from tests.factories.source_files import write_csv

pytestmark = pytest.mark.django_db(transaction=True)

WAIT_S = 30


@pytest.fixture(autouse=True)
def leave_no_tables(transactional_db: None) -> Iterator[None]:
    yield
    drop_edition_tables()


def trees_file(tmp_path: Path, ref: str) -> Path:
    row = {"ref": ref, "name": "Oak", "height_m": "9", "Easting": "405000", "Northing": "285000"}
    return write_csv(tmp_path / f"{ref}.csv", [row])


def import_trees(tmp_path: Path, ref: str, *, slug: str = "trees") -> ImportReport:
    request = ImportRequest(str(trees_file(tmp_path, ref)))
    return import_layer(layer_entry(slug=slug), council_entry(), request)


class HeldImport:
    """An import in a thread of its own, held at a step until it is let go."""

    def __init__(self, source: Path, step: str) -> None:
        self._request, self._step = ImportRequest(str(source)), step
        self._is_there, self._may_go = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.report: ImportReport | None = None

    def __enter__(self) -> "HeldImport":
        self._thread.start()
        assert self._is_there.wait(WAIT_S), f"the import never came to {self._step}"
        return self

    def __exit__(self, *_: object) -> None:
        self._may_go.set()
        self._thread.join(WAIT_S)

    def _run(self) -> None:
        try:
            self.report = import_layer(layer_entry(), council_entry(), self._request, self._hold)
        finally:
            connections.close_all()

    def _hold(self, step: str) -> None:
        if step == self._step:
            self._is_there.set()
            self._may_go.wait(WAIT_S)


def test_the_second_of_two_imports_of_a_layer_is_told_to_wait(tmp_path: Path) -> None:
    second = trees_file(tmp_path, "second")

    with (
        HeldImport(trees_file(tmp_path, "first"), "stage") as first,
        pytest.raises(LayerBusy, match="Another import of trees is running. Try again"),
    ):
        import_layer(layer_entry(), council_entry(), ImportRequest(str(second)))

    assert first.report is not None
    assert first.report.outcome == "published"
    assert ImportRun.objects.get().outcome == "published"


def test_another_layer_may_be_imported_meanwhile(tmp_path: Path) -> None:
    with HeldImport(trees_file(tmp_path, "first"), "index"):
        report = import_trees(tmp_path, "second", slug="hedges")

    assert report.outcome == "published"


def test_nothing_of_an_edition_is_seen_before_it_is_published(tmp_path: Path) -> None:
    old = import_trees(tmp_path, "old")

    with HeldImport(trees_file(tmp_path, "new"), "publish"):
        meanwhile = Layer.objects.get().published_edition_id

    assert meanwhile == old.edition
    assert Layer.objects.get().published_edition_id != old.edition


def test_only_the_newest_editions_are_kept(tmp_path: Path, settings: Settings) -> None:
    settings.EDITIONS_KEPT = 1

    reports = [import_trees(tmp_path, f"T{number}") for number in range(3)]

    assert edition_tables() == {f"layers_feature_e{report.edition}" for report in reports[1:]}
    assert Edition.objects.count() == 3, "the record of an edition outlives its features"


def test_the_lock_is_let_go_after_a_stopped_import(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    stopped = import_layer(layer_entry(), council_entry(), ImportRequest(str(missing)))
    assert stopped.outcome == "unreadable"

    assert import_trees(tmp_path, "T1").outcome == "published"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert cursor.fetchone() == (0,)
