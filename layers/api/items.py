"""A collection's features by page, and one alone: the hot paths, so bytes are passed on."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import orjson
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import GEOJSON, JSON, PublicView, absolute
from layers.api.changes import answer_changes
from layers.api.cursor import Cursor, read_cursor
from layers.api.filter_parameters import FILTER_NAMES, read_filter
from layers.api.parameters import (
    DEFAULT_LIMIT,
    MOST_ITEMS,
    read_bbox,
    read_bbox_crs,
    read_format,
    read_interval,
    read_limit,
)
from layers.api.provenance import provenance_members
from layers.api.validators import made_from_layer
from layers.errors import NotFound
from layers.query.bodies import ItemsBody, item_body, items_body
from layers.query.cache import read_through
from layers.query.editions import still_readable
from layers.query.registry import PublishedLayer
from layers.query.selection import Bbox, Selection

CONTENT_CRS = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"


class ItemsView(PublicView):
    parameters = (
        frozenset({"bbox", "bbox-crs", "datetime", "limit", "cursor", "changed-since", "f"})
        | FILTER_NAMES
    )

    def get(self, request: Request, slug: str) -> HttpResponse:
        query = request._request.GET
        if "changed-since" in query:
            return answer_changes(request._request, slug)
        read_format(query, ("json", "geojson"))
        read_bbox_crs(query)
        limit = read_limit(query, DEFAULT_LIMIT, MOST_ITEMS)
        bbox, interval = read_bbox(query), read_interval(query)
        cursor = read_cursor(query["cursor"]) if "cursor" in query else None

        def answer(layer: PublishedLayer) -> HttpResponse:
            edition_id = layer.edition_id if cursor is None else cursor.edition_id
            after = 0 if cursor is None else cursor.after
            body = items_body(
                layer,
                Selection(
                    bbox=bbox and Bbox(*bbox),
                    interval=interval,
                    filter=read_filter(query, layer),
                    edition_id=edition_id,
                ),
                page_size=limit,
                after=after,
            )
            # Asked after the page was read: an edition dropped before that has no features, and
            # a page without any would look like the last.
            layer = _as_of(layer, edition_id)
            page = _feature_collection(request._request, layer, body, is_first=after == 0)
            return made_from_layer(page, layer)

        return read_through(slug, answer)


class ItemView(PublicView):
    parameters = frozenset({"f"})

    def get(self, request: Request, slug: str, fid: str) -> HttpResponse:
        read_format(request._request.GET, ("json", "geojson"))

        def answer(layer: PublishedLayer) -> HttpResponse:
            feature = item_body(layer, fid) if "\0" not in fid else None
            if feature is None:
                raise NotFound(f"“{layer.title}” has no feature “{fid[:100]}”.")
            return made_from_layer(_feature(request._request, layer, fid, feature), layer)

        return read_through(slug, answer)


def _as_of(layer: PublishedLayer, edition_id: int) -> PublishedLayer:
    """Return the layer as of the edition that the reader began."""
    if edition_id == layer.edition_id:
        return layer
    published_at = still_readable(layer, edition_id)
    return replace(layer, edition_id=edition_id, published_at=published_at)


def _feature_collection(
    request: HttpRequest, layer: PublishedLayer, body: ItemsBody, *, is_first: bool
) -> HttpResponse:
    tail: dict[str, object] = {
        "numberReturned": body.count,
        "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "links": _page_links(request, layer, body.next_after),
    }
    if is_first and body.next_after is None:
        tail["numberMatched"] = body.count
    return _geojson(
        b'{"type":"FeatureCollection",'
        + provenance_members(layer)
        + b","
        + orjson.dumps(tail)[1:-1]
        + b',"features":['
        + body.features
        + b"]}"
    )


def _feature(request: HttpRequest, layer: PublishedLayer, fid: str, feature: bytes) -> HttpResponse:
    root, segment = absolute(request, ""), quote(fid)
    collection = f"{root}/api/collections/{layer.slug}"
    links = [
        {"href": f"{collection}/items/{segment}", "rel": "self", "type": GEOJSON},
        {
            "href": f"{root}/layers/{layer.slug}/{segment}",
            "rel": "alternate",
            "type": "text/html",
        },
        {"href": collection, "rel": "collection", "type": JSON},
    ]
    return _geojson(
        feature + b"," + provenance_members(layer) + b',"links":' + orjson.dumps(links) + b"}"
    )


def _geojson(body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type=GEOJSON)
    response["Content-Crs"] = CONTENT_CRS
    return response


def _page_links(
    request: HttpRequest, layer: PublishedLayer, next_after: int | None
) -> list[dict[str, str]]:
    path = f"/api/collections/{layer.slug}"
    links = [
        {"href": absolute(request, request.get_full_path()), "rel": "self", "type": GEOJSON},
        {
            "href": absolute(request, f"/layers/{layer.slug}"),
            "rel": "alternate",
            "type": "text/html",
        },
        {"href": absolute(request, path), "rel": "collection", "type": JSON},
    ]
    if next_after is not None:
        query = request.GET.dict()
        query["cursor"] = str(Cursor(layer.edition_id, next_after))
        href = absolute(request, f"{path}/items?{urlencode(query, safe=',:/')}")
        links.append({"href": href, "rel": "next", "type": GEOJSON})
    return links
