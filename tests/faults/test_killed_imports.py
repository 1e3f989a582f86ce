"""An import killed at every step: readers notice nothing, and the next import works."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from importers.models import ImportRun
from importers.pipeline import STEPS
from layers.models import Edition, Layer
from tests.factories.database import drop_edition_tables, edition_tables
from tests.factories.processes import served_site
from tests.faults.tree_imports import TreeImports
from tests.faults.watch import Answer, Watch

SEED = int(os.environ.get("DRILL_SEED", "1"))
COUNT = 300
MANY = 30_000
END_S = 15.0


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    with served_site() as port:
        yield port


@pytest.fixture
def trees(tmp_path: Path, settings: Settings, transactional_db: None) -> Iterator[TreeImports]:
    drop_edition_tables()  # those that other tests left
    imports = TreeImports(tmp_path)
    settings.SOURCES_DIR = imports.sources_dir
    yield imports
    # Before Django empties its own tables: it does not know of these.
    drop_edition_tables()


def published_edition() -> int:
    edition_id = Layer.objects.get(slug="trees").published_edition_id
    assert edition_id is not None
    return edition_id


def attached_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
            " WHERE inhparent = 'layers_feature'::regclass AND NOT inhdetachpending"
        )
        return {name for (name,) in cursor.fetchall()}


def assert_nothing_half_done() -> None:
    """Fail unless every table and every edition is whole, and no run says that it still runs."""
    assert edition_tables() == attached_tables(), "a table is left that no edition holds"
    complete = {f"layers_feature_e{pk}" for pk in published_ever()}
    assert edition_tables() == complete, "a table of an edition that was never published is left"
    assert not Edition.objects.filter(published_at=None).exists()
    assert not ImportRun.objects.filter(outcome="running").exists()


def published_ever() -> list[int]:
    return list(Edition.objects.exclude(published_at=None).values_list("pk", flat=True))


def assert_no_mixture(answers: list[Answer], name_of: dict[int, str], count: int = COUNT) -> None:
    """Fail unless each answer is one whole edition, and none is older than the one before."""
    for answer in answers:
        assert answer.status == 200
        assert answer.edition in name_of, f"edition {answer.edition} was never published"
        assert answer.count == count, f"{answer} is not complete"
        assert answer.names == {name_of[answer.edition]}, f"{answer} mixes editions"
    editions = [answer.edition or 0 for answer in answers]
    assert editions == sorted(editions), "an older edition came back"


def wait_until_no_process_reads(folder: Path) -> None:
    """Fail if a reader's process outlives the import that started it."""
    deadline = time.monotonic() + END_S
    while readers := [path for path in Path("/proc").glob("[0-9]*") if _names(path, folder)]:
        assert time.monotonic() < deadline, f"{readers} still read from {folder}"
        time.sleep(0.1)


def wait_until_forgotten(tables: set[str]) -> None:
    """Fail unless PostgreSQL itself undoes all that the killed import had begun."""
    deadline = time.monotonic() + END_S
    while edition_tables() != tables or Edition.objects.filter(published_at=None).exists():
        assert time.monotonic() < deadline, f"{edition_tables() - tables} outlived its import"
        time.sleep(0.1)


