"""What a page says while as much is asked of the database as it takes at a time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from layers.errors import SearchesBusy

_RETRY_AFTER_S = 5


def says_busy(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Answer for a view that got no turn: come again, and nothing of what was sent is lost."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *arguments, **named)
        except SearchesBusy:
            response = render(request, "maps/busy.html", status=503)
            response.headers["Retry-After"] = str(_RETRY_AFTER_S)
            return response

    return answer
