"""The collections of one address, as data."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request

from layers.api.base import JSON, PublicView, json_response, link
from layers.api.negotiation import HTML
from layers.api.parameters import read_format
from layers.api.provenance import provenance
from layers.query.registry import PublishedLayer, published_layers
from waste.api.answer import bins_answer
from waste.api.days import read_days
from waste.query import collections_of_uprn
from waste.uprn import read_uprn


class BinsView(PublicView):
    """Which bins go on which day."""

    parameters = frozenset({"from", "to", "f"})
    page_title = "Bin collections of one address"

    def get(self, request: Request, uprn: str) -> HttpResponse:
        query = request._request.GET
        read_format(query, ("json",))
        uprn = read_uprn(uprn)
        first, last = read_days(query, timezone.localdate())
        found = collections_of_uprn(uprn, first, last)
        layers = published_layers()
        sources = [layers[slug] for slug in found.layers if slug in layers]
        response = json_response(
            {
                **bins_answer(found, uprn, first, last),
                "sources": [provenance(layer) for layer in sources],
                "links": _links(request._request, uprn, sources),
            }
        )
        # Where somebody lives is nobody else's to keep.
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response


def _links(request: HttpRequest, uprn: str, sources: list[PublishedLayer]) -> list[dict[str, str]]:
    return [
        link(request, reverse("api-bins", args=[uprn]), "self", JSON, "These collections"),
        link(
            request,
            reverse("bins-calendar", args=[uprn]),
            "alternate",
            "text/calendar",
            "A calendar",
        ),
        link(request, reverse("maps:bins", args=[uprn]), "alternate", HTML, "A page for people"),
        *(
            link(
                request,
                f"/api/collections/{layer.slug}/downloads",
                "enclosure",
                JSON,
                f"All of “{layer.title}” to download",
            )
            for layer in sources
        ),
    ]
