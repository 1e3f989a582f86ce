"""Fetching a file: one complete copy named by its content, or one clear sentence."""

import hashlib
import os
from pathlib import Path

import pytest

from importers.errors import SourceUnreadable, WrongUse
from importers.fetch.files import fetch_file, safe_name


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_it_keeps_a_copy_named_by_its_content(tmp_path):
    given = tmp_path / "Bin rounds (final).csv"
    given.write_bytes(b"a,b\n1,2\n")

    source = fetch_file(str(given), tmp_path / "store")

    sha256 = hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert (source.sha256, source.size_bytes, source.name) == (sha256, 8, given.name)
    assert source.path == tmp_path / "store" / sha256[:2] / sha256 / "Bin-rounds-final-.csv"
    assert source.path.read_bytes() == b"a,b\n1,2\n"


def test_its_copy_does_not_change_with_the_original(tmp_path):
    given = tmp_path / "a.csv"
    given.write_bytes(b"before")
    source = fetch_file(str(given), tmp_path / "store")

    given.write_bytes(b"after!")

    assert source.path.read_bytes() == b"before"


def test_it_keeps_the_same_content_once(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(b"same")
    second.write_bytes(b"same")

    kept = fetch_file(str(first), tmp_path / "store")
    again = fetch_file(str(second), tmp_path / "store")

    assert again.path == kept.path
    assert again.name == "b.csv"
    assert files_in(tmp_path / "store") == [kept.path]


def test_it_refuses_an_empty_file_and_leaves_nothing(tmp_path):
    given = tmp_path / "a.csv"
    given.touch()

    with pytest.raises(SourceUnreadable) as caught:
        fetch_file(str(given), tmp_path / "store")

    assert caught.value.code == "EMPTY-FILE"
    assert files_in(tmp_path / "store") == []


def test_it_refuses_a_file_over_the_limit_and_leaves_nothing(tmp_path):
    given = tmp_path / "a.csv"
    given.write_bytes(b"12345")

    with pytest.raises(SourceUnreadable) as caught:
        fetch_file(str(given), tmp_path / "store", max_bytes=4)

    assert caught.value.code == "TOO-BIG"
    assert files_in(tmp_path / "store") == []


def test_it_refuses_what_is_missing_or_a_folder(tmp_path):
    for given in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(WrongUse, match=str(given)):
            fetch_file(str(given), tmp_path / "store")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_it_refuses_a_file_that_the_account_may_not_read(tmp_path):
    given = tmp_path / "a.csv"
    given.write_bytes(b"a")
    given.chmod(0)

    with pytest.raises(SourceUnreadable) as caught:
        fetch_file(str(given), tmp_path / "store")

    assert caught.value.code == "FILE-UNREADABLE"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("-rf.zip", "rf.zip"),
        ("x" * 300 + ".csv.gz", "x" * 93 + ".csv.gz"),
        ("...", "source"),
    ],
)
def test_a_safe_name_keeps_the_ending_and_nothing_harmful(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "name", ["a" * 300 + ".csv", "a/" * 2500 + "a.csv"], ids=["a long name", "a long path"]
)
def test_a_name_that_the_system_cannot_hold_is_refused_in_words(tmp_path, name):
    with pytest.raises(SourceUnreadable, match="cannot be read") as caught:
        fetch_file(f"{tmp_path}/{name}", tmp_path / "store")

    assert caught.value.code == "FILE-UNREADABLE"


def test_the_home_of_somebody_unknown_is_a_file_that_is_not_there(tmp_path):
    with pytest.raises(WrongUse, match="There is no file"):
        fetch_file("~nobody-of-that-name/x.csv", tmp_path / "store")


def test_a_file_that_fails_while_it_is_read_is_refused_and_leaves_nothing(tmp_path):
    # Reading this address of one's own memory is an input/output error.
    with pytest.raises(SourceUnreadable, match="cannot be read"):
        fetch_file("/proc/self/mem", tmp_path / "store")

    assert files_in(tmp_path) == []
