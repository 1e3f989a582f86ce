"""What every address of the API has in common."""

from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict
from rest_framework.request import Request
from rest_framework.views import APIView

from layers.api.parameters import refuse_unknown
from layers.api.problems import NOTHING_TO_RUN
from layers.api.validators import ASKED_AFTER, KEPT_BUT_OLD

# An answer depends on these two headers of a request, and on no other.
VARY = "Accept, Accept-Encoding"
# Any site may read an answer, and what its headers say about it.
FOR_EVERY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Content-Crs, Content-Disposition, Content-Length, Content-Range, ETag,"
        " Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"
    ),
}
# What a script on another site may send: a key, and what it takes to ask again or go on.
_HEADERS_TAKEN = (
    "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-Modified-Since,"
    " If-None-Match, If-Range, Range, X-API-Key"
)

JSON = "application/json"
GEOJSON = "application/geo+json"


class PublicView(APIView):
    """A read that anybody may make from any site, without cookies.

    ``parameters`` names the query parameters that the address knows; any other is
    a 400, as OGC API requires, and so nobody can widen a cache's keys.
    """

    parameters: ClassVar[frozenset[str]] = frozenset()
    http_method_names = ["get", "head", "options"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # A browser asks with OPTIONS whether it may ask; what is wrong is said to the question.
        if request.method != "OPTIONS":
            self.refuse_unknown(request._request.GET)

    def refuse_unknown(self, query: QueryDict) -> None:
        """Raise unless every query parameter is one that this address knows."""
        refuse_unknown(query, self.parameters)

    # DRF's own type asks for its Response, which renders; these answers are bytes already.
    def finalize_response(  # type: ignore[override]  # narrower than DRF
        self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        for name, value in FOR_EVERY_SITE.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", NOTHING_TO_RUN)
        response.headers.setdefault("Cache-Control", ASKED_AFTER)
        if response.headers["Cache-Control"] == ASKED_AFTER:
            response.headers.setdefault("X-Accel-Expires", KEPT_BUT_OLD)
        response.headers.setdefault("Vary", VARY)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(self.allowed_methods)
        return response

    # The same: what a browser asks before a request from another site needs no rendering.
    def options(  # type: ignore[override]  # narrower than DRF
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(
            self.allowed_methods
        )
        response["Access-Control-Allow-Headers"] = _HEADERS_TAKEN
        response["Access-Control-Max-Age"] = "86400"
        return response


def json_response(document: object, content_type: str = JSON) -> HttpResponse:
    """Return a document as JSON."""
    return HttpResponse(orjson.dumps(document), content_type=content_type)


def absolute(request: HttpRequest, path: str) -> str:
    """Return the full address of a path of this service."""
    return f"{request.scheme}://{request.get_host()}{path}"


def link(request: HttpRequest, path: str, rel: str, type_: str, title: str) -> dict[str, str]:
    """Return one member of a ``links`` list."""
    return {"href": absolute(request, path), "rel": rel, "type": type_, "title": title}
