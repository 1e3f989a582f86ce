"""Files that arrive by a browser, and how long they stay."""

import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from importers.errors import SourceUnreadable
from importers.inbox import discard_arrival, find_arrival, receive


@pytest.fixture(autouse=True)
def inbox(tmp_path: Path, settings: Settings) -> Path:
    settings.INBOX_DIR = tmp_path / "inbox"
    return tmp_path / "inbox"


def test_a_file_lies_under_a_name_that_says_nothing_for_its_owner_alone():
    arrival = receive([SimpleUploadedFile("Trees of Ms Smith.csv", b"ref\n1\n")])

    path = find_arrival(arrival.arrived_as)
    assert path.read_bytes() == b"ref\n1\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Smith" not in path.name
    assert arrival.given_name == "Trees of Ms Smith.csv"


def test_parts_of_one_source_are_kept_together_unopened():
    uploads = [SimpleUploadedFile(f"trees.{part}", part.encode()) for part in ("shp", "dbf")]

    arrival = receive(uploads)

    assert arrival.given_name == "trees.zip"
    with zipfile.ZipFile(find_arrival(arrival.arrived_as)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "trees.shp": b"shp",
            "trees.dbf": b"dbf",
        }


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", "0" * 32])
def test_nothing_outside_the_inbox_is_found(name, inbox):
    inbox.mkdir()
    (inbox.parent / "secret").write_text("secret")

    with pytest.raises(SourceUnreadable) as caught:
        find_arrival(name)

    assert caught.value.code == "INBOX-EMPTY"


def test_a_name_that_is_a_path_is_not_deleted(inbox):
    inbox.mkdir()
    (inbox.parent / "kept").write_text("kept")

    discard_arrival("../kept")

    assert (inbox.parent / "kept").exists()
