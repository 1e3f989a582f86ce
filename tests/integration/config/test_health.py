"""/healthz, /readyz and /metrics say what is so."""

import pytest
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from config import health
from layers.errors import DatumShiftWrong
from layers.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.fixture
def council() -> None:
    call_command("sync_catalogue")


def missing(client: Client) -> dict[str, str]:
    return {fault["check"]: fault["detail"] for fault in client.get("/readyz").json()["missing"]}


def test_alive_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "alive"})


def test_ready_when_nothing_is_missing(client: Client, council: None) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ready", "missing": []})


def test_a_council_that_is_not_set_up_is_missing(client: Client) -> None:
    assert not Organisation.objects.exists()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "manage.py sync_catalogue" in missing(client)["council"]


def test_a_wrong_datum_shift_is_missing(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise DatumShiftWrong("1.7 m off")

    monkeypatch.setattr(health, "check_datum_shift", fail)

    assert missing(client) == {"datum_shift": "1.7 m off"}


def test_a_migration_that_is_not_applied_is_missing(
    client: Client, council: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied = MigrationRecorder.applied_migrations

    def none_of_layers(recorder: MigrationRecorder) -> object:
        return {key: row for key, row in applied(recorder).items() if key[0] != "layers"}

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", none_of_layers)

    assert "Run `manage.py migrate`" in missing(client)["migrations"]


def test_metrics_are_in_the_format_of_prometheus(client: Client, council: None) -> None:
    client.get("/healthz")

    response = client.get("/metrics")

    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert b'council_maps_requests_total{status="200",view="alive"}' in response.content
    assert b"# TYPE council_maps_edition_age_seconds gauge" in response.content


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_what_watches_is_never_answered_from_a_cache(client: Client, address: str) -> None:
    assert "no-store" in client.get(address).headers["Cache-Control"]
