"""Errors as RFC 9457 problem details: the one place where errors meet HTTP codes."""

from http import HTTPStatus
from typing import Any

import orjson
import psycopg
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from layers import errors
from layers.api.cross_origin import FOR_EVERY_SITE
from layers.api.negotiation import prefers_page_of_problem
from layers.api.pages.problem import problem_page

NOTHING_TO_RUN = "default-src 'none'; frame-ancestors 'none'"
_RETRY_AFTER_S = 5
_SLOW_FILTER = (
    "The filter takes too long to answer. Compare a property with a value directly, without "
    "CASEI, ACCENTI or a calculation, or ask for a smaller “bbox” as well."
)

# The first class that fits decides; more particular ones come before their bases.
PROBLEM_KINDS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (errors.ParameterUnknown, 400, "parameter-unknown", "Unknown parameter"),
    (errors.AddressTooLong, 414, "address-too-long", "The address is too long"),
    (errors.CursorStale, 410, "cursor-stale", "This page is no longer kept"),
    (errors.FilterInvalid, 400, "filter-invalid", "Invalid filter"),
    (errors.ChangesUnknown, 410, "changes-unknown", "These changes are not on record"),
    (errors.EditionGone, 410, "edition-gone", "This edition is no longer kept"),
    (errors.DownloadTooLarge, 400, "download-too-large", "More than one download may take"),
    (errors.RangeNotSatisfiable, 416, "range-not-satisfiable", "The file has no such bytes"),
    (errors.DownloadsBusy, 503, "downloads-busy", "Too many downloads just now"),
    (errors.SearchesBusy, 503, "searches-busy", "Too many searches just now"),
    (errors.ParameterInvalid, 400, "parameter-invalid", "Invalid parameter"),
    (errors.RequestInvalid, 400, "request-invalid", "Invalid request"),
    (errors.LayerWithdrawn, 404, "layer-withdrawn", "This layer is withdrawn"),
    (errors.KeyRefused, 401, "key-refused", "The key is not good"),
    (errors.TooManyRequests, 429, "too-many-requests", "Too many requests"),
    (errors.NotFound, 404, "not-found", "Not found"),
    (Http404, 404, "not-found", "Not found"),
    (exceptions.MethodNotAllowed, 405, "method-not-allowed", "Method not allowed"),
    (exceptions.NotAcceptable, 406, "not-acceptable", "Not acceptable"),
    (exceptions.ParseError, 400, "request-invalid", "Invalid request"),
    (OperationalError, 503, "busy", "Too busy just now"),
    (InterfaceError, 503, "busy", "Too busy just now"),
)


def answer_exception(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the problem that an exception means, or None for a fault of our own."""
    if _is_slow_filter(error, context["request"]):
        error = errors.FilterInvalid(_SLOW_FILTER)
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


def _is_slow_filter(error: Exception, request: HttpRequest) -> bool:
    """Return whether a filter took all the time that a statement has: asking again is no help."""
    return isinstance(error.__cause__, psycopg.errors.QueryCanceled) and "filter" in request.GET


def _detail(error: Exception) -> str:
    if isinstance(error, exceptions.MethodNotAllowed):
        return "This address can be read with GET, HEAD or OPTIONS only."
    if isinstance(error, exceptions.NotAcceptable):
        return (
            "This address answers with JSON or as a page. Ask for application/json, "
            "application/geo+json or text/html, or leave “Accept” out."
        )
    if isinstance(error, (OperationalError, InterfaceError)):
        return "The database did not answer in time. Try again in a few seconds."
    if isinstance(error, Http404):
        return "There is nothing at this address. Start from /api/."
    return str(error)


def problem(
    request: HttpRequest, status: int, slug: str, title: str, detail: str, parameter: str = ""
) -> HttpResponse:
    """Return an ``application/problem+json`` answer, or a page that says the same."""
    body = {
        # Relative (RFC 9457 section 3.1.1): the host that was asked for may be what is wrong.
        "type": f"/api/problems#{slug}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if parameter:
        body["parameter"] = parameter
    if prefers_page_of_problem(request):
        response = HttpResponse(problem_page(request, body), status=status)
    else:
        response = HttpResponse(
            orjson.dumps(body), status=status, content_type="application/problem+json"
        )
        response["Content-Security-Policy"] = NOTHING_TO_RUN
    response["Vary"] = "Accept"
    response["Cache-Control"] = "no-store"
    for name, value in FOR_EVERY_SITE.items():
        response[name] = value
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(_RETRY_AFTER_S)
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


def request_refused(request: HttpRequest) -> HttpResponse:
    """Answer for a request under ``/api/`` that is wrong before its address is looked at."""
    return problem(
        request,
        HTTPStatus.BAD_REQUEST,
        "request-invalid",
        "Invalid request",
        "The request cannot be read, or asks for a host that this service is not.",
    )


def fault_of_ours(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of our own under ``/api/``; the log has what happened."""
    return problem(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "fault",
        "A fault of ours",
        "Something went wrong here, and is written down. Your request may be right; try again.",
    )
