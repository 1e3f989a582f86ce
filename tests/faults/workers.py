"""Two workers on one queue, one of which can be killed where it hurts."""

import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from importers.jobs import queue_decision, queue_import, resume_what_was_asked
from importers.models import Decision, ImportRun
from layers.models import Layer
from tests.factories.processes import ROOT, child_environment
from tests.faults.tree_imports import write_trees

_ABOUT_A_LAYER = "import_queued|carry_out"
_LONGEST_S = 60.0
OFFICER = "officer"


class Workers(AbstractContextManager["Workers"]):
    """Both run from ``with`` to its end; the one that died is replaced at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kill_file = folder / "kill-at"
        self.scratch_dir = folder / "scratch"
        self.scratch_dir.mkdir()
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Workers":
        self._running = [self._start(), self._start()]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._running:
            worker.kill()
            worker.wait()

    def ask_import(self, name: str, count: int, *, publish: bool = True) -> ImportRun:
        """Put a file of trees that are all called ``name`` into the inbox, as a browser does."""
        arrived_as = secrets.token_hex(16)
        settings.INBOX_DIR.mkdir(exist_ok=True)
        write_trees(settings.INBOX_DIR / arrived_as, name, count)
        run = ImportRun(
            layer=Layer.objects.get(slug="trees"),
            source=f"{name}.csv",
            arrived_as=arrived_as,
            asked_by=OFFICER,
            wants_publishing=publish,
        )
        queue_import(run)
        return run

    def decide(
        self, verb: str, run: ImportRun | None = None, edition_id: int | None = None
    ) -> None:
        layer = Layer.objects.get(slug="trees")
        queue_decision(
            Decision(layer=layer, verb=verb, run=run, edition_id=edition_id, asked_by=OFFICER)
        )

    def kill_at(self, point: str) -> None:
        """Have the first worker that comes to ``point`` die there."""
        self._kill_file.write_text(point)

    def wait_for_death(self) -> None:
        """Wait until a worker has died, put another in its place, and give its job back."""
        deadline = time.monotonic() + _LONGEST_S
        while not (dead := [each for each in self._running if each.poll() is not None]):
            assert time.monotonic() < deadline, f"nobody came to {self._kill_file.read_text()}"
            time.sleep(0.02)
        (worker,) = dead
        assert worker.returncode == -signal.SIGKILL
        _make_stalled()
        self._running.remove(worker)
        self._running.append(self._start())

    def finish(self) -> None:
        """Wait until every job is done, giving back those of the dead as the service does."""
        deadline = time.monotonic() + _LONGEST_S
        while jobs := _unfinished():
            assert time.monotonic() < deadline, jobs
            async_to_sync(resume_what_was_asked.func)(SimpleNamespace(app=app), 0)
            time.sleep(0.1)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.killed_worker", str(self._kill_file)],
            cwd=ROOT,
            env=child_environment(
                SOURCES_DIR=str(settings.SOURCES_DIR),
                INBOX_DIR=str(settings.INBOX_DIR),
                EDITIONS_KEPT="1",
                TMPDIR=str(self.scratch_dir),
            ),
            stderr=subprocess.DEVNULL if not os.environ.get("DRILL_VERBOSE") else None,
        )


def _make_stalled() -> None:
    """Let the dead worker have been silent for a minute.

    Jobs of one layer follow one another: what is being done to it now, nobody else is doing. The
    other worker may be at what comes by the clock.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
            " WHERE id IN (SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing'"
            f" AND task_name ~ '{_ABOUT_A_LAYER}')"
        )


def _unfinished() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, status, attempts, args FROM procrastinate_jobs"
            f" WHERE status IN ('todo', 'doing') AND task_name ~ '{_ABOUT_A_LAYER}'"
        )
        return cursor.fetchall()
