"""A folder to put pages in while they arrive, which the next fetch clears if this one is killed."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".pages-"
_LOCK = "lock"


@contextmanager
def workplace(sources_dir: Path) -> Iterator[Path]:
    """Give an empty folder beside the kept sources until the block ends.

    Its lock is the system's, which lets go of it when this process dies, in whatever way.
    """
    clear_abandoned(sources_dir)
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=sources_dir) as folder,
        (Path(folder) / _LOCK).open("w") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(folder)


def clear_abandoned(sources_dir: Path) -> None:
    """Remove the folders of fetches that were killed; those that are at work are left alone."""
    for folder in sources_dir.glob(f"{_PREFIX}*"):
        try:
            with (folder / _LOCK).open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except (BlockingIOError, FileNotFoundError):  # at work, or about to be
            continue
