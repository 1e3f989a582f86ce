"""A shapefile that was not zipped is kept whole: its parts are gathered from beside it."""

import os
import zipfile

import pytest

from importers.errors import SourceUnreadable
from importers.fetch.files import fetch_file
from importers.fetch.parts import find_parts

PARTS = ("Trees.SHP", "trees.shx", "trees.dbf", "trees.prj")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    for name in (*PARTS, "trees.sbn", "trees.shp.xml", "other.dbf"):
        (folder / name).write_bytes(name.encode())
    return folder


def test_the_parts_of_a_shapefile_are_kept_as_one_zip(folder, tmp_path):
    source = fetch_file(str(folder / "Trees.SHP"), tmp_path / "store")

    assert source.name == "Trees.SHP.zip"
    with zipfile.ZipFile(source.path) as archive:
        assert sorted(archive.namelist()) == sorted(PARTS)
        assert archive.read("trees.dbf") == b"trees.dbf"


def test_the_same_parts_are_the_same_source_whenever_they_were_written(folder, tmp_path):
    first = fetch_file(str(folder / "Trees.SHP"), tmp_path / "store")
    os.utime(folder / "trees.dbf", (0, 0))

    second = fetch_file(str(folder / "Trees.SHP"), tmp_path / "store")

    assert second.sha256 == first.sha256


def test_a_part_that_changed_makes_another_source(folder, tmp_path):
    first = fetch_file(str(folder / "Trees.SHP"), tmp_path / "store")
    (folder / "trees.dbf").write_bytes(b"changed")

    assert fetch_file(str(folder / "Trees.SHP"), tmp_path / "store").sha256 != first.sha256


@pytest.mark.parametrize("name", ["lonely.shp", "table.csv"])
def test_what_stands_alone_has_no_parts(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "table.dbf").write_bytes(b"x")

    assert find_parts(tmp_path / name) == []


def test_parts_that_are_too_big_together_are_refused(folder, tmp_path):
    with pytest.raises(SourceUnreadable) as caught:
        fetch_file(str(folder / "Trees.SHP"), tmp_path / "store", max_bytes=20)

    assert caught.value.code == "TOO-BIG"
