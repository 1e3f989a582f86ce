"""Errors as RFC 9457 problem details: the one place where errors meet HTTP codes."""

from http import HTTPStatus
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from layers import errors

# The first class that fits decides; more particular ones come before their bases.
PROBLEM_KINDS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (errors.ParameterUnknown, 400, "parameter-unknown", "Unknown parameter"),
    (errors.CursorStale, 410, "cursor-stale", "This page is no longer kept"),
    (errors.ParameterInvalid, 400, "parameter-invalid", "Invalid parameter"),
    (errors.RequestInvalid, 400, "request-invalid", "Invalid request"),
    (errors.NotFound, 404, "not-found", "Not found"),
    (Http404, 404, "not-found", "Not found"),
    (exceptions.MethodNotAllowed, 405, "method-not-allowed", "Method not allowed"),
    (exceptions.NotAcceptable, 406, "not-acceptable", "Not acceptable"),
    (exceptions.ParseError, 400, "request-invalid", "Invalid request"),
)


def answer_exception(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the problem that an exception means, or None for a fault of our own."""
    for kind, status, slug, title in PROBLEM_KINDS:
        if isinstance(error, kind):
            return problem(
                context["request"],
                status,
                slug,
                title,
                _detail(error),
                parameter=getattr(error, "parameter", ""),
            )
    return None


def _detail(error: Exception) -> str:
    if isinstance(error, exceptions.MethodNotAllowed):
        return "This address can be read with GET, HEAD or OPTIONS only."
    if isinstance(error, exceptions.NotAcceptable):
        return "This address answers with JSON. Ask for application/json or application/geo+json."
    if isinstance(error, Http404):
        return "There is nothing at this address. Start from /api/."
    return str(error)


def problem(
    request: HttpRequest, status: int, slug: str, title: str, detail: str, parameter: str = ""
) -> HttpResponse:
    """Return an ``application/problem+json`` answer."""
    body = {
        "type": request.build_absolute_uri(f"/api/problems#{slug}"),
        "title": title,
        "status": status,
        "detail": detail,
    }
    if parameter:
        body["parameter"] = parameter
    response = HttpResponse(
        orjson.dumps(body), status=status, content_type="application/problem+json"
    )
    response["Cache-Control"] = "no-store"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def address_unknown(request: HttpRequest, **_: object) -> HttpResponse:
    """Answer for any address under ``/api/`` that does not exist."""
    return problem(
        request,
        HTTPStatus.NOT_FOUND,
        "not-found",
        "Not found",
        "There is nothing at this address. Start from /api/.",
    )
