import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import importers.read.open
from tests.integration.importers.walls.canary import Canary


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    canary = Canary(tmp_path / "canary")
    try:
        yield canary
    finally:
        canary.close()


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which readings get their scratch folders; it must end empty."""
    # Under the system's own, because another account may not enter a test's folder.
    with tempfile.TemporaryDirectory(prefix="walls-") as folder:
        Path(folder).chmod(0o711)
        monkeypatch.setattr("tempfile.tempdir", folder)
        yield Path(folder)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """Return the children that were started, as they come."""
    children: list[subprocess.Popen[bytes]] = []
    start_child = importers.read.open.start_child

    def start_and_remember(*arguments: Any, **options: Any) -> Any:
        started = start_child(*arguments, **options)
        children.append(started[0])
        return started

    monkeypatch.setattr(importers.read.open, "start_child", start_and_remember)
    return children
