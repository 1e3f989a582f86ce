"""Watches that a child's scratch folder does not fill the disk."""

import threading
from collections.abc import Callable
from pathlib import Path

_EVERY_S = 0.25


class FolderGuard:
    """Calls ``on_excess`` once if ``folder`` holds more than ``most_bytes``, while in ``with``.

    The kernel limits each file of a process, and not how many it writes.
    """

    def __init__(self, folder: Path, most_bytes: int, on_excess: Callable[[], None]) -> None:
        self._folder, self._most_bytes, self._on_excess = folder, most_bytes, on_excess
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "FolderGuard":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(_EVERY_S):
            if _size_bytes(self._folder) > self._most_bytes:
                return self._on_excess()
        return None


def _size_bytes(folder: Path) -> int:
    """Return what the files of a folder hold; those that vanish meanwhile count for nothing."""
    total_bytes = 0
    for path in folder.rglob("*"):
        try:
            total_bytes += path.lstat().st_blocks * 512
        except OSError:
            continue
    return total_bytes
