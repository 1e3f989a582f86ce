"""Checks that are compared with numbers take their time, however busy the machine is."""

from collections.abc import Iterator

import pytest
from django.db import connections


@pytest.fixture
def patient(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # This file is read before Django is set up.
    from planning.query import measure

    monkeypatch.setattr(measure, "ONE_TIMEOUT_MS", 60_000)
    monkeypatch.setattr(measure, "MOST_S", 120.0)
    with connections["read"].cursor() as cursor:
        cursor.execute("SET statement_timeout = 60000")
    yield
    # The next test opens one of its own, in no more time than usual.
    connections["read"].close()
