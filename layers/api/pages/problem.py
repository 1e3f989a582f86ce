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
    return render_to_string(
        "api/problem.html", {"problem": body}, None if is_ours else django_request
    )
