"""A browser of pages, which need no style sheets to have been collected."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings

_PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(STORAGES={**settings.STORAGES, **_PLAIN_STATIC_FILES}):
        yield Client()
