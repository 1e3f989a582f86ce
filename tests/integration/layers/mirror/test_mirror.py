"""The documented mirror, a database of its own that sees HTTP answers only, ends as its source."""

import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.request import urlopen

import pytest
from pytest_django import DjangoDbBlocker

from layers.models import Edition
from layers.publish import forget_changes, prune_editions, roll_back, withdraw_layer
from tests.factories.processes import ROOT, served_site
from tests.integration.layers.mirror.town import Town

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

PROGRAM = ROOT / "docs/developers/examples/mirror.py"
SEED = int(os.environ.get("DRILL_SEED", "20"))
EDITIONS = 20

Copy = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    with served_site() as port:
        yield port


@pytest.fixture
def town(tmp_path: Path, settings: Any) -> Town:
    settings.SOURCES_DIR = tmp_path / "sources"
    print(f"DRILL_SEED={SEED}")  # noqa: T201  # to run the same again
    return Town(SEED, tmp_path)


@pytest.fixture
def program() -> ModuleType:
    """Return the documented program as a module of its own, so that it may be watched."""
    spec = importlib.util.spec_from_file_location("mirror_under_test", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Mirror:
    """A copy in a file, kept by the program as anybody would run it."""

    def __init__(self, file: Path, port: int) -> None:
        self.file = file
        self.collection = f"http://127.0.0.1:{port}/api/collections/trees"

    def run(self) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, str(PROGRAM), self.collection, str(self.file)],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    def follow(self) -> None:
        done = self.run()
        assert done.returncode == 0, done.stderr

    def copy(self) -> Copy:
        database = sqlite3.connect(self.file)
        rows = database.execute("SELECT id, properties, geometry FROM features").fetchall()
        database.close()
        return {feature_id: (properties, geometry) for feature_id, properties, geometry in rows}


def source(port: int) -> Copy:
    """Return every feature of the source as the API gives the layer whole, page by page."""
    copy: Copy = {}
    address = f"http://127.0.0.1:{port}/api/collections/trees/items?limit=50"
    while address:
        with urlopen(address) as answer:
            page = json.load(answer)
        for each in page["features"]:
            copy[each["id"]] = json.dumps(each["properties"]), json.dumps(each["geometry"])
        links = [link["href"] for link in page["links"] if link["rel"] == "next"]
        address = links[0] if links else ""
    return copy


def test_mirrors_end_equal_to_their_source_after_random_editions(
    port: int, town: Town, tmp_path: Path
) -> None:
    daily, sleepy = (Mirror(tmp_path / f"{name}.sqlite", port) for name in ("daily", "sleepy"))
    town.publish(by_import=True)
    daily.follow()
    sleepy.follow()
    for number in range(EDITIONS):
        done = town.publish_something()
        if done == "withdrawn":
            assert daily.run().returncode == 1
            assert daily.copy() == {}, "a copy of what was withdrawn is to be emptied"
            town.publish(by_import=False)
        daily.follow()
        assert daily.copy() == source(port), f"edition {number}, {done}"
        if town.random.random() < 0.2:
            sleepy.follow()
            assert sleepy.copy() == source(port), f"woken up after edition {number}"

    sleepy.follow()

    assert daily.copy() == sleepy.copy() == source(port)
    assert len(source(port)) > 30
    assert Edition.objects.count() > EDITIONS // 2


def test_a_mirror_that_slept_while_the_record_was_forgotten_copies_the_layer_whole(
    port: int, town: Town, tmp_path: Path
) -> None:
    mirror = Mirror(tmp_path / "mirror.sqlite", port)
    town.publish(by_import=False)
    mirror.follow()
    for _ in range(3):
        town.change()
        town._fell()
        town.publish(by_import=False)
    forget_changes(town.layer, kept_editions=0)
    prune_editions(town.fresh_layer(), kept=0)

    mirror.follow()

    assert mirror.copy() == source(port)
    town.change()
    town.publish(by_import=False)
    mirror.follow()
    assert mirror.copy() == source(port), "and it goes on from there"


@pytest.mark.parametrize("meanwhile", ["published", "rolled back", "withdrawn"])
def test_a_mirror_that_is_half_way_while_the_layer_moves_is_never_half_a_copy(
    port: int, town: Town, tmp_path: Path, program: ModuleType, meanwhile: str
) -> None:
    mirror = Mirror(tmp_path / "mirror.sqlite", port)
    town.publish(by_import=False)
    mirror.follow()
    before = mirror.copy()
    for name in sorted(town.trees)[:40]:
        town.trees[name]["Species"] = "Rowan"
    town.publish(by_import=False)
    expected = source(port)
    pages = 0
    read = program.read

    def read_few(address: str) -> Any:
        nonlocal pages
        pages += 1
        if pages == 2:
            if meanwhile == "published":
                for name in sorted(town.trees)[10:50]:
                    town.trees[name]["Species"] = "Yew"
                town.publish(by_import=False)
            elif meanwhile == "rolled back":
                roll_back(town.fresh_layer())
            else:
                withdraw_layer(town.fresh_layer())
        return read(address if "limit=" in address else f"{address}&limit=7")

    program.read = read_few
    database = sqlite3.connect(mirror.file)
    if meanwhile == "published":
        program.follow(database, mirror.collection)
        assert mirror.copy() == expected, "the edition that it began"
    else:
        with pytest.raises(program.Problem):
            program.follow(database, mirror.collection)
        assert mirror.copy() == ({} if meanwhile == "withdrawn" else before)
    database.close()

    if meanwhile == "withdrawn":
        town.publish(by_import=False)
    mirror.follow()

    assert pages > 1
    assert mirror.copy() == source(port)


def test_a_mirror_gives_up_a_field_that_is_no_longer_public(
    port: int, town: Town, tmp_path: Path
) -> None:
    mirror = Mirror(tmp_path / "mirror.sqlite", port)
    town.publish(by_import=True)
    mirror.follow()
    assert "species" in str(mirror.copy())

    town.hide("species")
    mirror.follow()

    assert "species" not in str(mirror.copy())
    assert mirror.copy() == source(port)
