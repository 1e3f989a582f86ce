"""The addresses of the pages that people look at."""

from django.urls import path

from maps.views import about, brand, embed, layers, places

app_name = "maps"

urlpatterns = [
    path("", places.show_start, name="start"),
    path("my-area/", places.search, name="search"),
    path("my-area/<str:slug>", places.show_area, name="area"),
    path("layers/", layers.show_catalogue, name="catalogue"),
    path("layers/<slug:slug>", layers.show_layer, name="layer"),
    path("layers/<slug:slug>/<str:fid>", layers.show_feature, name="feature"),
    path("embed/<slug:slug>", embed.show_embedded_map, name="embed"),
    path("data", about.show_data, name="data"),
    path("accessibility", about.show_accessibility, name="accessibility"),
    path("privacy", about.show_privacy, name="privacy"),
    path("brand.css", brand.show_brand, name="brand"),
    path("robots.txt", about.show_robots, name="robots"),
]
