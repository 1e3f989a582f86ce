"""/status and /api/status say how the service is, and nothing that is not for everybody."""

import json
from datetime import timedelta

import pytest
import shapely
from django.db import OperationalError
from django.utils import timezone

from config import status
from importers.jobs import longest_wait_s
from layers.models import Layer
from tests.factories import MadeFeature, make_layer, publish_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.fixture
def layer():
    layer = make_layer("schools", refresh_days=30)
    publish_features(layer, [MadeFeature("1", shapely.Point(407300, 286600), {"name": "A"})])
    return layer


@pytest.fixture
def worker(monkeypatch):
    """Have a worker be there that said so just now."""
    monkeypatch.setattr(status, "worker_seen_at", timezone.now)


def read(client):
    response = client.get("/api/status")
    return json.loads(response.content)


def test_all_is_well(client, layer, worker):
    told = read(client)

    assert told["status"] == "good"
    assert told["database"]["answers"] is True
    assert told["queue"] == {"worker": True, "longestWaitSeconds": None}
    [of_layer] = told["layers"]
    assert of_layer["collection"] == "schools"
    assert of_layer["status"] == "fresh"
    assert of_layer["edition"] == layer.published_edition_id
    assert of_layer["due"] > of_layer["checked"]


def test_a_layer_that_cannot_be_refreshed_says_since_when(client, layer, worker):
    since = timezone.now() - timedelta(days=2)
    Layer.objects.update(failing_since=since)

    told = read(client)

    assert told["status"] == "late"
    assert told["layers"][0]["failingSince"] == since.isoformat(timespec="seconds")
    assert b"Not refreshed since" in client.get("/status").content


@pytest.mark.parametrize(("days", "word"), [(31, "fresh"), (36, "fresh"), (38, "overdue")])
def test_a_layer_is_overdue_a_week_after_it_was_due(client, layer, worker, days, word):
    then = timezone.now() - timedelta(days=days)
    Layer.objects.update(checked_at=then)
    layer.published_edition.published_at = then
    layer.published_edition.save()

    assert read(client)["layers"][0]["status"] == word


def test_it_says_when_nobody_loads_new_data(client, layer):
    assert read(client)["queue"]["worker"] is False
    assert b"Stands still" in client.get("/status").content


def test_it_tells_for_how_long_the_oldest_job_waits(client, layer, worker):
    from importers.jobs import tidy_up_every_night

    tidy_up_every_night.defer(timestamp=0)

    assert longest_wait_s(timezone.now() + timedelta(hours=2)) == pytest.approx(7200, abs=60)
    assert longest_wait_s(timezone.now() - timedelta(hours=1)) is None


def test_layers_that_are_not_public_are_not_named(client, layer, worker):
    Layer.objects.update(is_public=False)

    assert read(client)["layers"] == []
    assert b"Schools" not in client.get("/status").content


@pytest.mark.parametrize("path", ["/status", "/api/status"])
def test_nobody_keeps_it(client, layer, path):
    response = client.get(path)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response


@pytest.mark.parametrize("path", ["/status", "/api/status"])
def test_without_a_database_it_says_just_that(client, layer, path, monkeypatch):
    def fail():
        raise OperationalError("could not connect to db.internal")

    monkeypatch.setattr(status, "published_layers", fail)
    response = client.get(path)

    assert response.status_code == 503
    assert b"db.internal" not in response.content
    assert "no-store" in response["Cache-Control"]


def test_it_refuses_what_it_does_not_know(client, layer):
    assert client.get("/api/status?foo=1").status_code == 400
    assert client.post("/api/status").status_code == 405
