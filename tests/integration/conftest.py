"""Sources are read by warm readers, unless a test is of how readers start."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zlib import crc32

import pytest

if TYPE_CHECKING:
    from tests.factories.warm_reader import WarmReaders

# One test in so many reads as production does, whatever it is of.
_COLD_IN = 12


@pytest.fixture(scope="session")
def _warm_readers() -> "Iterator[WarmReaders]":
    from tests.factories.warm_reader import WarmReaders

    with WarmReaders() as readers:
        yield readers


@pytest.fixture(autouse=True)
def readers(
    request: pytest.FixtureRequest,
    _warm_readers: "WarmReaders",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Have a test read by forked readers, but for those of a mark and a few of all others."""
    is_cold = request.node.get_closest_marker("cold_reader") is not None
    if not is_cold and crc32(request.node.nodeid.encode()) % _COLD_IN:
        monkeypatch.setattr("importers.read.open.start_child", _warm_readers.start_child)
