"""`/api/places`: what a text may mean, for scripts of our own pages and for everybody."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from rest_framework.request import Request

from gazetteer.place import KINDS, Place
from gazetteer.plain_text import LONGEST_TEXT
from gazetteer.query import MOST_SUGGESTED, suggest_places
from gazetteer.search.sources import read_sources
from layers.api.base import GEOJSON, VARY, PublicView, absolute
from layers.api.negotiation import HTML
from layers.api.parameters import listed, read_format, read_limit, read_names
from layers.api.provenance import sources_member
from layers.errors import ParameterInvalid
from layers.query.registry import PublishedLayer

FETCH_SITE = "Sec-Fetch-Site"
_OUR_PAGE = "same-origin"
_CORS = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers")


class PlacesView(PublicView):
    """Places by name, postcode, number or position: the ten best at most.

    What a layer that is not public holds is told to the scripts of our own pages alone, as the
    search box tells it to people: see the decision about licensed addresses.
    """

    parameters = frozenset({"q", "limit", "kinds", "f"})
    page_title = "Places"

    def get(self, request: Request) -> HttpResponse:
        query = request._request.GET
        read_format(query, ("json", "geojson"))
        text = _read_text(query)
        limit = read_limit(query, MOST_SUGGESTED, MOST_SUGGESTED)
        kinds = _read_kinds(query)
        is_ours = _is_asked_by_our_page(request._request)

        places = suggest_places(text, limit, kinds, for_everybody=not is_ours)
        return _answer(request._request, places, _layers_of(places))

    def finalize_response(  # type: ignore[override]  # as PublicView's
        self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if _is_asked_by_our_page(request._request):
            response.headers["Cross-Origin-Resource-Policy"] = _OUR_PAGE
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method != "OPTIONS":
            response.headers["Vary"] = f"{VARY}, {FETCH_SITE}"
        if _is_asked_by_our_page(request._request):
            for header in _CORS:
                response.headers.pop(header, None)
        return response


def _read_text(query: QueryDict) -> str:
    text = str(query.get("q", ""))
    if not text.strip():
        raise ParameterInvalid(
            "“q” is missing: a postcode, street, address, place, UPRN or grid reference.", "q"
        )
    if len(text) > LONGEST_TEXT:
        raise ParameterInvalid(f"“q” can have {LONGEST_TEXT} characters; it has {len(text)}.", "q")
    return text


def _read_kinds(query: QueryDict) -> tuple[str, ...]:
    if "kinds" not in query:
        return ()
    kinds = tuple(dict.fromkeys(read_names(str(query["kinds"]))))
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        raise ParameterInvalid(
            f"“kinds” needs kinds of place with commas between: {listed(KINDS)}.", "kinds"
        )
    return kinds


def _is_asked_by_our_page(request: HttpRequest) -> bool:
    return request.headers.get(FETCH_SITE) == _OUR_PAGE


def _layers_of(places: list[Place]) -> list[PublishedLayer]:
    """Return the layers that the places come from, each once."""
    sources = read_sources()
    roles = dict.fromkeys(place.source_role for place in places)
    return [sources[role] for role in roles if role in sources]


def _answer(
    request: HttpRequest, places: list[Place], layers: list[PublishedLayer]
) -> HttpResponse:
    features = orjson.dumps([_feature(request, place) for place in places])
    response = HttpResponse(
        b'{"type":"FeatureCollection","numberReturned":%d,' % len(places)
        + sources_member(layers)
        + b',"features":'
        + features
        + b"}",
        content_type=GEOJSON,
    )
    # What somebody looks for is nobody else's to keep.
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _feature(request: HttpRequest, place: Place) -> dict[str, Any]:
    page = absolute(request, reverse("maps:area", args=[place.slug]))
    return {
        "type": "Feature",
        "id": place.slug,
        "geometry": {
            "type": "Point",
            "coordinates": [round(place.longitude, 7), round(place.latitude, 7)],
        },
        "properties": {
            "kind": place.kind,
            "label": place.label,
            "slug": place.slug,
            "detail": place.detail or None,
            "ended_on": place.ended_on or None,
            "easting": round(place.easting, 2),
            "northing": round(place.northing, 2),
            "is_inside_council": place.is_inside_council,
            "is_exact": place.is_exact,
        },
        "links": [{"href": page, "rel": "about", "type": HTML, "title": place.label}],
    }
