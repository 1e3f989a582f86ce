"""Each test begins with nothing counted and no key remembered."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    from access.shown_keys import forget_keys

    forget_keys()
    yield
    forget_keys()
