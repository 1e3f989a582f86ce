"""`COUNCIL` set to another council's folder, in a database that holds a council's layers."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from importers.catalogue.entries import Catalogue
from importers.catalogue.load import load_catalogue
from importers.catalogue.sync import sync_catalogue
from importers.errors import OtherCouncilInDatabase
from layers.models import Layer, Organisation
from tests.factories.database import drop_edition_tables
from tests.factories.processes import run_manage
from tests.integration.importers.smallville import (
    CATALOGUE_DIR,
    Smallville,
    good_trees,
    published_state,
)

pytestmark = pytest.mark.django_db(transaction=True)

SMALLVILLE = load_catalogue(CATALOGUE_DIR / "smallville")


@pytest.fixture
def smallville(tmp_path: Path, transactional_db: None) -> Iterator[Smallville]:
    yield Smallville(tmp_path)
    drop_edition_tables()


class Elsewhere:
    """A council with a layer of trees too, whose catalogue is kept in the test's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        council = Path(shutil.copytree(CATALOGUE_DIR / "smallville", folder / "new/elsewhere"))
        text = (council / "council.toml").read_text()
        text = text.replace("Smallville Council", "Elsewhere Council")
        (council / "council.toml").write_text(text.replace("E07000001", "E07000002"))

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return run_manage(
            *arguments,
            COUNCIL="elsewhere",
            CATALOGUE_DIR=str(self.folder / "new"),
            SOURCES_DIR=str(self.folder / "sources"),
        )


def whole_state() -> tuple[Any, ...]:
    return published_state(), list(Organisation.objects.values()), list(Layer.objects.values())


def with_council(**said: str) -> Catalogue:
    return replace(SMALLVILLE, council=replace(SMALLVILLE.council, **said))


def test_another_council_is_refused_before_anything_is_changed(
    smallville: Smallville, tmp_path: Path
) -> None:
    smallville.publish_trees()
    elsewhere = Elsewhere(tmp_path)
    before = whole_state()

    synced = elsewhere.manage("sync_catalogue")
    imported = elsewhere.manage(
        "import_layer", "trees", "--source", str(good_trees(tmp_path)), "--dry-run"
    )

    for done in (synced, imported):
        assert done.returncode == 2
        assert done.stderr.startswith("CommandError: This database holds layers of Smallville")
        assert "a database of its own" in done.stderr
        assert "COUNCIL=smallville as before" in done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
    assert whole_state() == before


def test_the_council_that_was_refused_does_not_stop_the_first(
    smallville: Smallville, tmp_path: Path
) -> None:
    smallville.publish_trees()
    Elsewhere(tmp_path).manage("sync_catalogue")

    again = smallville.manage("sync_catalogue")

    assert again.returncode == 0, again.stderr
    assert "Smallville Council" in again.stdout


@pytest.mark.parametrize(
    "said",
    [
        {"slug": "new-smallville", "name": "New Smallville"},
        {"gss_code": "E06000099", "name": "New Smallville"},
    ],
    ids=["of another folder", "of another code"],
)
def test_a_council_that_was_renamed_keeps_its_layers(
    smallville: Smallville, said: dict[str, str]
) -> None:
    smallville.publish_trees()
    before = published_state()["features"]

    sync_catalogue(with_council(**said))

    renamed = Organisation.objects.get()
    assert {name: getattr(renamed, name) for name in said} == said
    assert Layer.objects.get().organisation == renamed
    assert published_state()["features"] == before


def test_a_folder_of_one_council_with_the_code_of_another_is_refused(
    smallville: Smallville,
) -> None:
    smallville.publish_trees()
    Organisation.objects.create(
        slug="elsewhere", name="Elsewhere", gss_code="E07000002", extent_27700=[0, 0, 1, 1]
    )

    with pytest.raises(OtherCouncilInDatabase, match="Smallville Council"):
        sync_catalogue(with_council(gss_code="E07000002"))
