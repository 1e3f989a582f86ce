"""One layer of polygons with everything in its fields that a format could get wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from layers.query.registry import PublishedLayer


@pytest.fixture(scope="module")
def exports_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have files made in a folder of the test's own."""
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("exports")
    with override_settings(EXPORTS_DIR=folder):
        yield folder


@pytest.fixture(scope="module")
def hard(
    django_db_setup: None, django_db_blocker: Any, exports_dir: Path
) -> "Iterator[PublishedLayer]":
    """Publish the layer once; no test may change it."""
    from layers.query.registry import find_layer
    from tests.factories import drop_everything
    from tests.integration.layers.exports.hard_layer import publish_hard_layer

    with django_db_blocker.unblock():
        try:
            publish_hard_layer()
            yield find_layer("hard")
        finally:
            drop_everything()
