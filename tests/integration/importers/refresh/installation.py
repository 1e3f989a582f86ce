"""An installation for Smallville whose trees have an address, and a worker to start."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from importers.catalogue.entries import Catalogue
from importers.catalogue.load import load_catalogue
from importers.jobs import queue_due_layers
from importers.models import ImportRun
from layers.models import Edition, Layer
from tests.factories.https_server import Asked, HttpsServer, Reply
from tests.factories.processes import ROOT, child_environment
from tests.factories.source_files import write_csv
from tests.integration.importers.smallville import CATALOGUE_DIR, tree

_WAIT_S = 40.0


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


class Installation:
    """Serves trees, and is refreshed by `refresh_layers` or by workers."""

    def __init__(self, folder: Path, serve: Callable[..., HttpsServer], settings: Any) -> None:
        self.folder, self._settings = folder, settings
        self.reply = Reply(status=404)
        self.server = serve(self._answer)
        self.catalogue_dir = folder / "catalogue"
        shutil.copytree(CATALOGUE_DIR, self.catalogue_dir)
        settings.COUNCIL, settings.CATALOGUE_DIR = "smallville", self.catalogue_dir
        self.say("[source]\n", f'[source]\naddress = "{self.server.address}/trees.csv"\n')

    @property
    def catalogue(self) -> Catalogue:
        return load_catalogue(self.catalogue_dir / "smallville")

    def say(self, before: str, after: str) -> None:
        """Change what the catalogue says of the trees."""
        path = self.catalogue_dir / "smallville/trees.toml"
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after, 1))

    def serve_trees(self, *refs: str, etag: str = "", **values: str) -> None:
        """Serve trees of these references, with an ETag by which they may be asked for again."""
        path = write_csv(self.folder / "served.csv", [tree(ref, **values) for ref in refs])
        headers = {"Content-Type": "text/csv", "ETag": etag}
        self.reply = Reply(path.read_bytes(), headers=headers)

    def manage(self, *arguments: str) -> Done:
        """Run a command in this process, which is quicker than one of its own."""
        said, complained, code = StringIO(), "", 0
        try:
            with redirect_stdout(said):
                call_command(*arguments, stdout=said)
        except CommandError as error:
            complained, code = str(error), error.returncode
        return Done(code, said.getvalue(), complained)

    def start_worker(self, *options: str, **variables: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "manage.py", "procrastinate", "worker", *options],
            cwd=ROOT,
            env=self._environment() | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def work(self, workers: int = 0) -> None:
        """Have all that is queued for now done, by so many processes; by this one if none."""
        if not workers:
            with app.replace_connector(app.connector.get_worker_connector()) as here:
                here.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)
            return
        started = [self.start_worker("--one-shot") for _ in range(workers)]
        said = [worker.communicate(timeout=120)[0] for worker in started]
        assert [worker.returncode for worker in started] == [0] * workers, said

    def refresh_by_schedule(self, workers: int = 0) -> None:
        """Queue what is due, as happens every quarter of an hour, and let workers do it."""
        queue_due_layers(timestamp=0)
        self.work(workers)

    def pass_days(self, days: int) -> None:
        """Make everything that has happened to the trees happen ``days`` earlier."""
        earlier = timedelta(days=days)
        for run in ImportRun.objects.all():
            run.started_at -= earlier
            run.finished_at = run.finished_at and run.finished_at - earlier
            run.save()
        for layer in Layer.objects.all():
            layer.checked_at = layer.checked_at and layer.checked_at - earlier
            layer.failing_since = layer.failing_since and layer.failing_since - earlier
            layer.save()
            for notice in layer.notices.all():
                notice.at -= earlier
                notice.save()
        for edition in Edition.objects.exclude(published_at=None):
            edition.published_at = (edition.published_at or timezone.now()) - earlier
            edition.save()

    def _answer(self, asked: Asked) -> Reply:
        etag = self.reply.headers.get("ETag", "")
        if etag and asked.headers.get("If-None-Match") == etag:
            return Reply(status=304)
        return self.reply

    def _environment(self) -> dict[str, str]:
        names = ("NOTICES_WEBHOOK", "NOTICES_WEBHOOK_SECRET", "SITE_URL")
        return child_environment(
            COUNCIL="smallville",
            CATALOGUE_DIR=str(self.catalogue_dir),
            SOURCES_DIR=str(self._settings.SOURCES_DIR),
            FETCH_CA_FILE=str(self._settings.FETCH_CA_FILE),
            FETCH_INTERNAL_HOSTS=",".join(self._settings.FETCH_INTERNAL_HOSTS),
            **{name: getattr(self._settings, name) for name in names},
        )


def jobs() -> list[tuple[str, str, int, float]]:
    """Return name, status, tries and how many seconds from now each job of the queue runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text, attempts,"
            " coalesce(extract(epoch FROM scheduled_at - now()), 0)"
            " FROM procrastinate_jobs WHERE task_name = 'importers.jobs.refresh_by_schedule'"
            " ORDER BY id"
        )
        return [(name, status, tries, float(in_s)) for name, status, tries, in_s in cursor]


def hurry_queue() -> None:
    """Make every job that waits run now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


@contextmanager
def killed_in_the_end(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _WAIT_S
    while not is_so():
        assert time.monotonic() < deadline, f"{what}: not within {_WAIT_S:.0f} s"
        time.sleep(0.05)
