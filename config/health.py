"""Addresses for machines that watch the service: alive, able to answer, and its figures."""

from collections.abc import Callable

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from config.metrics import exposition
from layers.crs import check_datum_shift
from layers.errors import DatumShiftWrong
from layers.models import Organisation


@never_cache
@require_safe
def show_alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does; asks nothing of the database."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def show_readiness(request: HttpRequest) -> HttpResponse:
    """Say whether people would get answers, and what is missing if not."""
    missing = [
        {"check": name, "detail": detail} for name, check in _CHECKS.items() if (detail := check())
    ]
    body = {"status": "not ready" if missing else "ready", "missing": missing}
    return JsonResponse(body, status=503 if missing else 200)


@never_cache
@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def _check_database() -> str:
    try:
        with connections["read"].cursor() as cursor:
            cursor.execute("SELECT current_user")
            (role,) = cursor.fetchone()
    except DatabaseError:
        return "The database does not answer. See that PostgreSQL runs and DATABASE_URL is right."
    if settings.IS_WEB_PROCESS and role != settings.WEB_ROLE:
        return f"Signed in to the database as {role}; the web process must be {settings.WEB_ROLE}."
    return ""


def _check_migrations() -> str:
    try:
        executor = MigrationExecutor(connections["read"])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "Cannot tell which migrations are applied."
    if waiting:
        return f"{len(waiting)} migrations are not applied. Run `manage.py migrate`."
    return ""


def _check_datum_shift() -> str:
    try:
        check_datum_shift()
    except DatumShiftWrong as error:
        return str(error)
    return ""


def _check_council() -> str:
    try:
        is_there = Organisation.objects.using("read").filter(slug=settings.COUNCIL).exists()
    except DatabaseError:
        return "Cannot tell which council is set up."
    if not is_there:
        return f"The council {settings.COUNCIL} is not set up. Run `manage.py sync_catalogue`."
    return ""


_CHECKS: dict[str, Callable[[], str]] = {
    "database": _check_database,
    "migrations": _check_migrations,
    "datum_shift": _check_datum_shift,
    "council": _check_council,
}

urlpatterns = [
    path("healthz", show_alive, name="alive"),
    path("readyz", show_readiness, name="readiness"),
    path("metrics", show_metrics, name="metrics"),
]
