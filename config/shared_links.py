"""Addresses of pages as they come out of newsletters, feeds and other people's messages."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import is_valid_path
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What programs ask is answered as it is asked, or refused.
_OF_PROGRAMS = ("/api/", "/tiles/", "/static/")
# What senders of links add to find out who follows them.
_TRACKERS = frozenset(
    ("_ga", "_gl", "_hsenc", "_hsmi", "dclid", "fbclid", "gad_source", "gbraid", "gclid", "igshid")
    + ("li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ttclid", "twclid", "wbraid")
)
_TRACKERS_BEGIN = "utm_"


class MendSharedLinksMiddleware:
    """Lead on to the address without what was added to it: trackers' parameters, or a slash.

    Pages say of a parameter that they do not know it, since it may be what somebody meant to ask.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_for_us = request.method in ("GET", "HEAD") and not request.path.startswith(_OF_PROGRAMS)
        query = request.META.get("QUERY_STRING", "")
        if is_for_us and query and (kept := _without_trackers(query)) != query:
            return _lead_to(request.path, kept)
        response = self._get_response(request)
        if is_for_us and response.status_code == HTTPStatus.NOT_FOUND and _has_slash(request):
            return _lead_to(request.path.rstrip("/"), query)
        return response


def _has_slash(request: HttpRequest) -> bool:
    """Return whether a slash at the end is all that is wrong with an address."""
    bare = request.path_info.rstrip("/")
    known = is_valid_path(bare, getattr(request, "urlconf", None))
    return bare != request.path_info and bool(known)


def _without_trackers(query: str) -> str:
    return "&".join(part for part in query.split("&") if not _is_tracker(part))


def _is_tracker(part: str) -> bool:
    name = unquote_plus(part.partition("=")[0]).lower()
    return name in _TRACKERS or name.startswith(_TRACKERS_BEGIN)


def _lead_to(path: str, query: str) -> HttpResponseBase:
    # Two slashes at the beginning would lead to another host.
    ours = escape_leading_slashes(escape_uri_path(path))
    response = HttpResponsePermanentRedirect(f"{ours}?{query}" if query else ours)
    # A path may say where somebody lives, which is for no cache to keep.
    response.headers["Cache-Control"] = "no-store"
    return response
