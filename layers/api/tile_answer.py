"""A tile as an answer: found on disk or made, compressed once, and empty without a body."""

import gzip
import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from layers.api.conditional import without_cost
from layers.errors import NotFound
from layers.query.registry import PublishedLayer
from layers.query.tile_editions import believe_layer, edition_of
from layers.query.tile_grid import TileAddress
from layers.query.tile_store import tile_store
from layers.query.tiles import is_empty, tile_body, tiles_digest

MVT = "application/vnd.mapbox-vector-tile"

# No tile begins so: its first byte names its first field.
_GZIP_MAGIC = b"\x1f\x8b"
_CODING = re.compile(r"\s*([a-z0-9*-]+)\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?", re.IGNORECASE)


def answer_tile(
    request: HttpRequest, layer: PublishedLayer, edition_id: int, tile: TileAddress
) -> HttpResponse:
    """Return a tile of an edition of ``layer``, 204 if it is empty, 304 if the client has it.

    Raises
    ------
    NotFound
        The layer has no tiles, or no such edition.
    EditionGone
        The edition was withdrawn, or is no longer kept.
    LayerMoved
        ``layer`` is no longer as it was remembered.
    """
    edition = edition_of(layer, edition_id)
    if edition.extent_4326 is None:
        raise NotFound(
            f"“{layer.title}” has no places, so it has no tiles. Its rows are at "
            f"/api/collections/{layer.slug}/items."
        )
    if is_empty(edition, tile):
        return empty_tile()
    is_gzipped = accepts_gzip(request.headers.get("Accept-Encoding", ""))
    digest = tiles_digest(edition)
    etag = f'"{edition_id}-{digest}-gzip"' if is_gzipped else f'"{edition_id}-{digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        believe_layer(layer)
        return unchanged_tile(etag)
    body = _kept_or_made(layer, edition, digest, tile, is_gzipped=is_gzipped)
    return whole_tile(body, etag, is_gzipped=is_gzipped) if body else empty_tile()


def accepts_gzip(header: str) -> bool:
    """Return whether an ``Accept-Encoding`` takes gzip."""
    weights = {}
    for coding in header.split(","):
        if found := _CODING.fullmatch(coding):
            weights[found[1].lower()] = (found[2] or "1").strip("0.") != ""
    return weights.get("gzip", weights.get("*", False))


def _kept_or_made(
    layer: PublishedLayer,
    edition: PublishedLayer,
    digest: str,
    tile: TileAddress,
    *,
    is_gzipped: bool,
) -> bytes:
    """Return the tile compressed or not, of no bytes if it holds nothing.

    It is kept as it was first asked for: whoever takes no gzip is not made to wait for it.
    """
    store = tile_store()
    if store and (kept := store.read(edition.edition_id, digest, tile)) is not None:
        believe_layer(layer)
        return as_asked(kept, is_gzipped=is_gzipped)
    body = tile_body(edition, tile)
    if not body:
        # An edition dropped while it was being read has no features either. It is asked for again
        # before that is believed, and kept.
        believe_layer(layer)
        edition_of(layer, edition.edition_id)
    body = as_asked(body, is_gzipped=is_gzipped)
    if store:
        store.write(edition.edition_id, digest, tile, body)
    return body


def as_asked(body: bytes, *, is_gzipped: bool) -> bytes:
    """Return a tile compressed or not, whichever it is now."""
    if not body or body.startswith(_GZIP_MAGIC) == is_gzipped:
        return body
    # Level 1: more costs longer than sending takes. No time in it: the same bytes for the same.
    return gzip.compress(body, 1, mtime=0) if is_gzipped else gzip.decompress(body)


def whole_tile(body: bytes, etag: str, *, is_gzipped: bool) -> HttpResponse:
    """Return the answer that is the tile."""
    response = HttpResponse(body, content_type=MVT)
    if is_gzipped:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    return response


def empty_tile() -> HttpResponse:
    """Return the answer that there is nothing in the tile."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response


def unchanged_tile(etag: str) -> HttpResponse:
    """Return the answer that the client has the tile."""
    response = HttpResponse(status=304, headers={"ETag": etag, "Vary": "Accept-Encoding"})
    del response["Content-Type"]
    return without_cost(response)
