"""The API's front door: what there is, and which standards it keeps to."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from layers.api.base import HTML, JSON, JSON_LD, PublicView, json_response, link, page_link
from layers.api.negotiation import HTML_FORMAT
from layers.api.openapi.document import openapi_document
from layers.api.openapi.parts import OPENAPI_TYPE
from layers.api.parameters import read_format, refuse_unknown
from layers.api.tile_matrices import TILING_SCHEMES_REL
from layers.api.tilesets import TILES_CONFORMANCE
from layers.api.validators import made_from_everything, state_of_everything
from layers.models import Organisation
from layers.query.registry import published_layers

CONFORMANCE = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
    "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
    *TILES_CONFORMANCE,
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
]


class LandingView(PublicView):
    parameters = frozenset({"f"})
    page = "landing"

    def get(self, request: Request) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        state = state_of_everything()
        council = Organisation.objects.using("read").first()
        name = council.name if council else "Council Maps"
        response = json_response(
            {
                "title": f"{name}: open map data",
                "description": "The council's map layers, for anybody to use: by "
                "feature, by place, by what changed, as tiles and as whole files.",
                "links": [
                    link(request._request, "/api/", "self", JSON, "This page"),
                    link(
                        request._request,
                        "/api/openapi",
                        "service-desc",
                        OPENAPI_TYPE,
                        "OpenAPI definition",
                    ),
                    link(
                        request._request,
                        "/api/conformance",
                        "conformance",
                        JSON,
                        "Standards that this service keeps to",
                    ),
                    link(request._request, "/api/collections", "data", JSON, "The layers"),
                    link(
                        request._request,
                        "/api/tileMatrixSets",
                        TILING_SCHEMES_REL,
                        JSON,
                        "How tiles are cut",
                    ),
                    link(
                        request._request,
                        "/api/dcat",
                        "describedby",
                        JSON_LD,
                        "The catalogue for data portals",
                    ),
                    page_link(request._request),
                    link(request._request, "/api/docs", "service-doc", HTML, "Documentation"),
                ],
            }
        )
        return made_from_everything(response, state)


class ConformanceView(PublicView):
    parameters = frozenset({"f"})
    page = "conformance"

    def get(self, request: Request) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        return json_response({"conformsTo": CONFORMANCE})


class OpenApiView(PublicView):
    parameters = frozenset({"f"})
    page = "docs"

    def get(self, request: Request) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        state = state_of_everything()
        document = openapi_document(request._request, published_layers())
        return made_from_everything(json_response(document, content_type=OPENAPI_TYPE), state)


class DocsView(OpenApiView):
    """The documentation is a page whatever is asked for; its data is the definition."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        read_format(request._request.GET, (HTML_FORMAT,))
        refuse_unknown(request._request.GET, self.parameters)
        self.is_page_wanted = True
