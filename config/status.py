"""How the service is, for people at /status and for programs at /api/status.

Neither is kept by any cache, and neither needs more than the web's role may read. What is wrong
for whoever runs the service is at /readyz.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from importers.jobs import longest_wait_s, worker_seen_at
from layers.api.base import PublicView, json_response
from layers.api.build import build_digest
from layers.api.parameters import read_format
from layers.query.registry import PublishedLayer, published_layers

# What is sent by hand comes when people have time; a week late is late for all.
_LATE_DAYS = 7
_WORKER_SILENT_S = 120
_WAIT_IS_LONG_S = 3600


@dataclass(frozen=True, slots=True)
class LayerStatus:
    """How fresh one layer is. ``due_at`` is None where it has no rhythm."""

    layer: PublishedLayer
    checked_at: datetime
    due_at: datetime | None
    is_overdue: bool

    @property
    def word(self) -> str:
        if self.layer.failing_since:
            return "failing"
        return "overdue" if self.is_overdue else "fresh"


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """Whether anybody works, and for how long the oldest job that could run has waited."""

    has_worker: bool
    longest_wait_s: float | None

    @property
    def is_late(self) -> bool:
        return not self.has_worker or (self.longest_wait_s or 0) > _WAIT_IS_LONG_S


@dataclass(frozen=True, slots=True)
class Status:
    """The whole service at one moment. Without a database nothing is known of the rest."""

    at: datetime
    database_ms: float | None
    layers: tuple[LayerStatus, ...]
    queue: QueueStatus | None

    @property
    def word(self) -> str:
        if self.database_ms is None:
            return "down"
        is_late = self.queue is not None and self.queue.is_late
        return "late" if is_late or any(each.word != "fresh" for each in self.layers) else "good"


def read_status() -> Status:
    """Return how the service is just now."""
    now = timezone.now()
    try:
        started = time.perf_counter()
        with connections["read"].cursor() as cursor:
            cursor.execute("SELECT 1")
        database_ms = round((time.perf_counter() - started) * 1000, 1)
        layers = tuple(_status_of(layer, now) for layer in published_layers().values())
        return Status(now, database_ms, layers, _read_queue(now))
    except DatabaseError:
        return Status(now, None, (), None)


def _status_of(layer: PublishedLayer, now: datetime) -> LayerStatus:
    checked_at = max(layer.checked_at or layer.published_at, layer.published_at)
    due_at = checked_at + timedelta(days=layer.refresh_days) if layer.refresh_days else None
    is_overdue = due_at is not None and due_at + timedelta(days=_LATE_DAYS) < now
    return LayerStatus(layer, checked_at, due_at, is_overdue and not layer.is_sample)


def _read_queue(now: datetime) -> QueueStatus:
    seen_at = worker_seen_at()
    is_there = seen_at is not None and (now - seen_at).total_seconds() < _WORKER_SILENT_S
    return QueueStatus(is_there, longest_wait_s(now))


class ApiStatusView(PublicView):
    parameters = frozenset({"f"})
    page_title = "Status of the service"

    def get(self, request: Request) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        status = read_status()
        response = json_response(_document(status))
        response["Cache-Control"] = "no-store"
        if status.database_ms is None:
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return response


def _document(status: Status) -> dict[str, object]:
    queue = status.queue
    return {
        "status": status.word,
        "at": _written(status.at),
        "version": settings.VERSION,
        "build": build_digest().hex()[:12],
        "database": {
            "answers": status.database_ms is not None,
            "milliseconds": status.database_ms,
        },
        "queue": queue
        and {
            "worker": queue.has_worker,
            "longestWaitSeconds": queue.longest_wait_s and round(queue.longest_wait_s),
        },
        "layers": [_layer_member(each) for each in status.layers],
    }


def _layer_member(each: LayerStatus) -> dict[str, object]:
    layer = each.layer
    return {
        "collection": layer.slug,
        "title": layer.title,
        "status": each.word,
        "edition": layer.edition_id,
        "published": _written(layer.published_at),
        "checked": _written(each.checked_at),
        "due": _written(each.due_at),
        "failingSince": _written(layer.failing_since),
    }


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


@never_cache
@require_safe
def show_status(request: HttpRequest) -> HttpResponse:
    status = read_status()
    context = {"status": status, "version": settings.VERSION}
    if status.database_ms is None:
        # The usual page reads the council's name first; this one must come without.
        code = HTTPStatus.SERVICE_UNAVAILABLE
        return HttpResponse(_DOWN, status=code, content_type="text/html; charset=utf-8")
    return render(request, "maps/status.html", context)


_DOWN = """<!DOCTYPE html>
<html lang="en-gb"><head><meta charset="utf-8"><title>Status of the service</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Status of the service</h1>
<p>The service runs, but its database does not answer. Nothing can be looked up until it does.
We look after this as soon as we see it; try again in a few minutes.</p></main></body></html>
"""

urlpatterns = [
    path("api/status", ApiStatusView.as_view(), name="api-status"),
    path("status", show_status, name="status"),
]