def _names(process: Path, folder: Path) -> bool:
    try:
        return str(folder).encode() in (process / "cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.parametrize("step", STEPS)
def test_an_import_killed_at_any_step_is_as_if_it_had_never_been(
    step: str, port: int, trees: TreeImports
) -> None:
    old = trees.run("old").edition
    assert old is not None
    name_of = {old: "old"}

    with Watch(port) as watch:
        killed = trees.start("killed", kill_at=step)
        told, _ = killed.communicate(timeout=60)
        assert killed.returncode == -signal.SIGKILL
        assert told.split()[-1] == step
        after_kill = published_edition()
        # From the step after publishing on, the new edition is what everybody sees.
        assert (after_kill == old) == (step != "prune")
        name_of.setdefault(after_kill, "killed")
        watch.wait_for(lambda answer: answer.edition == after_kill)
        wait_until_no_process_reads(trees.sources_dir)
        if step not in ("publish", "prune"):
            wait_until_forgotten({f"layers_feature_e{old}"})

        report = trees.run("next")

        assert (report.outcome, report.published) == ("published", COUNT)
        assert report.edition is not None
        name_of[report.edition] = "next"
        watch.wait_for(lambda answer: answer.edition == report.edition)
    assert_no_mixture(watch.answers, name_of)
    assert_nothing_half_done()
    first, killed_run, last = ImportRun.objects.order_by("pk")
    assert (first.outcome, last.outcome) == ("published", "published")
    assert killed_run.finished_at is not None
    if step == "prune":
        assert killed_run.outcome == "published"
    else:
        assert killed_run.outcome == "interrupted"
        assert "Nothing was changed" in killed_run.reason


def kill_at_random_moments(rounds: int, seed: int, port: int, trees: TreeImports) -> None:
    """Kill ``rounds`` imports of many rows, each at a moment of chance, under a reader."""
    chance = random.Random(seed)
    old = trees.run("old", MANY)
    assert old.edition is not None
    name_of = {old.edition: "old"}
    started = time.monotonic()
    trees.run("timed", MANY)
    duration_s = time.monotonic() - started
    name_of[published_edition()] = "timed"

    with Watch(port) as watch:
        for number in range(rounds):
            killed = trees.start(f"killed{number}", count=MANY)
            _kill_after(killed, chance.uniform(0, duration_s))
            name_of.setdefault(published_edition(), f"killed{number}")
            watch.wait_for(lambda answer: answer.edition == published_edition())
        report = trees.run("next", MANY)
        name_of[report.edition or 0] = "next"
        watch.wait_for(lambda answer: answer.edition == report.edition)

    assert_no_mixture(watch.answers, name_of, 1000)
    assert edition_tables() == attached_tables()
    assert not Edition.objects.filter(published_at=None).exists()
    assert not ImportRun.objects.filter(outcome="running").exists()


def _kill_after(process: "subprocess.Popen[str]", delay_s: float) -> None:
    """Kill a process some time after its import has begun; it may be through by then."""
    assert process.stdout is not None
    assert process.stdout.readline() == "fetch\n"
    time.sleep(delay_s)
    process.kill()
    process.communicate()


@pytest.mark.parametrize("seed", [SEED])
def test_imports_killed_at_a_few_moments_of_chance_leave_nothing_behind(
    seed: int, port: int, trees: TreeImports
) -> None:
    kill_at_random_moments(3, seed, port, trees)


@pytest.mark.drill
@pytest.mark.parametrize("seed", [SEED])
def test_imports_killed_at_many_moments_of_chance_leave_nothing_behind(
    seed: int, port: int, trees: TreeImports
) -> None:
    kill_at_random_moments(60, seed, port, trees)


def test_rolling_back_shows_the_previous_edition_at_once(
    port: int, trees: TreeImports, record_property: Callable[[str, object], None]
) -> None:
    previous = trees.run("previous", MANY).edition
    withdrawn = trees.run("withdrawn", MANY).edition

    with Watch(port) as watch:
        started = time.monotonic()
        call_command("rollback_layer", "trees", stdout=StringIO())
        record_property("rollback_s", round(time.monotonic() - started, 3))
        watch.wait_for(lambda answer: answer.edition == previous)

    assert {answer.edition for answer in watch.answers} == {previous, withdrawn}
    for answer in watch.answers:
        assert answer.names == {"previous" if answer.edition == previous else "withdrawn"}
    assert Edition.objects.get(pk=withdrawn).state == "withdrawn"


def test_an_import_after_a_rollback_publishes_again(trees: TreeImports) -> None:
    trees.run("first")
    trees.run("second")
    call_command("rollback_layer", "trees", stdout=StringIO())

    report = trees.run("third")

    assert report.outcome == "published"
    assert published_edition() == report.edition
