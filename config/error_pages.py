"""Errors that no view answered: problems for machines, pages for people."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from layers.api import problems

_FOR_MACHINES = ("/api/", "/tiles/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(_FOR_MACHINES):
        return problems.request_refused(request)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith(_FOR_MACHINES):
        return problems.fault_of_ours(request)
    return defaults.server_error(request)
