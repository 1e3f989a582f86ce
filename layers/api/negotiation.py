"""Which form of an answer a caller wants: its data, or a page about it.

`f` wins over the Accept header, because a link carries it. A caller that has no
preference gets the data: programs ask with ``*/*`` or nothing, browsers by name.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from rest_framework.exceptions import NotAcceptable
from rest_framework.request import Request

HTML = "text/html"
HTML_FORMAT = "html"
# Who names one of these wants data, and reads what is wrong as data too.
_DATA_FORMATS = ("json", "geojson")

# No browser or library sends a tenth of it; what comes after is not read.
_LONGEST_ACCEPT = 2_000
_ANYTHING = "*/*"
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_TOKEN = r"[\w!#$%&'*+.^`|~-]+"
_RANGE = re.compile(rf"({_TOKEN}/{_TOKEN})\s*(;.*)?", re.ASCII | re.DOTALL)
_QUALITY = re.compile(r";\s*q\s*=\s*([^;\s]*)", re.ASCII | re.IGNORECASE)
_QVALUE = re.compile(r"(0(\.\d{0,3})?|1(\.0{0,3})?)", re.ASCII)


def wants_page(request: HttpRequest | Request) -> bool:
    """Return whether the caller wants HTML.

    Raises
    ------
    NotAcceptable
        The Accept header names neither JSON nor HTML, nor anything that includes them.
    """
    if named := _named_form(request):
        return bool(named == HTML_FORMAT)
    accept = request.META.get("HTTP_ACCEPT", _ANYTHING)
    # What nearly every program sends, answered without reading any further.
    if accept in (_ANYTHING, "", "application/geo+json, application/json"):
        return False
    return _prefers_page(accept[:_LONGEST_ACCEPT])


def prefers_page(request: HttpRequest | Request) -> bool:
    """Return the same for an answer that has to be given, whatever is acceptable."""
    try:
        return wants_page(request)
    except NotAcceptable:
        return False


def prefers_page_of_problem(request: HttpRequest | Request) -> bool:
    """Return whether to say as a page what is wrong.

    An `f` that names a file, or nothing that there is, says nothing about the form of an error:
    who followed a link to a GeoPackage in a browser reads a page.
    """
    if _named_form(request) in (None, HTML_FORMAT, *_DATA_FORMATS):
        return prefers_page(request)
    accept = request.META.get("HTTP_ACCEPT", _ANYTHING)
    try:
        return _prefers_page(accept[:_LONGEST_ACCEPT])
    except NotAcceptable:
        return False


def full_path(request: HttpRequest) -> str:
    """Return the path and query of this request, written once: most links are made from it."""
    known = vars(request)
    if "full_path_of_links" not in known:
        known["full_path_of_links"] = request.get_full_path()
    return str(known["full_path_of_links"])


def in_format(request: HttpRequest, name: str) -> str:
    """Return the path and query of this same request with another `f`."""
    return with_parameter(request, "f", name)


def with_parameter(request: HttpRequest, name: str, value: str) -> str:
    """Return the path and query of this same request with another value of one parameter."""
    address = full_path(request)
    if name not in request.GET:
        return f"{address}{'&' if '?' in address else '?'}{name}={value}"
    query = request.GET.copy()
    query[name] = value
    return f"{address.partition('?')[0]}?{query.urlencode(safe=',:/')}"


def _named_form(request: HttpRequest | Request) -> str | None:
    try:
        return request.GET.get("f")
    except SuspiciousOperation:  # too many parameters: that is what is about to be said
        return None


@lru_cache(maxsize=256)
def _prefers_page(accept: str) -> bool:
    qualities = _read_ranges(accept)
    # Nothing in it can be read: as good as no header.
    if not qualities:
        return False
    page = max(_quality_of(kind, qualities) for kind in _PAGE_TYPES)
    data = max(_quality_of("application/json", qualities), _named_json(qualities))
    if not page and not data:
        raise NotAcceptable
    return page > data


def _read_ranges(accept: str) -> dict[str, float]:
    """Return the quality of each media range; ranges that cannot be read are left out."""
    qualities: dict[str, float] = {}
    for part in accept.split(","):
        found = _RANGE.fullmatch(part.strip())
        if not found:
            continue
        quality = _QUALITY.search(found[2] or "")
        if quality is None:
            qualities[found[1].lower()] = 1.0
        elif _QVALUE.fullmatch(quality[1]):
            qualities[found[1].lower()] = float(quality[1])
    return qualities


def _quality_of(media_type: str, qualities: Mapping[str, float]) -> float:
    """Return how welcome a type is: the most particular range that includes it decides."""
    for pattern in (media_type, f"{media_type.partition('/')[0]}/*", _ANYTHING):
        if pattern in qualities:
            return qualities[pattern]
    return 0.0


def _named_json(qualities: Mapping[str, float]) -> float:
    """Return how welcome JSON is that is asked for by a name, such as ``application/geo+json``."""
    return max(
        (
            quality
            for kind, quality in qualities.items()
            if kind == "application/json" or kind.endswith("+json")
        ),
        default=0.0,
    )
