"""The neighbourhood, published once for the tests of a module that asks for it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from layers.models import Layer


@pytest.fixture(scope="module")
def neighbourhood(django_db_setup: None, django_db_blocker: Any) -> "Iterator[dict[str, Layer]]":
    from tests.factories import drop_everything
    from tests.integration.gazetteer.neighbourhood import publish_neighbourhood

    with django_db_blocker.unblock():
        try:
            yield publish_neighbourhood()
        finally:
            drop_everything()
