"""What every address of the API has in common."""

from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from rest_framework.request import Request
from rest_framework.views import APIView

from layers.api.constant_headers import ConstantHeaders
from layers.api.cross_origin import FOR_EVERY_SITE
from layers.api.negotiation import HTML, HTML_FORMAT, in_format, prefers_page, wants_page
from layers.api.pages.form import without_empty
from layers.api.pages.show import show_page
from layers.api.parameters import refuse_too_long, refuse_unknown
from layers.api.problems import NOTHING_TO_RUN
from layers.api.validators import ASKED_AFTER, KEPT_BUT_OLD
from layers.errors import ParameterInvalid

# An answer depends on these two headers of a request, and on no other.
VARY = "Accept, Accept-Encoding"
_OF_EVERY_ANSWER = {**FOR_EVERY_SITE, "Vary": VARY}
_OF_KEPT = {"Cache-Control": ASKED_AFTER, "X-Accel-Expires": KEPT_BUT_OLD}
# A page has the policy of pages, which the middleware adds.
_OF_DATA = {"Content-Security-Policy": NOTHING_TO_RUN}
_HEADERS = {
    (is_page, is_kept): ConstantHeaders(
        _OF_EVERY_ANSWER | ({} if is_page else _OF_DATA) | (_OF_KEPT if is_kept else {})
    )
    for is_page in (False, True)
    for is_kept in (False, True)
}
# What a script on another site may send: a key, and what it takes to ask again or go on.
_HEADERS_TAKEN = (
    "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-Modified-Since,"
    " If-None-Match, If-Range, Range, X-API-Key"
)

# nginx gives up an answer whose headers are more than 4 kB; a filter may be 20.
_LONGEST_IN_HEADER = 1_000

JSON = "application/json"
JSON_LD = "application/ld+json"
GEOJSON = "application/geo+json"


class PublicView(APIView):
    """A read that anybody may make from any site, without cookies.

    ``parameters`` names the query parameters that the address knows; any other is
    a 400, as OGC API requires, and so nobody can widen a cache's keys.

    ``page`` names the template in ``templates/api`` that shows the answer's JSON to people;
    empty for an address that has no such page, because it answers with other bytes.
    ``page_title`` is the heading of a page whose template leaves it to the address.
    ``has_form`` says that the page sends people back to its own address.
    """

    parameters: ClassVar[frozenset[str]] = frozenset()
    page: ClassVar[str] = "document"
    page_title: ClassVar[str] = ""
    has_form: ClassVar[bool] = False
    http_method_names = ["get", "head", "options"]
    is_page_wanted = False
    # Those of REST framework's own answers, which are none of ours.
    default_response_headers: ClassVar[dict[str, str]] = {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # A form of ours without a script sends what was left empty as well.
        if self.has_form and (address := without_empty(request)) and prefers_page(request):
            return HttpResponse(status=303, headers={"Location": address, "Vary": VARY})
        return super().dispatch(request, *args, **kwargs)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        # Nobody signs in here, and what is sent is read by whoever asked for it.
        return Request(request, negotiator=self.get_content_negotiator())

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # A browser asks with OPTIONS whether it may ask; what is wrong is said to the question.
        if request.method != "OPTIONS":
            refuse_too_long(request._request)
            self.refuse_unknown(request._request.GET)
            self._choose_form(request._request)

    def refuse_unknown(self, query: QueryDict) -> None:
        """Raise unless every query parameter is one that this address knows."""
        refuse_unknown(query, self.parameters)

    def page_name(self, query: QueryDict) -> str:
        """Return the name of the page that shows the answer to this query."""
        return self.page

    def _choose_form(self, request: HttpRequest) -> None:
        if self.page:
            self.is_page_wanted = wants_page(request)
        elif request.GET.get("f") == HTML_FORMAT:
            raise ParameterInvalid("“f” cannot be html here: this address has no page.", "f")

    # DRF's own type asks for its Response, which renders; these answers are bytes already.
    def finalize_response(  # type: ignore[override]  # narrower than DRF
        self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if self.page and response.status_code == HTTPStatus.OK:
            response = self._in_the_form_wanted(request._request, response)
        is_page = response.headers.get("Content-Type", "").startswith(HTML)
        is_kept = response.headers.get("Cache-Control", ASKED_AFTER) == ASKED_AFTER
        _HEADERS[is_page, is_kept].put_on(response)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(self.allowed_methods)
        return response

    def _in_the_form_wanted(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the answer, as a page if that is wanted, with a link to its other form."""
        if self.is_page_wanted:
            name = self.page_name(request.GET)
            return show_page(request, response, name, self.page_title, self.parameters)
        # What was sent is not in the address: nobody comes to its page by a link.
        if request.method != "POST":
            add_link_header(response, in_format(request, HTML_FORMAT), "alternate", HTML)
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
    """Return a document as JSON, with times to the second (RFC 3339)."""
    body = orjson.dumps(document, option=orjson.OPT_OMIT_MICROSECONDS)
    return HttpResponse(body, content_type=content_type)


def absolute(request: HttpRequest, path: str) -> str:
    """Return the full address of a path of this service."""
    return f"{_root_of(request)}{path}"


def _root_of(request: HttpRequest) -> str:
    """Return scheme and host, found out once: an answer has up to hundreds of links."""
    known = vars(request)
    if "root_of_links" not in known:
        known["root_of_links"] = f"{request.scheme}://{request.get_host()}"
    return str(known["root_of_links"])


def link(request: HttpRequest, path: str, rel: str, type_: str, title: str) -> dict[str, str]:
    """Return one member of a ``links`` list."""
    return {"href": absolute(request, path), "rel": rel, "type": type_, "title": title}


def add_link_header(response: HttpResponse, href: str, rel: str, type_: str) -> None:
    """Add a link to the headers of an answer (RFC 8288), unless it is too long for some proxies."""
    if len(href) <= _LONGEST_IN_HEADER:
        one = f'<{href}>; rel="{rel}"; type="{type_}"'
        others = response.headers.get("Link")
        response.headers["Link"] = f"{others}, {one}" if others else one


def page_link(request: HttpRequest) -> dict[str, str]:
    """Return the link from an answer to the page that shows it to people."""
    return link(request, in_format(request, HTML_FORMAT), "alternate", HTML, "This as a page")
