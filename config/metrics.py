"""What Prometheus is told: requests by view, and how old each published edition is."""

import os
import time
from collections.abc import Callable, Iterator
from functools import cache

from django.db import Error as DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from layers.models import Layer

_THIS_PROCESS = CollectorRegistry()
# Labelled by the name of the view, never by the path: a path may hold a postcode.
_REQUESTS = Counter(
    "council_maps_requests",
    "Requests answered.",
    ["view", "status"],
    registry=_THIS_PROCESS,
)
_SECONDS = Histogram(
    "council_maps_request_seconds",
    "Time to make an answer.",
    ["view"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
    registry=_THIS_PROCESS,
)


# Looked up once: there are as many as views and codes.
@cache
def _requests_of(view: str, status: int) -> Counter:
    return _REQUESTS.labels(view, status)


@cache
def _seconds_of(view: str) -> Histogram:
    return _SECONDS.labels(view)


def count_unchanged() -> None:
    """Count a 304 that no view was asked for."""
    _requests_of("unchanged", 304).inc()


class MeasureRequestsMiddleware:
    """Counts and times each answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self._get_response(request)
        match = request.resolver_match
        view = match.view_name if match else "none"
        _seconds_of(view).observe(time.perf_counter() - started)
        _requests_of(view, response.status_code).inc()
        return response


class EditionCollector(Collector):
    """Asks the database at each scrape, so the answer is the same whichever process gives it."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        age = GaugeMetricFamily(
            "council_maps_edition_age_seconds",
            "Time since the published edition of a layer was published.",
            labels=["layer"],
        )
        features = GaugeMetricFamily(
            "council_maps_edition_features",
            "Features in the published edition of a layer.",
            labels=["layer"],
        )
        checked = GaugeMetricFamily(
            "council_maps_source_checked_age_seconds",
            "Time since the source of a layer was last read to the end.",
            labels=["layer"],
        )
        failing = GaugeMetricFamily(
            "council_maps_source_failing",
            "Whether the schedule cannot refresh a layer.",
            labels=["layer"],
        )
        now = timezone.now()
        layers = Layer.objects.using("read").select_related("published_edition")
        for layer in _read(layers):
            edition = layer.published_edition
            failing.add_metric([layer.slug], float(layer.failing_since is not None))
            if layer.checked_at:
                checked.add_metric([layer.slug], (now - layer.checked_at).total_seconds())
            if edition and edition.published_at:
                age.add_metric([layer.slug], (now - edition.published_at).total_seconds())
                features.add_metric([layer.slug], edition.feature_count)
        yield age
        yield features
        yield checked
        yield failing


def _read(layers: QuerySet[Layer]) -> list[Layer]:
    """Return the layers; without a database none, for how requests end is wanted all the more."""
    try:
        return list(layers)
    except DatabaseError:
        return []


def exposition() -> bytes:
    """Return everything in Prometheus's text format, for all web processes together.

    With PROMETHEUS_MULTIPROC_DIR set each process keeps its counts in a file there and any of
    them can add up all; without it there is one process, and it knows.
    """
    requests = _THIS_PROCESS
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = CollectorRegistry()
        MultiProcessCollector(requests)
    editions = CollectorRegistry()
    editions.register(EditionCollector())
    return generate_latest(requests) + generate_latest(editions)
