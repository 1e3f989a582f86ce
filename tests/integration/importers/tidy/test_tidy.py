"""What is thrown away at night, and what never is."""

import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.utils import timezone

from importers.housekeeping import tidy_up
from importers.models import ImportRun
from importers.read.open import SCRATCH_PREFIX
from layers.models import Act, Edition, Layer
from tests.factories import MadeFeature, make_layer, publish_features, stage_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

FEATURES = [MadeFeature("one", shapely.Point(407000, 287000), {"name": "One"})]


def make_old(path: Path, days: float) -> Path:
    at = time.time() - days * 86_400
    for each in (*path.glob("*"), path):
        os.utime(each, (at, at))
    return path


def keep_source(sources_dir: Path, sha256: str, days: float) -> Path:
    folder = sources_dir / sha256[:2] / sha256
    folder.mkdir(parents=True)
    (folder / "trees.csv").write_text("ref\n1\n")
    make_old(folder, days)
    return folder


def set_source(edition: Edition, sha256: str) -> None:
    Edition.objects.filter(pk=edition.pk).update(source_sha256=sha256)


def test_sources_that_nothing_needs_are_deleted_after_their_days(sources_dir: Path) -> None:
    old = keep_source(sources_dir, "a" * 64, days=91)
    young = keep_source(sources_dir, "b" * 64, days=89)

    done = tidy_up()

    assert (old.exists(), young.exists()) == (False, True)
    assert done["sources_deleted"] == 1


def test_sources_of_kept_editions_and_of_imports_that_wait_stay_however_old(
    sources_dir: Path,
) -> None:
    layer = make_layer()
    set_source(publish_features(layer, FEATURES), "a" * 64)  # to go back to
    set_source(publish_features(layer, FEATURES), "b" * 64)
    ImportRun.objects.create(layer=layer, outcome="stopped", source_sha256="c" * 64)
    kept = [keep_source(sources_dir, letter * 64, days=1000) for letter in "abc"]

    tidy_up()

    assert [folder.exists() for folder in kept] == [True, True, True]


def test_the_source_of_an_edition_that_is_no_longer_kept_goes(
    sources_dir: Path, settings: Any
) -> None:
    settings.EDITIONS_KEPT = 0
    layer = make_layer()
    set_source(publish_features(layer, FEATURES), "a" * 64)
    publish_features(layer, FEATURES)
    gone = keep_source(sources_dir, "a" * 64, days=91)

    tidy_up()

    assert not gone.exists()


def test_a_source_that_arrives_again_is_young_again(sources_dir: Path, tmp_path: Path) -> None:
    from importers.fetch.files import fetch_file

    given = tmp_path / "trees.csv"
    given.write_text("ref\n1\n")
    first = fetch_file(str(given), sources_dir)
    make_old(first.path.parent, days=1000)

    second = fetch_file(str(given), sources_dir)
    tidy_up()

    assert second.path.exists()


def test_files_that_were_arriving_when_their_import_was_killed_go_after_a_day(
    sources_dir: Path,
) -> None:
    sources_dir.mkdir()
    old, young = sources_dir / ".arriving-old", sources_dir / ".arriving-young"
    for path in (old, young):
        path.write_text("half")
    make_old(old, days=1.1)

    tidy_up()

    assert (old.exists(), young.exists()) == (False, True)


def test_folders_of_readers_that_were_killed_go_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, young, other = (
        tmp_path / name for name in (f"{SCRATCH_PREFIX}old", f"{SCRATCH_PREFIX}young", "reading-x")
    )
    for folder in (old, young, other):
        folder.mkdir()
        (folder / "part").write_text("half")
    make_old(old, days=1.1)
    make_old(other, days=100)

    done = tidy_up()

    assert [folder.exists() for folder in (old, young, other)] == [False, True, True]
    assert done["scratch_folders_deleted"] == 1


def test_files_in_the_inbox_go_after_a_week_unless_they_are_waited_for(
    tmp_path: Path, settings: Any
) -> None:
    settings.INBOX_DIR = tmp_path / "inbox"
    settings.INBOX_DIR.mkdir()
    forgotten, waiting, young = (settings.INBOX_DIR / name for name in ("one", "two", "three"))
    for path in (forgotten, waiting, young):
        path.write_text("ref\n1\n")
    for path in (forgotten, waiting):
        make_old(path, days=7.1)
    ImportRun.objects.create(layer=make_layer(), outcome="queued", arrived_as="two")

    tidy_up()

    assert [path.exists() for path in (forgotten, waiting, young)] == [False, True, True]


@pytest.mark.parametrize(("days", "is_set_aside"), [(89, False), (91, True)])
def test_an_edition_that_nobody_decided_about_is_set_aside_after_90_days(
    days: int, is_set_aside: bool
) -> None:
    layer = make_layer()
    edition = stage_features(layer, FEATURES)
    run = ImportRun.objects.create(
        layer=layer,
        edition=edition,
        outcome="staged",
        started_at=timezone.now() - timedelta(days=days),
    )

    tidy_up()

    run.refresh_from_db()
    assert (run.outcome == ImportRun.Outcome.SET_ASIDE) == is_set_aside
    assert Edition.objects.filter(pk=edition.pk).exists() != is_set_aside
    acts = Act.objects.filter(verb=Act.Verb.SET_ASIDE)
    assert [act.reason for act in acts] == [
        "Nobody decided about it within 90 days."
    ] * is_set_aside


def test_what_editions_changed_is_forgotten_but_for_the_newest(settings: Any) -> None:
    from layers.models import Change
    from layers.publish import record_changes

    settings.CHANGES_KEPT = 2
    layer = make_layer()
    editions: list[Edition] = []
    for name in ("One", "Two", "Three", "Four"):
        feature = MadeFeature("one", shapely.Point(407000, 287000), {"name": name})
        editions.append(publish_features(layer, [feature]))
        if len(editions) > 1:
            record_changes(editions[-1].pk, editions[-2].pk)

    done = tidy_up()

    assert done["changes_forgotten"] == 1
    assert set(Change.objects.values_list("edition", flat=True)) == {
        edition.pk for edition in editions[-2:]
    }
    assert Layer.objects.get().published_edition_id == editions[-1].pk
