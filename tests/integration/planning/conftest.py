"""Checks that are compared with numbers take their time, however busy the machine is."""

import pytest


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    # This file is read before Django is set up.
    from planning.query import measure

    for name in ("ALL_TIMEOUT_MS", "ONE_TIMEOUT_MS"):
        monkeypatch.setattr(measure, name, 60_000)
    monkeypatch.setattr(measure, "MOST_S", 120.0)
