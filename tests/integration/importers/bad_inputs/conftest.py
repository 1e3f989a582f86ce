"""A layer of trees for bad files: three are published, and what a file did is held against them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.importers.bad_inputs.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, transactional_db: None) -> "Iterator[Desk]":
    # Not above: pytest may read this file before Django is set up.
    from tests.factories.database import drop_edition_tables
    from tests.integration.importers.bad_inputs.desk import Desk

    desk = Desk(tmp_path)
    desk.publish_three_trees()
    yield desk
    drop_edition_tables()
