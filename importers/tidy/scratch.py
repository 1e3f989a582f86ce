"""Removes what killed imports left outside the store: folders of readers, files in the inbox."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings

from importers.models import ImportRun
from importers.read.open import SCRATCH_PREFIX

_DAY_S = 86_400
_INBOX_DAYS = 7
_UNFINISHED = (ImportRun.Outcome.QUEUED, ImportRun.Outcome.RUNNING)


def clear_scratch_folders() -> int:
    """Delete folders of readers that ended a day ago or longer, and return how many.

    No reader may take as long as that, so whoever made them is dead.
    """
    old = [
        folder
        for folder in Path(tempfile.gettempdir()).glob(f"{SCRATCH_PREFIX}*")
        if _is_ours(folder) and _is_older(folder, _DAY_S)
    ]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def clear_inbox() -> int:
    """Delete files that came in a browser a week ago and are not waited for; return how many."""
    waited_for = set(
        ImportRun.objects.filter(outcome__in=_UNFINISHED).values_list("arrived_as", flat=True)
    )
    if not settings.INBOX_DIR.is_dir():
        return 0
    old = [
        path
        for path in settings.INBOX_DIR.iterdir()
        if path.name not in waited_for and _is_older(path, _INBOX_DAYS * _DAY_S)
    ]
    for path in old:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(old)


def _is_older(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.lstat().st_mtime > seconds
    except FileNotFoundError:
        return False


def _is_ours(folder: Path) -> bool:
    """Return whether this account may have made ``folder``; root hands its own to others."""
    try:
        owner = folder.lstat().st_uid
    except FileNotFoundError:
        return False
    return not folder.is_symlink() and (os.geteuid() == 0 or owner == os.geteuid())
