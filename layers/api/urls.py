"""The API's addresses."""

from django.urls import path, re_path

from layers.api import (
    around,
    collections,
    cuts,
    dcat,
    downloads,
    items,
    landing,
    problem_list,
    problems,
    queryables,
    tile_matrices,
    tilesets,
)

urlpatterns = [
    path("collections/<str:slug>/items", items.ItemsView.as_view(), name="api-items"),
    path("collections/<str:slug>/items/<str:fid>", items.ItemView.as_view(), name="api-item"),
    path("collections/<str:slug>/download", cuts.CutView.as_view()),
    path("collections/<str:slug>/downloads", downloads.DownloadsView.as_view()),
    path(
        "collections/<str:slug>/downloads/<str:edition>/<str:name>",
        downloads.DownloadFileView.as_view(),
    ),
    path("collections/<str:slug>/queryables", queryables.QueryablesView.as_view()),
    path("collections/<str:slug>/schema", queryables.SchemaView.as_view()),
    path("collections/<str:slug>/tiles", tilesets.TilesetsView.as_view()),
    path("collections/<str:slug>/tiles/<str:tile_matrix_set>", tilesets.TilesetView.as_view()),
    path(
        "collections/<str:slug>/tiles/<str:tile_matrix_set>"
        "/<str:tile_matrix>/<str:tile_row>/<str:tile_col>",
        tilesets.CollectionTileView.as_view(),
    ),
    path("tileMatrixSets", tile_matrices.TileMatrixSetsView.as_view()),
    path("tileMatrixSets/<str:tile_matrix_set>", tile_matrices.TileMatrixSetView.as_view()),
    path("conformance", landing.ConformanceView.as_view(), name="api-conformance"),
    path("dcat", dcat.DcatView.as_view(), name="api-catalogue"),
    path("docs", landing.DocsView.as_view(), name="api-docs"),
    path("openapi", landing.OpenApiView.as_view(), name="api-definition"),
    path("collections", collections.CollectionsView.as_view(), name="api-collections"),
    path("collections/<str:slug>", collections.CollectionView.as_view(), name="api-collection"),
    path("nearest", around.NearestView.as_view()),
    path("at", around.AtView.as_view()),
    path("problems", problem_list.ProblemsView.as_view(), name="api-problems"),
    path("", landing.LandingView.as_view(), name="api"),
    re_path("", problems.address_unknown),
]
