"""Answers to "only if it has changed": 304 from one row, before any view is reached."""

import time
from collections.abc import Callable, Mapping
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from layers.api.base import VARY
from layers.api.build import built_at
from layers.api.cross_origin import FOR_EVERY_SITE
from layers.api.validators import KEPT_BUT_OLD, State, request_digest, still_stands

_PREFIXES = ("/api/", "/tiles/")
# A client has a few answers of one address; a list of thousands is no client's.
_MOST_TAGS = 50
_FOUND_OUT = "council_maps.found_out_whether_unchanged"
_KEPT = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Location", "Expires")


class ConditionalAnswersMiddleware:
    """Gives answers made from published layers their validators, and answers those with 304.

    What a view marks with `made_from_layer` and its like gets an ETag and a Last-Modified. Any
    other answer that may be kept gets an ETag of its bytes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_asked_again(request.META):
            return self._get_response(request)
        if headers := headers_if_unchanged(request.META):
            return without_cost(_unchanged(headers))
        response = self._get_response(request)
        if response.status_code == HTTPStatus.OK:
            _validate(request, response)
            if _has(request, response):
                return _unchanged(_kept_headers(response))
        return response


def without_cost(response: HttpResponse) -> HttpResponse:
    """Return an answer marked as found without making what was asked for.

    The rate limit does not count it. A 304 after the answer was made, as for
    ``If-None-Match: *``, is no cheaper than the answer.
    """
    response.cost_nothing = True  # type: ignore[attr-defined]  # for LimitRequestsMiddleware
    return response


def headers_if_unchanged(environ: dict[str, Any]) -> dict[str, str] | None:
    """Return the headers of a 304, if a WSGI request brings a tag of its own that still stands.

    Finds out once: whoever asks again further in is told None.
    """
    if "HTTP_IF_NONE_MATCH" not in environ or not _may_be_asked_again(environ):
        return None
    if environ.setdefault(_FOUND_OUT, False):
        return None
    environ[_FOUND_OUT] = True
    digest = request_digest(environ)
    for tag in _tags(environ):
        tagged, _, state_text = tag.removeprefix("W/").strip('"').partition(".")
        if tagged == digest:
            try:
                state = still_stands(state_text)
            except DatabaseError:
                return None  # the view will say so, in words
            return {**FOR_EVERY_SITE, **_validators(digest, state)} if state else None
    return None


def _may_be_asked_again(environ: Mapping[str, Any]) -> bool:
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
    return method in ("GET", "HEAD") and path.startswith(_PREFIXES)


def _tags(environ: Mapping[str, Any]) -> list[str]:
    return parse_etags(environ.get("HTTP_IF_NONE_MATCH", ""))[:_MOST_TAGS]


def _validators(digest: str, state: State) -> dict[str, str]:
    headers = {
        "ETag": f'W/"{digest}.{state.text}"',
        "Cache-Control": state.cache_control,
        "Vary": VARY,
        "X-Accel-Expires": KEPT_BUT_OLD,
    }
    if state.changed_us:
        headers["Last-Modified"] = http_date(_last_modified_s(state.changed_us))
    return headers


def _last_modified_s(changed_us: int) -> int:
    """Return the second from which on every answer is as it is now.

    A date has no fractions, and a layer may change twice within a second. An answer that was made
    in the second of the change is given that second, which is too early to be believed later.
    """
    second_after = _second_after(changed_us)
    return second_after if time.time() >= second_after else second_after - 1


def _second_after(changed_us: int) -> int:
    return max(changed_us // 1_000_000, int(built_at().timestamp())) + 1


def _validate(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give an answer its validators, unless it has its own or is not to be kept."""
    if "ETag" in response.headers or "no-store" in response.headers.get("Cache-Control", ""):
        return
    if state := getattr(response, "made_from", None):
        for name, value in _validators(request_digest(request.META), state).items():
            if response.headers.get(name) != value:
                response.headers[name] = value
    elif isinstance(response, HttpResponse):
        response.headers["ETag"] = f'W/"{blake2b(response.content, digest_size=16).hexdigest()}"'


def _has(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Return whether the client says that it has this very answer (RFC 9110 section 13.2.2)."""
    if "HTTP_IF_NONE_MATCH" in request.META:
        tag = response.headers.get("ETag", "").removeprefix("W/")
        tags = [each.removeprefix("W/") for each in _tags(request.META)]
        return bool(tag) and (tags == ["*"] or tag in tags)
    if "HTTP_IF_MODIFIED_SINCE" not in request.META:
        return False
    since_s = parse_http_date_safe(request.META["HTTP_IF_MODIFIED_SINCE"])
    state = getattr(response, "made_from", None)
    if since_s is None or state is None or state.changed_us is None:
        return False
    # A time to come is nothing that we have told anybody.
    return bool(_second_after(state.changed_us) <= since_s <= time.time())


def _kept_headers(response: HttpResponseBase) -> dict[str, str]:
    kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return {**FOR_EVERY_SITE, **kept}


def _unchanged(headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    del response.headers["Content-Type"]
    return response
