"""What every import in a test needs: a store of sources that goes with the test."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def sources_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.SOURCES_DIR = tmp_path / "sources"
    return Path(settings.SOURCES_DIR)
