"""Fetching by the command, as an operator or a schedule does it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from importers.models import ImportRun
from layers.models import Layer
from tests.factories.clean import drop_everything
from tests.factories.https_server import Answering, HttpsServer, Reply
from tests.factories.map_servers import WfsServer
from tests.factories.processes import ROOT, child_environment
from tests.integration.importers.smallville import CATALOGUE_DIR, good_trees

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

Serve = Callable[[Answering], HttpsServer]


class Operator:
    """An installation whose catalogue says where the trees are fetched from."""

    def __init__(self, folder: Path, server: HttpsServer, settings: Any) -> None:
        self.folder, self._server, self._settings = folder, server, settings
        self.sources = folder / "sources"
        shutil.copytree(CATALOGUE_DIR, folder / "catalogue")

    def say_address(self, address: str, *more: str) -> None:
        path = self.folder / "catalogue/smallville/trees.toml"
        lines = "\n".join((f'address = "{address}"', *more))
        path.write_text(path.read_text().replace("[source]\n", f"[source]\n{lines}\n"))

    def allow_hosts(self, *hosts: str) -> None:
        path = self.folder / "catalogue/smallville/council.toml"
        path.write_text(f"hosts = {list(hosts)}\n{path.read_text()}".replace("'", '"'))

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "manage.py", "import_layer", "trees", *arguments],
            cwd=ROOT,
            env=child_environment(
                COUNCIL="smallville",
                CATALOGUE_DIR=str(self.folder / "catalogue"),
                SOURCES_DIR=str(self.sources),
                FETCH_CA_FILE=str(self._settings.FETCH_CA_FILE),
                FETCH_INTERNAL_HOSTS=",".join(self._settings.FETCH_INTERNAL_HOSTS),
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        process = self.start(*arguments)
        said, complained = process.communicate(timeout=300)
        return process.returncode, said + complained


@pytest.fixture
def server(serve: Any, tmp_path: Path) -> HttpsServer:
    good = good_trees(tmp_path).read_bytes()
    started: HttpsServer = serve(lambda asked: Reply(good, headers={"Content-Type": "text/csv"}))
    return started


@pytest.fixture
def operator(tmp_path: Path, server: HttpsServer, settings: Any) -> Operator:
    return Operator(tmp_path, server, settings)


def test_a_layer_is_fetched_from_where_its_catalogue_says(
    operator: Operator, server: HttpsServer
) -> None:
    operator.say_address(f"{server.address}/trees.csv")

    code, said = operator.run()

    assert code == 0, said
    assert Layer.objects.get(slug="trees").published_edition.feature_count == 3
    assert ImportRun.objects.get().source == f"{server.address}/trees.csv"


def test_an_address_may_be_given_if_its_host_is_allowed(
    operator: Operator, server: HttpsServer
) -> None:
    operator.allow_hosts("localhost")

    code, said = operator.run("--source", f"{server.address}/trees.csv")

    assert code == 0, said


def test_an_address_on_another_host_is_wrong_use(operator: Operator, server: HttpsServer) -> None:
    operator.allow_hosts("maps.example.gov.uk")

    code, said = operator.run("--source", f"{server.address}/trees.csv")

    assert code == 2
    assert "hosts in council.toml" in said
    assert server.asked == []


def test_without_an_address_the_command_says_how_to_get_the_file(operator: Operator) -> None:
    code, said = operator.run()

    assert code == 2
    assert "Ask the tree officer" in said


def test_i16_a_fetch_that_is_killed_leaves_nothing_that_the_next_does_not_clear(
    operator: Operator, server: HttpsServer
) -> None:
    """Two at once: see test_pipeline_at_once, whose lock is taken before anything is fetched."""
    some = [
        {"TreeRef": f"T{n}", "Species": "Oak", "x": 405_000.0 + n, "y": 285_000.0}
        for n in range(1, 6)
    ]
    wfs = WfsServer(some)
    kept = ("service = 'wfs'", "type_name = 'ms:trees'", "page_size = 2")
    operator.say_address(f"{server.address}/wfs", *kept)

    def slow_on_page_two(asked: Any) -> Reply:
        reply = wfs(asked)
        slow = asked.parameters.get("startIndex") == "2"
        return Reply(reply.body, headers=reply.headers, pause_s=0.2 if slow else 0.0)

    server.answering = slow_on_page_two
    process = operator.start()
    while not any(asked.parameters.get("startIndex") == "2" for asked in server.asked):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert list(operator.sources.glob(".pages-*")), "it was not killed while fetching"

    server.answering = wfs
    code, said = operator.run()

    assert code == 0, said
    assert list(operator.sources.glob(".pages-*")) == []
    outcomes = ImportRun.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["interrupted", "published"]


@pytest.fixture(autouse=True)
def _clean() -> Any:
    yield
    drop_everything()
