"""Errors that no view answered: problems for machines, pages for people.

Django's own would give a cookie to whoever has one of another service's by the name of its own.
"""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from layers.api import problems

_FOR_MACHINES = ("/api/", "/tiles/")
_RETRY_AFTER_S = 60


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(_FOR_MACHINES):
        return problems.request_refused(request)
    return HttpResponse(render_to_string("400.html"), status=HTTPStatus.BAD_REQUEST)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    page = render_to_string("404.html", request=request)
    return HttpResponse(page, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith(_FOR_MACHINES):
        return problems.fault_of_ours(request)
    page = render_to_string("500.html")
    response = HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    # Django calls this while it handles what went wrong. Without a database the fault is no view's,
    # and search engines and monitors are told that it passes.
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = str(_RETRY_AFTER_S)
    return response
