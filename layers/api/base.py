"""What every address of the API has in common."""

from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from layers.api.parameters import refuse_unknown
from layers.api.problems import NOTHING_TO_RUN

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
        refuse_unknown(request._request.GET, self.parameters)

    # DRF's own type asks for its Response, which renders; these answers are bytes already.
    def finalize_response(  # type: ignore[override]  # narrower than DRF
        self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers.setdefault("Content-Security-Policy", NOTHING_TO_RUN)
        # A page may be kept, but is asked after: publishing and taking back show at once.
        response.headers.setdefault("Cache-Control", "public, no-cache")
        return response

    # The same: what a browser asks before a request from another site needs no rendering.
    def options(  # type: ignore[override]  # narrower than DRF
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = HttpResponse(status=204)
        response["Allow"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "Accept, Content-Type"
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
