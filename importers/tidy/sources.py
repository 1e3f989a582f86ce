"""Throws away sources that nothing needs any more, and what a killed import left beside them."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from importers.decide import WAITING
from importers.fetch.workplace import clear_abandoned
from importers.models import ImportRun
from layers.models import Edition
from layers.publish import is_attached

_DAY_S = 86_400
_UNFINISHED = (*WAITING, ImportRun.Outcome.QUEUED, ImportRun.Outcome.RUNNING)
_IN_HEX = "[0-9a-f]"


def forget_sources(days: int) -> int:
    """Delete sources that were last used more than ``days`` days ago; return how many.

    Never one that an edition was made from which is still kept, or whose import waits.
    """
    kept = _needed()
    sources_dir = settings.SOURCES_DIR
    forgotten = [
        folder
        for folder in _folders(sources_dir)
        if folder.name not in kept and _is_older(folder, days * _DAY_S)
    ]
    for folder in forgotten:
        shutil.rmtree(folder)
    _forget_notes(sources_dir, days)
    return len(forgotten)


def clear_arrivals() -> None:
    """Delete files that were arriving when their import was killed, a day ago or longer."""
    sources_dir = settings.SOURCES_DIR
    if not sources_dir.is_dir():
        return
    clear_abandoned(sources_dir)
    for path in sources_dir.glob(".arriving-*"):
        if _is_older(path, _DAY_S):
            path.unlink(missing_ok=True)


def _needed() -> set[str]:
    """Return the SHA-256 of every source that must stay."""
    kept = {
        edition.source_sha256
        for edition in Edition.objects.only("source_sha256")
        if is_attached(edition.pk)
    }
    unfinished = ImportRun.objects.filter(outcome__in=_UNFINISHED)
    return kept | set(unfinished.values_list("source_sha256", flat=True))


def _folders(sources_dir: Path) -> Iterator[Path]:
    """Yield the folder of each kept source: ``ab/ab12…``, named by its content."""
    for folder in sources_dir.glob(f"{_IN_HEX * 2}/{_IN_HEX * 64}"):
        if folder.is_dir():
            yield folder


def _is_older(path: Path, seconds: float) -> bool:
    """Return whether ``path``, and all in it, was last touched more than ``seconds`` ago."""
    try:
        newest = max(each.stat().st_mtime for each in (path, *path.glob("*")))
    except FileNotFoundError:
        return False  # somebody else was quicker
    return time.time() - newest > seconds


def _forget_notes(sources_dir: Path, days: int) -> None:
    """Delete what is remembered of addresses that were not asked for so long."""
    for note in sources_dir.glob("addresses/*"):
        if _is_older(note, days * _DAY_S):
            note.unlink(missing_ok=True)
