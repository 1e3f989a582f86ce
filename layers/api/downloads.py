"""Whole layers as files: what there is, and each of them."""

import logging
import re
from typing import IO

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from layers.api.base import JSON, PublicView, absolute, json_response, link, page_link
from layers.api.files import file_response
from layers.api.parameters import read_format
from layers.api.provenance import provenance
from layers.errors import NotFound
from layers.exports.formats import FORMATS
from layers.exports.store import path_of
from layers.query.downloads import Download, ReadyFile, downloads_of, find_ready_file
from layers.query.editions import layer_as_of, refuse_withdrawn
from layers.query.registry import PublishedLayer, find_layer

_EDITION = re.compile(r"[1-9]\d{0,17}", re.ASCII)

logger = logging.getLogger(__name__)


class DownloadsView(PublicView):
    parameters = frozenset({"f"})
    page = "downloads"

    def get(self, request: Request, slug: str) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        layer = find_layer(slug)
        web = request._request
        path = f"/api/collections/{slug}"
        return json_response(
            {
                **provenance(layer),
                "downloads": [_describe(web, layer, each) for each in downloads_of(layer)],
                "links": [
                    link(web, f"{path}/downloads", "self", JSON, "This page"),
                    link(web, path, "collection", JSON, "The layer"),
                    page_link(web),
                ],
            }
        )


class DownloadFileView(PublicView):
    parameters = frozenset()
    page = ""

    def get(self, request: Request, slug: str, edition: str, name: str) -> HttpResponseBase:
        layer = _layer_of_edition(slug, edition)
        ready = find_ready_file(layer, name) if "\0" not in name else None
        file = _open(ready) if ready else None
        if ready is None or file is None:
            raise NotFound(
                f"“{layer.title}” has no file “{name[:100]}” ready made. "
                f"/api/collections/{slug}/downloads lists what there is."
            )
        media_type = FORMATS[ready.format].media_type
        response = file_response(request._request, file, media_type, ready.sha256)
        return as_attachment(response, layer, ready.name)


def as_attachment(response: HttpResponseBase, layer: PublishedLayer, name: str) -> HttpResponseBase:
    """Return an answer that browsers save, and that says on what terms it may be used."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if layer.licence_url:
        response["Link"] = f'<{layer.licence_url}>; rel="license"'
    return response


def _describe(request: HttpRequest, layer: PublishedLayer, each: Download) -> dict[str, object]:
    described: dict[str, object] = {
        "format": each.format.name,
        "title": each.format.title,
        "type": each.format.media_type,
        "href": absolute(request, each.path),
        "edition": layer.edition_id,
        "licence": layer.licence,
        "isReady": each.ready is not None,
    }
    if each.ready is None:
        return {**described, "note": "Made when it is asked for."}
    return {
        **described,
        "bytes": each.ready.bytes,
        "sha256": each.ready.sha256,
        "made": each.ready.made_at.isoformat(timespec="seconds"),
    }


def _layer_of_edition(slug: str, edition: str) -> PublishedLayer:
    """Return the layer as of an edition that is published, or was and is kept."""
    edition_id = int(edition) if _EDITION.fullmatch(edition) else 0
    if not 0 < edition_id < 2**63:
        raise NotFound(f"“{find_layer(slug).title}” has no edition “{edition[:30]}”.")
    try:
        return layer_as_of(find_layer(slug), edition_id)
    except NotFound:
        refuse_withdrawn(slug, edition_id)
        raise


def _open(ready: ReadyFile) -> IO[bytes] | None:
    """Open a file; None where it is not there, or not the one that is on record."""
    path = path_of(ready.file_name)
    try:
        file = path.open("rb")
    except OSError:
        logger.error("The file %s is on record and not on disk.", ready.file_name)
        return None
    if path.stat().st_size == ready.bytes:
        return file
    file.close()
    logger.error("The file %s is not as long as it was made.", ready.file_name)
    return None
