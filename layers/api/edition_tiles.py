"""Tiles that name their edition, at ``/tiles/…``: they never change, and may be kept for ever."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import PublicView
from layers.api.tile_answer import answer_tile
from layers.api.tile_numbers import read_number_in_path, read_tile, refuse_flipped
from layers.errors import NotFound
from layers.query.cache import read_through
from layers.query.editions import refuse_withdrawn
from layers.query.registry import PublishedLayer
from layers.query.tile_grid import TileAddress

FOR_EVER = "public, max-age=31536000, immutable"
# For nginx alone, which takes it out: a shared cache asks every minute whether the edition may
# still be shown, at the price of one row and no tile.
ASKED_EVERY_S = "60"
_ENDING = ".mvt"


class EditionTileView(PublicView):
    """One tile of one edition of a layer."""

    parameters = frozenset()
    page = ""

    def get(
        self, request: Request, slug: str, edition: str, zoom: str, column: str, row: str
    ) -> HttpResponse:
        tile = read_tile(zoom, column, without_ending(row))
        edition_id = read_number_in_path(edition, "edition")

        try:
            response = read_through(slug, partial(_answer, request._request, edition_id, tile))
        except NotFound:
            refuse_withdrawn(slug, edition_id)
            raise
        response["Cache-Control"] = FOR_EVER
        response["X-Accel-Expires"] = ASKED_EVERY_S
        return response


def _answer(
    request: HttpRequest, edition_id: int, tile: TileAddress, layer: PublishedLayer
) -> HttpResponse:
    refuse_flipped(layer, tile)
    return answer_tile(request, layer, edition_id, tile)


def without_ending(name: str) -> str:
    """Return the last part of a tile's address without its ending.

    Raises
    ------
    NotFound
        It has another one, or none.
    """
    if name.endswith(_ENDING):
        return name.removesuffix(_ENDING)
    raise NotFound(
        f"Tiles here are Mapbox Vector Tiles: their addresses end in {_ENDING}, not as "
        f"“{name[-30:]}” does."
    )
