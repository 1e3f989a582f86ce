"""A problem as a page, with the same words as the one for machines."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest
from django.template.loader import render_to_string
from rest_framework.request import Request


def problem_page(request: HttpRequest | Request, body: Mapping[str, object]) -> str:
    """Return the HTML of a problem."""
    django_request = request._request if isinstance(request, Request) else request
    # The page's frame asks the database whose it is, which may be what does not answer.
    is_ours = int(str(body["status"])) >= HTTPStatus.INTERNAL_SERVER_ERROR
    context = {"problem": body, "without": _without(django_request, str(body.get("parameter", "")))}
    return render_to_string("api/problem.html", context, None if is_ours else django_request)


def _without(request: HttpRequest, parameter: str) -> str:
    """Return the same address without the parameter at fault; nothing if it has no such one."""
    if not parameter or parameter not in request.GET:
        return ""
    query = request.GET.copy()
    del query[parameter]
    rest = query.urlencode(safe=",:/")
    path: str = request.get_full_path().partition("?")[0]
    return f"{path}?{rest}" if rest else path
