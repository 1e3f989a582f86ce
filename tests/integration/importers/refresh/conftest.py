"""Smallville, whose trees are fetched from a server on this machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.importers.fetch.conftest import _drop_editions, serve

if TYPE_CHECKING:
    from tests.integration.importers.refresh.installation import Installation

__all__ = ["_drop_editions", "serve"]


@pytest.fixture
def smallville(serve: Any, tmp_path: Path, settings: Any) -> Iterator["Installation"]:
    from tests.factories.clean import drop_everything
    from tests.factories.database import empty_queue
    from tests.integration.importers.refresh.installation import Installation

    empty_queue()
    yield Installation(tmp_path, serve, settings)
    empty_queue()
    drop_everything()
