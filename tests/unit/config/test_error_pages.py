"""What people are told when no view could answer."""

import logging

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client, override_settings
from django.urls import path

from config import urls


def fail_by(error: type[Exception]) -> None:
    raise error("FATAL: no")


urlpatterns = [
    path("layers/without-database", lambda _: fail_by(OperationalError)),
    path("layers/cut-off", lambda _: fail_by(InterfaceError)),
    path("layers/fault", lambda _: fail_by(ZeroDivisionError)),
    *urls.urlpatterns,
]
handler500 = "config.error_pages.server_error"


@pytest.mark.parametrize(
    ("name", "status"), [("without-database", 503), ("cut-off", 503), ("fault", 500)]
)
@override_settings(ROOT_URLCONF="tests.unit.config.test_error_pages")
def test_only_what_passes_by_itself_is_called_unavailable(name: str, status: int) -> None:
    response = Client(raise_request_exception=False).get(f"/layers/{name}")

    assert response.status_code == status
    assert ("Retry-After" in response) == (status == 503)
    assert b"there is a problem with this service" in response.content
    assert b"FATAL" not in response.content


def test_what_callers_got_wrong_is_not_written_down() -> None:
    for kind in ("DisallowedHost", "TooManyFieldsSent", "RequestDataTooBig"):
        assert not logging.getLogger(f"django.security.{kind}").isEnabledFor(logging.ERROR)


def test_a_refused_form_of_officers_is_written_down_without_its_address() -> None:
    logger = logging.getLogger("django.security.csrf")
    handler = logger.handlers[0]
    record = logger.makeRecord(logger.name, logging.WARNING, "", 0, "No: %s", ("/B1",), None)

    assert not logger.propagate
    assert handler.filter(record)
    assert "B1" not in handler.format(record)
