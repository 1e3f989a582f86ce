"""Workers killed at every step, by name, while others work and readers read."""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as project
from pytest_django import DjangoDbBlocker, Settings

from importers.housekeeping import tidy_up
from importers.models import ImportRun
from layers.models import Edition, Layer
from tests.factories.database import drop_edition_tables
from tests.factories.processes import served_site
from tests.faults.killed_worker import POINTS
from tests.faults.trail import (
    assert_dropped_is_gone,
    assert_nothing_waits_or_hangs,
    assert_readers_saw_whole_editions,
    assert_trail_is_whole,
    make_old,
)
from tests.faults.tree_imports import TreeImports
from tests.faults.watch import Watch
from tests.faults.workers import Workers

SEED = int(os.environ.get("DRILL_SEED", "1"))
COUNT = 300
FEW = 5
MANY = 110

_OF_ROLLING_BACK = ("within rolling back", "after rolling back")
_OF_SETTING_ASIDE = (
    *("within setting aside", "before discarding", "after discarding", "after setting aside"),
)


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    with served_site() as port:
        yield port


@pytest.fixture
def workers(tmp_path: Path, settings: Settings, transactional_db: None) -> Iterator[Workers]:
    drop_edition_tables()
    settings.SOURCES_DIR = tmp_path / "sources"
    settings.INBOX_DIR = tmp_path / "inbox"
    settings.EDITIONS_KEPT = 1
    (tmp_path / "first").mkdir()
    imports = TreeImports(tmp_path / "first")
    imports.run("first", COUNT)
    imports.run("second", COUNT)
    with Workers(tmp_path) as workers:
        yield workers
    drop_edition_tables()


def kill_workers(
    rounds: int, seed: int, port: int, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kill a worker ``rounds`` times, every point equally often, in an order of chance."""
    chance = random.Random(seed)
    points = [POINTS[number % len(POINTS)] for number in range(max(rounds, len(POINTS)))]
    chance.shuffle(points)
    with Watch(port) as watch, Watch(port) as other_watch:
        for number, point in enumerate(points[:rounds]):
            name = f"killed{number}"
            _ask_for(point, name, workers)
            workers.wait_for_death()
            workers.finish()
            assert_trail_is_whole()
            assert not ImportRun.objects.filter(outcome__in=("running", "queued")).exists()
        workers.ask_import("last", COUNT)
        workers.finish()
        last = Layer.objects.get(slug="trees").published_edition_id
        watch.wait_for(lambda answer: answer.edition == last)

    assert ImportRun.objects.order_by("-pk")[0].outcome == "published"
    name_of = {edition.pk: Path(edition.source).stem for edition in Edition.objects.all()}
    for each in (watch, other_watch):
        assert_readers_saw_whole_editions(each.answers, name_of, COUNT)
    assert_nothing_waits_or_hangs()
    _assert_tidied(workers, monkeypatch)


def _ask_for(point: str, name: str, workers: Workers) -> None:
    """Ask the workers for what leads to ``point``, and have the first that comes there die."""
    published = Layer.objects.get(slug="trees").published_edition_id
    if point in _OF_ROLLING_BACK or point == "withdrawing":
        # Two, so that there is an edition to go back to which was never withdrawn.
        for each in (f"{name}a", f"{name}b"):
            workers.ask_import(each, COUNT)
        workers.finish()
        workers.kill_at(point)
        workers.decide("withdraw" if point == "withdrawing" else "roll-back")
    elif point in _OF_SETTING_ASIDE:
        run = workers.ask_import(name, COUNT, publish=False)
        workers.finish()
        workers.kill_at(point)
        workers.decide("set-aside", run=run)
    elif point == "pinning":
        workers.kill_at(point)
        workers.decide("pin", edition_id=published)
        workers.decide("unpin", edition_id=published)
    else:
        workers.kill_at(point)
        workers.ask_import(name, COUNT)


def _assert_tidied(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail if anything is left once the killed have been dead for longer than files are kept."""
    monkeypatch.setattr(tempfile, "tempdir", str(workers.scratch_dir))
    make_old(workers.scratch_dir, days=2)
    make_old(project.INBOX_DIR, days=30)
    make_old(project.SOURCES_DIR, days=2)
    tidy_up()
    assert list(workers.scratch_dir.iterdir()) == []
    assert list(project.INBOX_DIR.iterdir()) == []
    assert not list(project.SOURCES_DIR.glob(".*"))
    assert_trail_is_whole()
    assert_dropped_is_gone()
    assert_nothing_waits_or_hangs()


@pytest.mark.parametrize("seed", [SEED])
def test_workers_killed_at_a_few_points_leave_nothing_behind(
    seed: int, port: int, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_workers(FEW, seed, port, workers, monkeypatch)


@pytest.mark.drill
@pytest.mark.parametrize("seed", [SEED])
def test_workers_killed_at_every_point_leave_nothing_behind(
    seed: int,
    port: int,
    workers: Workers,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    started = time.monotonic()
    kill_workers(MANY, seed, port, workers, monkeypatch)
    record_property("seconds", round(time.monotonic() - started))
