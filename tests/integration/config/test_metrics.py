"""What Prometheus is told when there is no database to ask."""

import pytest
from django.db import OperationalError

pytestmark = pytest.mark.django_db(databases=["default", "read"])


def test_requests_are_told_while_the_database_is_away(client, monkeypatch):
    def be_away(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    client.get("/api/conformance")
    monkeypatch.setattr("django.db.models.query.QuerySet.__iter__", be_away)

    response = client.get("/metrics")

    assert response.status_code == 200
    assert b"council_maps_requests_total{" in response.content
    assert b"council_maps_edition_features{" not in response.content
