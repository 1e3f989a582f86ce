"""When files of whole layers come and go, and that nobody sees half of one."""

import signal
import subprocess
import sys
import time

import pytest
import shapely
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from importers import jobs
from layers.errors import DownloadFailed
from layers.exports import prepare, store
from layers.exports.formats import FORMATS
from layers.models import Export, Layer
from layers.publish import hide_fields, prune_editions, publish_edition, withdraw_layer
from layers.query import downloads
from layers.query.downloads import downloads_of, ready_files
from layers.query.registry import find_layer
from tests.factories import (
    MadeFeature,
    drop_everything,
    make_field,
    make_layer,
    publish_features,
    stage_features,
)
from tests.factories.database import empty_queue
from tests.factories.processes import ROOT, child_environment

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])
FEATURE = MadeFeature("1", shapely.Point(407300, 286600), {"name": "A", "caretaker": "B"})


@pytest.fixture
def layer(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    prepare._failed_at.clear()
    layer = make_layer(fields=[make_field("name"), make_field("caretaker")])
    publish_features(layer, [FEATURE])
    yield layer
    drop_everything()


def describe(layer: Layer, **changes: str) -> None:
    """Change what is said of the layer, as the catalogue does."""
    Layer.objects.filter(pk=layer.pk).update(**changes, changed_at=Now())


def files_on_disk() -> set[str]:
    return {path.name for path in store.path_of("").glob("*/*")}


def test_a_published_layer_gets_a_file_of_every_format_once(layer):
    assert prepare.layers_without_files() == ["schools"]

    first, second = prepare.prepare_layer("schools"), prepare.prepare_layer("schools")

    assert set(first) == set(FORMATS)
    assert second == []
    assert prepare.layers_without_files() == []
    assert files_on_disk() == {f"schools.{each.extension}" for each in FORMATS.values()}


def test_a_layer_that_is_not_public_gets_none(layer):
    publish_features(make_layer("addresses", is_public=False), [FEATURE])

    assert prepare.prepare_layer("addresses") == []
    assert "addresses" not in prepare.layers_without_files()
    with pytest.raises(CommandError, match="no public layer called addresses"):
        call_command("prepare_downloads", "addresses")


def test_an_edition_that_waits_gets_none_until_it_is_published(layer):
    call_command("prepare_downloads")
    edition = stage_features(layer, [FEATURE])
    assert prepare.layers_without_files() == []

    publish_edition(edition)

    assert prepare.layers_without_files() == ["schools"]


def test_files_go_when_a_layer_is_withdrawn_and_when_an_edition_is_dropped(layer):
    prepare.prepare_layer("schools")
    publish_features(layer, [FEATURE])
    prepare.prepare_layer("schools")
    assert Export.objects.count() == 2 * len(FORMATS)

    prune_editions(layer, kept=0)
    assert Export.objects.count() == len(FORMATS)
    withdraw_layer(layer)
    prepare.remove_stale_files()

    assert Export.objects.count() == 0
    assert files_on_disk() == set()


def test_files_with_a_field_go_when_it_is_hidden(layer):
    prepare.prepare_layer("schools")
    layer.fields.filter(name="caretaker").update(is_public=False)
    describe(layer)

    hide_fields(layer, ["caretaker"])

    assert files_on_disk() == set()
    prepare.prepare_layer("schools")
    for path in store.path_of("").glob("*/*"):
        assert b"caretaker" not in path.read_bytes()


def test_what_is_said_otherwise_now_is_not_given_and_is_made_anew(layer):
    prepare.prepare_layer("schools")
    describe(layer, licence="Another licence")

    assert ready_files(find_layer("schools")) == {}
    prepare.prepare_layer("schools")

    assert len(ready_files(find_layer("schools"))) == len(FORMATS)
    assert b"Another licence" in next(store.path_of("").glob("*/*.geojson")).read_bytes()
    assert len(files_on_disk()) == len(list(store.path_of("").glob("*/*"))) == len(FORMATS)


def test_files_that_another_release_wrote_otherwise_are_made_anew(layer, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(downloads, "WRITTEN_AS", downloads.WRITTEN_AS - 1)
        prepare.prepare_layer("schools")

    assert ready_files(find_layer("schools")) == {}
    assert set(prepare.prepare_layer("schools")) == set(FORMATS)


def test_the_worker_queues_what_was_published_once_and_makes_it(layer):
    queued, again = jobs.queue_downloads(0), jobs.queue_downloads(0)

    assert (queued, again) == (["schools"], [])
    assert set(jobs.prepare_downloads("schools")) == set(FORMATS)
    assert jobs.queue_downloads(0) == []
    empty_queue()


def test_a_layers_page_shows_its_files_with_their_sizes(layer, client):
    before = client.get("/layers/schools").content.decode()
    prepare.prepare_layer("schools")
    after = client.get("/layers/schools").content.decode()

    assert before.count("(made when you ask for it)") == len(FORMATS)
    assert "(made when you ask for it)" not in after
    for download in downloads_of(find_layer("schools")):
        assert f'href="{download.path}"' in after


def test_two_workers_at_once_make_one_set(layer):
    with prepare._only_preparation_of(find_layer("schools")) as is_ours:
        assert is_ours
        other = subprocess.run(
            [sys.executable, "manage.py", "prepare_downloads", "schools"],
            cwd=ROOT,
            env=child_environment(EXPORTS_DIR=str(store.path_of(""))),
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert "nothing was missing" in other.stdout
    assert Export.objects.count() == 0


def test_a_format_that_cannot_be_made_stops_no_other_and_is_left_for_an_hour(layer, monkeypatch):
    def fail(*args, **kwargs):
        raise DownloadFailed("No space left on device")

    monkeypatch.setattr(prepare, "write_binary", fail)

    made = prepare.prepare_layer("schools")

    assert set(made) == {each.name for each in FORMATS.values() if each.is_text}
    assert list(store.path_of("").glob(".being-made-*")) == []
    assert prepare.layers_without_files() == []
    monkeypatch.undo()
    prepare._failed_at.clear()
    assert prepare.layers_without_files() == ["schools"]


def test_a_full_disk_leaves_nothing_that_is_half(layer, settings):
    settings.DOWNLOAD_MAX_BYTES = 10_000  # the child is stopped as it would be by the disk

    made = prepare.prepare_layer("schools")

    assert "gpkg" not in made
    assert Export.objects.filter(format="gpkg").count() == 0
    assert "schools.gpkg" not in files_on_disk()


def test_killed_in_the_middle_it_leaves_nothing_to_be_seen_and_the_next_makes_all(layer):
    features = [MadeFeature(str(n), FEATURE.shape_27700, {"name": "n" * 500}) for n in range(20000)]
    publish_features(layer, features)
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "prepare_downloads", "schools"],
        cwd=ROOT,
        env=child_environment(EXPORTS_DIR=str(store.path_of(""))),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not any(store.path_of("").glob(".being-made-*/*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    worker.wait()

    for export in Export.objects.all():
        assert store.path_of(export.file_name).stat().st_size == export.bytes
    assert Export.objects.count() <= len(files_on_disk()) < len(FORMATS)
    prepare.prepare_layer("schools")
    assert len(ready_files(find_layer("schools"))) == len(FORMATS)


def test_what_dead_processes_left_is_removed_and_what_is_being_made_is_not(layer, monkeypatch):
    monkeypatch.setattr(store, "_OLD_S", -1)
    root = store.path_of("")
    with store.scratch_folder() as at_work:
        left = root / ".being-made-left"
        left.mkdir()
        unknown = root / "9-abc" / "schools.csv"
        unknown.parent.mkdir()
        unknown.write_text("who knows")

        prepare.remove_stale_files()

        assert at_work.exists()
        assert not left.exists()
        assert not unknown.exists()
