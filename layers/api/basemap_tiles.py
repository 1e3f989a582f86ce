"""Tiles of the basemap, at ``/tiles/basemap/…``: an address names what it shows, for good."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from rest_framework.request import Request

from layers.api.base import PublicView
from layers.api.conditional import without_cost
from layers.api.edition_tiles import ASKED_EVERY_S, FOR_EVER, without_ending
from layers.api.tile_answer import (
    accepts_gzip,
    as_asked,
    empty_tile,
    unchanged_tile,
    whole_tile,
)
from layers.api.tile_numbers import read_tile
from layers.errors import NotFound
from layers.query.basemap.find import Basemap, find_basemap
from layers.query.basemap.tile import basemap_tile_body, is_beyond
from layers.query.tile_grid import TileAddress
from layers.query.tile_store import tile_store

_DIGEST = re.compile("[0-9a-f]{16}")
# Of no edition: several make a tile.
_NO_EDITION = 0


class BasemapTileView(PublicView):
    """One tile of everything that lies under a map."""

    parameters = frozenset()
    page = ""

    def get(self, request: Request, digest: str, zoom: str, column: str, row: str) -> HttpResponse:
        tile = read_tile(zoom, column, without_ending(row))
        if not _DIGEST.fullmatch(digest):
            raise NotFound(
                f"“{digest[:30]}” names no basemap. The addresses of its tiles are on the pages "
                "with maps."
            )
        basemap = find_basemap()
        if basemap is None:
            raise NotFound("No layer of the basemap is published, so it has no tiles.")
        if basemap.digest != digest:
            return _elsewhere(basemap, tile)
        response = _answer(request._request, basemap, tile)
        response["Cache-Control"] = FOR_EVER
        response["X-Accel-Expires"] = ASKED_EVERY_S
        return response


def _elsewhere(basemap: Basemap, tile: TileAddress) -> HttpResponse:
    """Send a page that was opened before the basemap changed to what it is now."""
    address = f"/tiles/basemap/{basemap.digest}/{tile.zoom}/{tile.column}/{tile.row}.mvt"
    response = HttpResponse(status=307, headers={"Location": address, "Cache-Control": "no-store"})
    del response["Content-Type"]
    return without_cost(response)


def _answer(request: HttpRequest, basemap: Basemap, tile: TileAddress) -> HttpResponse:
    if is_beyond(basemap, tile):
        return empty_tile()
    is_gzipped = accepts_gzip(request.headers.get("Accept-Encoding", ""))
    etag = f'"{basemap.digest}-gzip"' if is_gzipped else f'"{basemap.digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return unchanged_tile(etag)
    body = _kept_or_made(basemap, tile, is_gzipped=is_gzipped)
    return whole_tile(body, etag, is_gzipped=is_gzipped) if body else empty_tile()


def _kept_or_made(basemap: Basemap, tile: TileAddress, *, is_gzipped: bool) -> bytes:
    """Return the tile compressed or not, of no bytes if it holds nothing.

    `basemap` is what the database says now: `find_basemap` has asked it.
    """
    store = tile_store()
    if store and (kept := store.read(_NO_EDITION, basemap.digest, tile)) is not None:
        return as_asked(kept, is_gzipped=is_gzipped)
    body = as_asked(basemap_tile_body(basemap, tile), is_gzipped=is_gzipped)
    # An edition dropped while it was being read has no features: that is not to be kept.
    now = find_basemap()
    if store and now and now.digest == basemap.digest:
        store.write(_NO_EDITION, basemap.digest, tile, body)
    return body
