"""The layers as collections."""

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import GEOJSON, HTML, JSON, PublicView, json_response, link, page_link
from layers.api.parameters import read_format
from layers.api.provenance import provenance
from layers.api.queryables import QUERYABLES_REL, SCHEMA_REL, SCHEMA_TYPE
from layers.api.tilesets import TILESETS_REL
from layers.api.validators import (
    made_from_everything,
    made_from_fresh_layer,
    state_of_everything,
)
from layers.exports.formats import FORMATS
from layers.query.downloads import on_demand_path
from layers.query.reference_systems import CRS84, STORED, SUPPORTED
from layers.query.registry import PublishedLayer, find_layer, published_layers


class CollectionsView(PublicView):
    parameters = frozenset({"f"})
    page = "collections"

    def get(self, request: Request) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        state = state_of_everything()
        layers = published_layers().values()
        response = json_response(
            {
                "links": [
                    link(request._request, "/api/collections", "self", JSON, "This page"),
                    page_link(request._request),
                ],
                # Part 2: which of them a collection has, it says itself.
                "crs": [system.uri for system in SUPPORTED],
                "collections": [describe_collection(request._request, layer) for layer in layers],
            }
        )
        return made_from_everything(response, state)


class CollectionView(PublicView):
    parameters = frozenset({"f"})
    page = "collection"

    def get(self, request: Request, slug: str) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        layer = find_layer(slug)
        response = json_response(describe_collection(request._request, layer))
        return made_from_fresh_layer(response, layer)


def describe_collection(request: HttpRequest, layer: PublishedLayer) -> dict[str, object]:
    """Return a collection as OGC API Features Part 1, clause 7.14, describes it."""
    return {
        "id": layer.slug,
        "title": layer.title,
        "description": layer.description,
        "keywords": list(layer.keywords),
        "itemType": "feature",
        "crs": [system.uri for system in SUPPORTED],
        **({"storageCrs": STORED.uri} if layer.geometry_type != "None" else {}),
        "extent": _extent(layer),
        "links": _links(request, layer),
        "geometryType": layer.geometry_type,
        "featureCount": layer.feature_count,
        "stableIds": layer.has_stable_ids,
        "fields": [
            {
                "name": field.name,
                "title": field.title,
                "type": field.type,
                "unit": field.unit or None,
                "description": field.description or None,
            }
            for field in layer.fields
        ],
        **provenance(layer),
        **_freshness(layer),
    }


def _freshness(layer: PublishedLayer) -> dict[str, object]:
    """Return how fresh a layer is that was just read from the database, not remembered."""
    checked_at, failing_since = layer.checked_at or layer.published_at, layer.failing_since
    return {
        "checked": checked_at.isoformat(timespec="seconds"),
        "refreshDays": layer.refresh_days,
        "failingSince": failing_since.isoformat(timespec="seconds") if failing_since else None,
    }


def _links(request: HttpRequest, layer: PublishedLayer) -> list[dict[str, str]]:
    path = f"/api/collections/{layer.slug}"
    links = [
        link(request, path, "self", JSON, "This layer"),
        link(request, f"{path}/items", "items", GEOJSON, "Its features as GeoJSON"),
        link(request, f"{path}/queryables", QUERYABLES_REL, SCHEMA_TYPE, "What to filter by"),
        link(request, f"{path}/schema", SCHEMA_REL, SCHEMA_TYPE, "What its features have"),
        # Not of this request: the list says of a layer what the layer says of itself.
        link(request, f"{path}?f=html", "alternate", HTML, "This layer as a page"),
        link(request, f"/layers/{layer.slug}", "related", HTML, "Its map and list"),
    ]
    if layer.extent_4326 is not None:
        links.append(link(request, f"{path}/tiles", TILESETS_REL, JSON, "Its vector tiles"))
    links.append(link(request, f"{path}/downloads", "related", JSON, "Its files, with sizes"))
    # Each of these addresses leads to the file that is ready made, where there is one.
    links += [
        link(
            request,
            on_demand_path(layer.slug, each.name),
            "enclosure",
            each.media_type.partition(";")[0],
            f"All of it as {each.title}",
        )
        for each in FORMATS.values()
    ]
    if layer.licence_url:
        licence = {"href": layer.licence_url, "rel": "license", "title": layer.licence}
        links.append({**licence, "type": "text/html"})
    return links


def _extent(layer: PublishedLayer) -> dict[str, object]:
    if layer.extent_4326 is None:
        return {}
    return {"spatial": {"bbox": [list(layer.extent_4326)], "crs": CRS84.uri}}
