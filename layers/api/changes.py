"""What changed since an edition or a time: a layer's copy is kept up by one small request a day."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict

from layers.api.base import GEOJSON, JSON, absolute, page_link
from layers.api.box_parameters import read_reference_system
from layers.api.negotiation import full_path
from layers.api.parameters import MOST_ITEMS, read_format, read_limit
from layers.api.provenance import provenance_members
from layers.api.validators import made_from_layer
from layers.errors import ChangesUnknown, LayerWithdrawn, NotFound, ParameterInvalid
from layers.query.cache import read_through
from layers.query.changes import ChangesBody, changes_body, make_sure, nothing_changed
from layers.query.editions import still_readable
from layers.query.pointer import edition_shown_at, was_shown, withdrawn_title
from layers.query.reference_systems import ReferenceSystem
from layers.query.registry import PublishedLayer

_CURSOR = re.compile(r"(?P<edition>\d{1,15})-(?P<after>[A-Za-z0-9._~-]{1,120})", re.ASCII)
_EDITION = re.compile(r"\d{1,15}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}([Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2}))?", re.ASCII
)
_GOES_WITH = frozenset({"changed-since", "crs", "limit", "cursor", "f"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a mirror asks: since when, in which CRS, and which page of that.

    ``target_id`` is the edition that the pages lead to, None before the first;
    ``after`` the id of the last feature of the page before.
    """

    since: int | datetime
    system: ReferenceSystem
    limit: int
    target_id: int | None
    after: str


def answer_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer a request for a layer's items that has `changed-since`.

    Raises
    ------
    ChangesUnknown
        The layer has to be copied whole.
    LayerWithdrawn
        A copy of the layer has to be emptied.
    """
    query = request.GET
    _refuse_selections(query)
    read_format(query, ("json", "geojson"))
    asked = _Asked(
        _read_since(str(query["changed-since"])),
        read_reference_system(query, "crs"),
        read_limit(query, MOST_ITEMS, MOST_ITEMS),
        *_read_cursor(query),
    )

    def answer(layer: PublishedLayer) -> HttpResponse:
        try:
            return _answer(request, layer, asked)
        except ChangesUnknown as error:
            make_sure(layer)
            raise _how_to_begin_anew(request, layer, error) from error

    try:
        return read_through(slug, answer)
    except NotFound as error:
        raise _withdrawn(slug) or error from error


def _answer(request: HttpRequest, layer: PublishedLayer, asked: _Asked) -> HttpResponse:
    target_id = asked.target_id or layer.edition_id
    since_id = _since_edition(layer, asked.since)
    if target_id != layer.edition_id:
        # Now as well as after the read: what is in another layer's editions is nobody's to time.
        still_readable(layer, target_id)
    if since_id == target_id:
        body = nothing_changed(layer)
    else:
        body = changes_body(
            layer,
            since_id,
            target_id,
            page_size=asked.limit,
            after=asked.after,
            system=asked.system,
        )
    if target_id != layer.edition_id:
        published_at = still_readable(layer, target_id)
        layer = replace(layer, edition_id=target_id, published_at=published_at)
    response = _collection(request, layer, since_id, body, asked.system)
    response["Content-Crs"] = f"<{asked.system.uri}>"
    return made_from_layer(response, layer)


def _since_edition(layer: PublishedLayer, asked: int | datetime) -> int | None:
    if isinstance(asked, datetime):
        return edition_shown_at(layer, asked)
    if asked != layer.edition_id and not was_shown(layer, asked):
        raise ChangesUnknown(f"“{layer.title}” never had an edition {asked}.")
    return asked


def _collection(
    request: HttpRequest,
    layer: PublishedLayer,
    since_id: int | None,
    body: ChangesBody,
    system: ReferenceSystem,
) -> HttpResponse:
    tail = {
        "sinceEdition": since_id,
        "fields": [field.name for field in layer.fields],
        "numberReturned": body.feature_count,
        "links": _links(request, layer, since_id, body.next_after),
    }
    return HttpResponse(
        b'{"type":"FeatureCollection",'
        + provenance_members(layer)
        + system.geojson_member
        + b","
        + orjson.dumps(tail)[1:-1]
        + b',"removed":['
        + body.removed
        + b'],"features":['
        + body.features
        + b"]}",
        content_type=GEOJSON,
    )


def _links(
    request: HttpRequest, layer: PublishedLayer, since_id: int | None, next_after: str | None
) -> list[dict[str, str]]:
    path = f"/api/collections/{layer.slug}"
    links = [
        {"href": absolute(request, full_path(request)), "rel": "self", "type": GEOJSON},
        page_link(request),
        {"href": absolute(request, path), "rel": "collection", "type": JSON},
    ]
    if next_after is not None:
        query = request.GET.dict()
        # A time is settled once: the pages that follow are all of one edition against another.
        if since_id is not None:
            query["changed-since"] = str(since_id)
        query["cursor"] = f"{layer.edition_id}-{next_after}"
        href = absolute(request, f"{path}/items?{urlencode(query, safe=',:/')}")
        links.append({"href": href, "rel": "next", "type": GEOJSON})
    return links


def _refuse_selections(query: QueryDict) -> None:
    """Refuse to tell the changes of a part: what left the part could not be told from the rest."""
    for name in query:
        if name not in _GOES_WITH:
            raise ParameterInvalid(
                f"“{name}” does not go with “changed-since”, which tells of a layer whole, as "
                "it is: in a copy of a part, a feature that no longer fits would stay for ever. "
                f"Leave “{name}” out and select from your copy.",
                name,
            )


def _read_since(text: str) -> int | datetime:
    """Return an edition's number, or a moment; a date is its first moment (UTC)."""
    if _EDITION.fullmatch(text):
        return int(text)
    try:
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text.upper())
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        pass
    raise ParameterInvalid(
        f"“changed-since” cannot be read: {text[:60]}. Write the “edition” of the answer that your "
        "copy was made from, such as 41, or a time such as 2026-03-31T09:00:00Z. In an address a "
        "+ is written %2B.",
        "changed-since",
    )


def _read_cursor(query: QueryDict) -> tuple[int | None, str]:
    """Return the edition that the pages lead to and the last id of the page before, if any."""
    if "cursor" not in query:
        return None, ""
    found = _CURSOR.fullmatch(str(query["cursor"]))
    if not found:
        raise ParameterInvalid(
            "“cursor” is not one of ours. Follow the next link of a page as it is, or leave "
            "the cursor out to start from the first page.",
            "cursor",
        )
    return int(found["edition"]), found["after"]


def _how_to_begin_anew(
    request: HttpRequest, layer: PublishedLayer, error: ChangesUnknown
) -> ChangesUnknown:
    whole = absolute(request, f"/api/collections/{layer.slug}/items?limit={MOST_ITEMS}")
    return ChangesUnknown(
        f"{error} Copy the layer whole, from {whole} on along its next links, and go on from the "
        f"edition that its pages name: changed-since={layer.edition_id} if that is still "
        "published then.",
        "changed-since",
    )


def _withdrawn(slug: str) -> LayerWithdrawn | None:
    title = withdrawn_title(slug)
    if title is None:
        return None
    return LayerWithdrawn(
        f"“{title}” is withdrawn: nothing of it is public now. Empty your copy, and ask again from "
        "the same edition another day; all changes are told when it comes back."
    )
