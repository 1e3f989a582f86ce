"""A collection's features by page, and one alone: the hot paths, so bytes are passed on."""

from datetime import UTC, datetime
from urllib.parse import quote

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict
from rest_framework.request import Request

from layers.api.base import (
    GEOJSON,
    JSON,
    PublicView,
    absolute,
    add_link_header,
    page_link,
)
from layers.api.changes import answer_changes
from layers.api.cursor import Cursor, cursor_invalid
from layers.api.edition_parameter import EditionAsked, read_edition
from layers.api.items_request import (
    ITEM_PARAMETERS,
    ITEMS_PARAMETERS,
    ItemsRequest,
    read_items_request,
)
from layers.api.negotiation import full_path, with_parameter
from layers.api.output_parameters import read_output
from layers.api.parameters import read_format, refuse_unknown
from layers.api.provenance import provenance_members
from layers.api.turns import turn_for
from layers.api.validators import made_from_layer
from layers.errors import NotFound
from layers.query.bodies import ItemsBody, item_body, items_body
from layers.query.cache import confirmed, read_through
from layers.query.counts import MOST_COUNTED, count_features
from layers.query.filters.equality import parameter_names
from layers.query.reference_systems import ReferenceSystem
from layers.query.registry import PublishedLayer, find_layer

# Where somebody stands is nobody else's to keep.
NOBODY_ELSES = "private, no-store"


class ItemsView(PublicView):
    parameters = ITEMS_PARAMETERS
    page = "items"
    page_title = "What changed"
    has_form = True

    def page_name(self, query: QueryDict) -> str:
        # Changes are no page of features.
        return "document" if "changed-since" in query else self.page

    def refuse_unknown(self, query: QueryDict) -> None:
        # A collection's queryables are parameters too: they are known when it is.
        pass

    def get(self, request: Request, slug: str) -> HttpResponse:
        query = request._request.GET
        if "changed-since" in query:
            # What is known, but does not go with it, is told so further in.
            refuse_unknown(query, self.parameters, lambda: parameter_names(find_layer(slug)))
            return answer_changes(request._request, slug)

        def answer(layer: PublishedLayer) -> HttpResponse:
            asked = read_items_request(query, layer)
            read_format(query, ("json", "geojson"))
            return _answer(request._request, layer, asked)

        try:
            with turn_for(query):
                return read_through(slug, answer)
        except NotFound:
            read_edition(query).refuse_withdrawn(slug)
            raise


class ItemView(PublicView):
    parameters = ITEM_PARAMETERS
    page = "item"

    def get(self, request: Request, slug: str, fid: str) -> HttpResponse:
        query = request._request.GET
        read_format(query, ("json", "geojson"))
        edition = read_edition(query)

        def answer(layer: PublishedLayer) -> HttpResponse:
            with confirmed(layer):
                output = read_output(query, layer)
            feature = item_body(layer, fid, output, edition.edition_id) if "\0" not in fid else None
            layer = edition.layer_of(layer)
            if feature is None:
                raise NotFound(f"“{layer.title}” has no feature “{fid[:100]}”.")
            answered = _feature(request._request, layer, fid, feature, edition, output.system)
            return made_from_layer(answered, layer, names_edition=edition.is_named)

        try:
            return read_through(slug, answer)
        except NotFound:
            edition.refuse_withdrawn(slug)
            raise


def _answer(request: HttpRequest, layer: PublishedLayer, asked: ItemsRequest) -> HttpResponse:
    body = items_body(layer, asked.selection, asked.page, asked.output)
    # Asked after the page was read: an edition dropped before that has no features, and
    # a page without any would look like the last.
    layer = asked.edition.layer_of(layer)
    if not body.goes_on:
        raise cursor_invalid()
    return _feature_collection(request, layer, asked, body)


def _feature_collection(
    request: HttpRequest, layer: PublishedLayer, asked: ItemsRequest, body: ItemsBody
) -> HttpResponse:
    links = _links(request, layer, "items", asked.edition)
    following = _next_page(request, layer, body.next_after)
    if following is not None:
        links.append({"href": following, "rel": "next", "type": GEOJSON})
    tail: dict[str, object] = {
        "numberReturned": body.count,
        "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "links": links,
        **_number_matched(layer, asked, body),
    }
    response = _geojson(
        b'{"type":"FeatureCollection",'
        + provenance_members(layer)
        + asked.output.system.geojson_member
        + b","
        + orjson.dumps(tail)[1:-1]
        + b',"features":['
        + body.features
        + b"]}",
        asked.output.system,
    )
    if following is not None:
        add_link_header(response, following, "next", GEOJSON)
    if asked.is_about_a_place:
        response["Cache-Control"] = NOBODY_ELSES
        return response
    # An area is of another layer, which may change while this one does not.
    if asked.selection.area is not None:
        return response
    return made_from_layer(response, layer, names_edition=asked.edition.is_named)


def _number_matched(
    layer: PublishedLayer, asked: ItemsRequest, body: ItemsBody
) -> dict[str, object]:
    """Return how many features match where that costs nothing, or where it is asked for."""
    if asked.page.near is None and asked.selection.is_everything(layer):
        return {"numberMatched": layer.feature_count}
    if asked.edition.after == 0 and body.next_after is None:
        return {"numberMatched": body.count}
    if not asked.is_counted:
        return {}
    count = count_features(layer, asked.selection, must_be_somewhere=asked.page.near is not None)
    return {"numberMatchedAtLeast": MOST_COUNTED} if count is None else {"numberMatched": count}


def _feature(
    request: HttpRequest,
    layer: PublishedLayer,
    fid: str,
    feature: bytes,
    edition: EditionAsked,
    system: ReferenceSystem,
) -> HttpResponse:
    links = _links(request, layer, f"items/{quote(fid)}", edition)
    return _geojson(
        feature
        + b","
        + provenance_members(layer)
        + system.geojson_member
        + b',"links":'
        + orjson.dumps(links)
        + b"}",
        system,
    )


def _geojson(body: bytes, system: ReferenceSystem) -> HttpResponse:
    response = HttpResponse(body, content_type=GEOJSON)
    response["Content-Crs"] = f"<{system.uri}>"
    return response


def _next_page(request: HttpRequest, layer: PublishedLayer, next_after: int | None) -> str | None:
    """Return the full address of the page that follows, None for the last."""
    if next_after is None:
        return None
    cursor = str(Cursor(layer.edition_id, next_after))
    return absolute(request, with_parameter(request, "cursor", cursor))


def _links(
    request: HttpRequest, layer: PublishedLayer, path: str, edition: EditionAsked
) -> list[dict[str, str]]:
    """Return the links of an answer at ``path`` of a collection."""
    collection = absolute(request, f"/api/collections/{layer.slug}")
    links = [
        {"href": absolute(request, full_path(request)), "rel": "self", "type": GEOJSON},
        page_link(request),
        {"href": collection, "rel": "collection", "type": JSON},
    ]
    if edition.is_named:
        links.append({"href": f"{collection}/{path}", "rel": "latest-version", "type": GEOJSON})
    return links
