"""The catalogue of layers as DCAT-AP in JSON-LD, for portals that harvest it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import JSON_LD, PublicView, absolute, json_response
from layers.api.collections import describe_collection
from layers.api.parameters import read_format
from layers.models import Organisation
from layers.query.registry import Box, PublishedLayer, published_layers

_EU = "http://publications.europa.eu/resource/authority"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
# All that is needed to read it is in it: a harvester fetches no context from elsewhere.
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_FREQUENCIES = (
    (1, "DAILY"), (7, "WEEKLY"), (14, "BIWEEKLY"), (31, "MONTHLY"), (62, "BIMONTHLY"),
    (92, "QUARTERLY"), (123, "ANNUAL_3"), (184, "ANNUAL_2"), (366, "ANNUAL"), (731, "BIENNIAL"),
)  # fmt: skip
_DATA_RELATIONS = frozenset(
    {
        "items",
        "enclosure",
        "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector",
        "http://www.opengis.net/def/rel/ogc/1.0/downloads",
    }
)


class DcatView(PublicView):
    parameters = frozenset({"f"})
    page_title = "The catalogue for data portals"

    def get(self, request: Request) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        return json_response(describe_catalogue(request._request), content_type=JSON_LD)


def describe_catalogue(request: HttpRequest) -> dict[str, Any]:
    """Return the catalogue with a dataset for each public layer."""
    layers = published_layers().values()
    council = Organisation.objects.using("read").first()
    name = council.name if council else "Council Maps"
    publisher: dict[str, Any] = {"@type": "foaf:Organization", "foaf:name": name}
    if council and council.website:
        publisher["@id"] = council.website
        publisher["foaf:homepage"] = {"@id": council.website}
    catalogue: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": absolute(request, "/api/dcat"),
        "@type": "dcat:Catalog",
        "dct:title": _in_english(f"{name}: open map data"),
        "dct:description": _in_english("The council's map layers as open data."),
        "dct:language": {"@id": f"{_EU}/language/ENG"},
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": absolute(request, "/layers/")},
        "dcat:service": _describe_service(request),
        "dcat:dataset": [_describe_dataset(request, layer, publisher) for layer in layers],
    }
    if layers:
        latest = max(layer.published_at for layer in layers)
        catalogue["dct:modified"] = _instant(latest.isoformat(timespec="seconds"))
    return catalogue


def _describe_service(request: HttpRequest) -> dict[str, Any]:
    return {
        "@id": absolute(request, "/api/"),
        "@type": "dcat:DataService",
        "dct:title": _in_english("OGC API - Features"),
        "dcat:endpointURL": {"@id": absolute(request, "/api/")},
        "dcat:endpointDescription": {"@id": absolute(request, "/api/openapi")},
        "dct:conformsTo": {"@id": "http://www.opengis.net/spec/ogcapi-features-1/1.0"},
        "foaf:page": {"@id": absolute(request, "/api/docs")},
    }


def _describe_dataset(
    request: HttpRequest, layer: PublishedLayer, publisher: dict[str, Any]
) -> dict[str, Any]:
    address = absolute(request, f"/layers/{layer.slug}")
    links = describe_collection(request, layer)["links"]
    assert isinstance(links, list)  # it is made above as one
    dataset: dict[str, Any] = {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": layer.slug,
        "dct:title": _in_english(layer.title),
        "dct:description": _in_english(layer.description),
        "dcat:keyword": [_in_english(word) for word in (layer.theme_title, *layer.keywords)],
        "dct:publisher": publisher,
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:modified": _instant(layer.published_at.isoformat(timespec="seconds")),
        "owl:versionInfo": str(layer.edition_id),
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/{frequency_of(layer.refresh_days)}"},
        "dcat:landingPage": {"@id": address},
        "dcat:distribution": [
            _describe_distribution(request, layer, link)
            for link in links
            if link["rel"] in _DATA_RELATIONS
        ],
    }
    if layer.extent_4326:
        dataset["dct:spatial"] = _describe_extent(layer.extent_4326)
    if layer.source_url:
        dataset["dct:source"] = {"@id": layer.source_url}
    return dataset


def _describe_distribution(
    request: HttpRequest, layer: PublishedLayer, link: dict[str, str]
) -> dict[str, Any]:
    media_type = link.get("type", "").partition(";")[0]
    distribution: dict[str, Any] = {
        "@id": link["href"],
        "@type": "dcat:Distribution",
        "dct:title": _in_english(link.get("title", media_type)),
        "dcat:accessURL": {"@id": link["href"]},
        "dcat:accessService": {"@id": absolute(request, "/api/")},
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}/{media_type}"},
        "dct:license": {"@id": layer.licence_url}
        if layer.licence_url
        else {"@type": "dct:LicenseDocument", "rdfs:label": layer.licence},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": layer.attribution},
    }
    if link["rel"] == "enclosure":
        distribution["dcat:downloadURL"] = {"@id": link["href"]}
    return distribution


def _describe_extent(extent_4326: Box) -> dict[str, Any]:
    west, south, east, north = extent_4326
    corners = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    return {
        "@type": "dct:Location",
        "dcat:bbox": {"@type": "geo:wktLiteral", "@value": f"POLYGON(({corners}))"},
    }


def frequency_of(refresh_days: int | None) -> str:
    """Return the name of the rhythm in the EU's list that is nearest to it, from above."""
    if refresh_days is None:
        return "UNKNOWN"
    return next((name for days, name in _FREQUENCIES if refresh_days <= days), "IRREG")


def _in_english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _instant(text: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": text}
