"""Smallville's desk, with a layer of trees and nothing published."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:
    from tests.integration.desk.at_desk import Desk


@pytest.fixture
def desk(tmp_path: Path, settings: Settings, transactional_db: None) -> "Iterator[Desk]":
    # Here, because a conftest may be read before Django is set up.
    from desk.groups import make_groups
    from importers.catalogue.load import load_catalogue
    from importers.catalogue.sync import sync_catalogue
    from tests.factories.database import drop_edition_tables, empty_queue
    from tests.integration.desk.at_desk import CATALOGUE_DIR, Desk

    settings.SOURCES_DIR, settings.INBOX_DIR = tmp_path / "sources", tmp_path / "inbox"
    settings.CATALOGUE_DIR, settings.COUNCIL = CATALOGUE_DIR, "smallville"
    empty_queue()
    # Tests that commit empty every table afterwards, that of the groups too.
    make_groups()
    sync_catalogue(load_catalogue(CATALOGUE_DIR / "smallville"))
    yield Desk()
    drop_edition_tables()
