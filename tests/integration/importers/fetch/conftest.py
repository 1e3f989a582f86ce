"""Smallville fetches from servers on this machine, as an operator lets it from an intranet."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.factories.https_server import Answering, HttpsServer


@pytest.fixture
def serve(settings: Any, tmp_path: Path) -> Iterator[Any]:
    """Start a server whose certificate and private address the operator has allowed."""
    # Not above: pytest may read this file before Django is set up.
    from tests.factories.https_server import authority_file, https_server

    settings.FETCH_CA_FILE = authority_file(tmp_path)
    settings.FETCH_INTERNAL_HOSTS = []
    with ExitStack() as stack:

        def start(answering: "Answering", **options: Any) -> "HttpsServer":
            server = stack.enter_context(https_server(answering, **options))
            settings.FETCH_INTERNAL_HOSTS = [*settings.FETCH_INTERNAL_HOSTS, server.internal_host]
            return server

        yield start


@pytest.fixture(autouse=True)
def _drop_editions(transactional_db: None) -> Iterator[None]:
    from tests.factories.database import drop_edition_tables

    yield
    drop_edition_tables()
