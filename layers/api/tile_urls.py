"""The addresses of tiles that name their edition, and of what describes them."""

from django.urls import path, re_path

from layers.api import basemap_tiles, edition_tiles, problems, tile_style, tilejson

urlpatterns = [
    # No layer is called basemap: the catalogue refuses it.
    path(
        "basemap/<str:digest>/<str:zoom>/<str:column>/<str:row>",
        basemap_tiles.BasemapTileView.as_view(),
    ),
    # Whatever stands between slashes: what is no number is told what to write.
    path(
        "<str:slug>/<str:edition>/<str:zoom>/<str:column>/<str:row>",
        edition_tiles.EditionTileView.as_view(),
    ),
    path("<str:slug>/style.json", tile_style.TileStyleView.as_view()),
    path("<str:slug>.json", tilejson.TileJsonView.as_view()),
    re_path("", problems.address_unknown),
]
