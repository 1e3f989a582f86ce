"""Where the files of whole layers lie, and how they come and go: never half of one."""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

_SCRATCH = ".being-made-"
_BLOCK = 1 << 20
_OLD_S = 600


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder for files being made, and remove it with all that is left in it."""
    settings.EXPORTS_DIR.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=settings.EXPORTS_DIR))
    # Let go of by the system when we die, in whichever container: see `remove_unknown`.
    lock = os.open(folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def path_of(file_name: str) -> Path:
    """Return where a file of that name lies."""
    path: Path = settings.EXPORTS_DIR / file_name
    return path


def put_in_place(made: Path, file_name: str) -> tuple[int, str]:
    """Give a complete file its name, durably; return its bytes and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with made.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
        os.fsync(file.fileno())
    target = path_of(file_name)
    target.parent.mkdir(parents=True, exist_ok=True)
    # The web process may be another account's.
    made.chmod(0o644)
    made.replace(target)
    _sync_folder(target.parent)
    return size, digest.hexdigest()


def remove_file(file_name: str) -> None:
    """Delete a file, and its folder if nothing is left there."""
    path = path_of(file_name)
    path.unlink(missing_ok=True)
    with suppress(OSError):  # others lie there, or it is gone
        path.parent.rmdir()


def remove_unknown(known: set[str]) -> int:
    """Delete files that no row knows and what dead processes left; return how many.

    Not what is younger than some minutes: its row may be about to be written.
    """
    removed = 0
    for folder in list(settings.EXPORTS_DIR.glob("*")):
        if folder.name.startswith(_SCRATCH):
            removed += _remove_abandoned(folder)
            continue
        for file in list(folder.glob("*")):
            if f"{folder.name}/{file.name}" not in known and _is_old(file):
                file.unlink(missing_ok=True)
                removed += 1
        with suppress(OSError):  # there are files in it, or it is none
            folder.rmdir()
    return removed


def _remove_abandoned(folder: Path) -> int:
    try:
        lock = os.open(folder, os.O_RDONLY)
    except OSError:
        return 0
    try:
        if not _is_old(folder):
            return 0
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
        return 1
    except BlockingIOError:
        return 0  # somebody is at work there
    finally:
        os.close(lock)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _OLD_S
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
