"""Errors that no view answered: problems for machines, pages for people."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from layers.api import problems

_FOR_MACHINES = ("/api/", "/tiles/")
_RETRY_AFTER_S = 60


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(_FOR_MACHINES):
        return problems.request_refused(request)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith(_FOR_MACHINES):
        return problems.fault_of_ours(request)
    response = defaults.server_error(request)
    # Django calls this while it handles what went wrong. Without a database the fault is no view's,
    # and search engines and monitors are told that it passes.
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = str(_RETRY_AFTER_S)
    return response
