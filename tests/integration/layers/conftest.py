"""A small city published once for each module that only reads it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.factories.city import City


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> "Iterator[City]":
    """Publish the city before the module's first test, and drop it after the last.

    Tests that use it must not write: each sees what the others left.
    """
    # Here, because a conftest may be read before Django is set up.
    from tests.factories import drop_everything
    from tests.factories.city import City

    with django_db_blocker.unblock():
        try:
            yield City()
        finally:
            drop_everything()
