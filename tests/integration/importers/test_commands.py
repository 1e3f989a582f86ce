"""The commands of an operator: what they say, and the exit code they end with."""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.models import ImportRun
from layers.models import Layer
from tests.factories.database import drop_edition_tables
from tests.factories.source_files import write_csv
from tests.integration.importers.smallville import (
    CATALOGUE_DIR,
    Smallville,
    good_trees,
    published_state,
    tree,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def smallville(tmp_path: Path, transactional_db: None) -> Iterator[Smallville]:
    yield Smallville(tmp_path)
    drop_edition_tables()


def test_an_import_reports_its_figures_and_ends_with_0(
    smallville: Smallville, tmp_path: Path
) -> None:
    rows = [*(tree(f"T{number}") for number in range(5)), tree("T5", Height="tall")]
    source = write_csv(tmp_path / "trees.csv", rows)

    done = smallville.import_trees(source)

    assert done.returncode == 0, done.stderr
    assert "trees: Published." in done.stdout
    assert "6 rows read = 5 published + 1 quarantined." in done.stdout
    assert "Row 7: “Height” is “tall”; expected a number, such as 12.5." in done.stdout
    assert "CommandError" not in done.stderr


def test_the_json_report_has_the_members_that_are_documented(
    smallville: Smallville, tmp_path: Path
) -> None:
    rows = [*(tree(f"T{number}") for number in range(5)), tree("T5", Height="tall")]
    source = write_csv(tmp_path / "trees.csv", rows)

    done = smallville.import_trees(source, "--json")

    report = json.loads(done.stdout)
    assert (report["layer"], report["outcome"]) == ("trees", "published")
    assert report["edition"] == Layer.objects.get().published_edition_id
    assert (report["rows_read"], report["published"], report["quarantined"]) == (6, 5, 1)
    assert (report["added"], report["changed"], report["removed"]) == (5, 0, 0)
    (issue,) = (issue for issue in report["issues"] if issue["severity"] == "error")
    assert (issue["kind"], issue["count"]) == ("NUMBER-INVALID", 1)
    assert issue["example"].startswith("Row 7: ")


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_ctrl_c_ends_an_import_in_one_line_with_130(
    options: tuple[str, ...], smallville: Smallville, tmp_path: Path
) -> None:
    smallville.publish_trees()
    before = published_state()
    many = write_csv(tmp_path / "many.csv", [tree(f"M{number}") for number in range(60_000)])

    with smallville.start("import_layer", "trees", "--source", str(many), *options) as running:
        wait_until_rows_are_read()
        # As a terminal does: to the command and to all that it has started.
        os.killpg(running.pid, signal.SIGINT)
        said, complained = running.communicate(timeout=60)

    assert running.returncode == 130
    assert complained.strip().splitlines()[-1:] == [
        "CommandError: Interrupted. Nothing was changed."
    ]
    assert "Traceback" not in complained
    assert published_state() == before
    run = ImportRun.objects.latest("id")
    assert (run.outcome, run.code) == ("interrupted", "INTERRUPTED")
    if options:
        report = json.loads(said)
        assert (report["outcome"], report["run"]) == ("interrupted", run.pk)
        assert report["reason"] == "Interrupted. Nothing was changed."
    else:
        assert said == ""


def wait_until_rows_are_read() -> None:
    deadline = time.monotonic() + 60
    while not ImportRun.objects.filter(outcome="running", rows_read__gt=0).exists():
        assert time.monotonic() < deadline, "no row was read"
        time.sleep(0.02)


def test_the_same_file_again_ends_with_0_and_says_unchanged(
    smallville: Smallville, tmp_path: Path
) -> None:
    source = good_trees(tmp_path)
    smallville.publish_trees()
    before = published_state()

    again = smallville.import_trees(source)

    assert again.returncode == 0
    assert "Unchanged" in again.stdout
    assert published_state() == before


def test_a_dry_run_and_an_unpublished_import_change_nothing_that_is_seen(
    smallville: Smallville, tmp_path: Path
) -> None:
    smallville.publish_trees()
    before = published_state()
    other = write_csv(tmp_path / "other.csv", [tree("T7"), tree("T8"), tree("T9")])

    dry = smallville.import_trees(other, "--dry-run")
    staged = smallville.import_trees(other, "--no-publish")

    assert (dry.returncode, staged.returncode) == (0, 0)
    assert "Dry run: nothing was kept." in dry.stdout
    assert "3 added, 0 changed, 3 removed" in dry.stdout
    assert "Staged, not published." in staged.stdout
    assert published_state() == before


def test_rolling_back_says_how_to_undo_it_and_that_works(
    smallville: Smallville, tmp_path: Path
) -> None:
    smallville.publish_trees()
    first = published_state()["features"]
    other = write_csv(tmp_path / "other.csv", [tree("T7"), tree("T8"), tree("T9")])
    smallville.import_trees(other)
    second = published_state()["features"]

    back = smallville.manage("rollback_layer", "trees")
    rolled_back = published_state()["features"]
    undo = back.stdout.strip().partition("To undo: ")[2].split()
    undone = smallville.manage(*undo)

    assert (back.returncode, undone.returncode) == (0, 0), back.stderr + undone.stderr
    assert rolled_back == first
    assert published_state()["features"] == second


def test_rolling_back_ends_with_1_when_there_is_nothing_and_with_2_for_no_layer(
    smallville: Smallville, tmp_path: Path
) -> None:
    smallville.publish_trees()

    nothing = smallville.manage("rollback_layer", "trees")
    unknown = smallville.manage("rollback_layer", "tress")

    assert nothing.returncode == 1
    assert "trees has no earlier edition to go back to" in nothing.stderr
    assert unknown.returncode == 2
    assert "There is no layer “tress”. There are: trees." in unknown.stderr
    assert "Traceback" not in nothing.stderr + unknown.stderr


def test_layers_are_listed_with_what_is_published(smallville: Smallville, tmp_path: Path) -> None:
    smallville.manage("sync_catalogue")
    empty = smallville.manage("list_layers")
    smallville.publish_trees()

    full = smallville.manage("list_layers")

    assert "nothing published" in empty.stdout
    row = next(line for line in full.stdout.splitlines() if "trees" in line)
    assert " 3 " in row
    assert str(Layer.objects.get().published_edition_id) in row


def test_a_fault_in_the_catalogue_names_file_and_key_and_ends_with_2(
    smallville: Smallville, tmp_path: Path
) -> None:
    smallville.publish_trees()
    before = published_state()
    smallville.catalogue_dir = tmp_path / "catalogue"
    folder = Path(shutil.copytree(CATALOGUE_DIR / "smallville", tmp_path / "catalogue/smallville"))
    text = (folder / "trees.toml").read_text().replace('"Point"', '"Pont"')
    (folder / "trees.toml").write_text(text)

    imported = smallville.import_trees(good_trees(tmp_path))
    synced = smallville.manage("sync_catalogue")

    for done in (imported, synced):
        assert done.returncode == 2
        assert done.stderr.startswith("CommandError: smallville/trees.toml: geometry_type: ")
        assert done.stderr.count("\n") == 1, done.stderr
    assert published_state() == before
