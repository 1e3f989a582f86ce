"""An answer in JSON as a page: its template, and what the template needs beyond the answer."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from layers.api.negotiation import HTML, in_format
from layers.api.pages.collection import collection_page
from layers.api.pages.conformance import conformance_page
from layers.api.pages.docs import docs_page
from layers.api.pages.document import document_page
from layers.api.pages.downloads import downloads_page
from layers.api.pages.features import found_page, item_page, items_page
from layers.api.pages.schema import schema_page

PageContext = Callable[[HttpRequest, dict[str, Any], Iterable[str]], dict[str, Any]]

_CONTEXTS: dict[str, PageContext] = {
    "collection": collection_page,
    "conformance": conformance_page,
    "document": document_page,
    "docs": docs_page,
    "downloads": downloads_page,
    "found": found_page,
    "item": item_page,
    "items": items_page,
    "schema": schema_page,
}


def show_page(
    request: HttpRequest, response: HttpResponse, name: str, title: str, known: Iterable[str]
) -> HttpResponse:
    """Return ``response`` with its JSON turned into a page; anything else is left as it is.

    Parameters
    ----------
    name
        Of the template in ``templates/api``.
    title
        The page's heading, where its template has none of its own; empty to take the answer's.
    known
        The query parameters that the address knows.
    """
    media_type = response.headers["Content-Type"]
    if response.streaming or "json" not in media_type:
        return response
    answer = orjson.loads(response.content)
    context = {
        "answer": answer,
        "links": answer.get("links", []) if isinstance(answer, dict) else [],
        "data_address": in_format(request, "json"),
        "data_type": media_type.partition(";")[0],
        "api_address": f"{request.scheme}://{request.get_host()}/api/",
        "page_title": title,
        **_CONTEXTS.get(name, _nothing)(request, answer, known),
    }
    response.content = render_to_string(f"api/{name}.html", context, request)
    response.headers["Content-Type"] = f"{HTML}; charset=utf-8"
    response.headers["Link"] = f'<{context["data_address"]}>; rel="alternate"; type="{media_type}"'
    # These name the bytes that the page was made from; the page has words of its own besides.
    for header in ("ETag", "Last-Modified", "Content-Length"):
        response.headers.pop(header, None)
    vars(response).pop("made_from", None)
    return response


def _nothing(request: HttpRequest, answer: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    return {}
