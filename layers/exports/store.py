"""Where the files of whole layers lie, and how they come and go: never half of one."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

_SCRATCH = ".being-made-"
_BLOCK = 1 << 20


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder for files being made, and remove it with all that is left in it."""
    settings.EXPORTS_DIR.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_SCRATCH}{os.getpid()}-", dir=settings.EXPORTS_DIR))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
    """Delete files that no row knows and what dead processes left; return how many."""
    removed = 0
    for path in list(settings.EXPORTS_DIR.glob("*")):
        if path.name.startswith(_SCRATCH):
            if not _is_running(path.name):
                shutil.rmtree(path, ignore_errors=True)
                removed += 1
            continue
        for file in path.glob("*") if path.is_dir() else ():
            if f"{path.name}/{file.name}" not in known:
                file.unlink(missing_ok=True)
                removed += 1
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return removed


def _is_running(name: str) -> bool:
    process_id = name.removeprefix(_SCRATCH).partition("-")[0]
    return Path("/proc", process_id).exists()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
