"""The addresses of the pages that people look at."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.generic import RedirectView

from maps.sitemaps import SITEMAPS
from maps.views import (
    about,
    addresses,
    applications,
    basemap,
    bins,
    brand,
    check_neighbours,
    check_paper,
    embed,
    embedded_area,
    kept_checks,
    layers,
    location,
    nearest,
    places,
    planning,
    planning_check,
    print_map,
    reports,
    still_map,
    web_map,
)

app_name = "maps"

urlpatterns = [
    path("", places.show_start, name="start"),
    path("my-area/", places.search, name="search"),
    path("my-area/near", location.show_places_near, name="near"),
    path("my-area/<str:slug>", places.show_area, name="area"),
    path("my-area/<str:slug>/planning", planning.show_planning, name="planning"),
    path("nearest/<slug:layer_slug>/", nearest.search, name="nearest-search"),
    path("nearest/<slug:layer_slug>/<str:slug>", nearest.show_nearest, name="nearest"),
    path("planning/check", planning_check.ask, name="check"),
    path("planning/check/at/<str:slug>", planning_check.check_place, name="check-place"),
    path(
        "planning/check/of/<slug:slug>/<str:fid>",
        planning_check.check_feature,
        name="check-feature",
    ),
    path("planning/checks/", planning_check.keep, name="keep-check"),
    path("planning/checks/<str:check_id>.csv", kept_checks.send_csv, name="check-csv"),
    path("planning/checks/<str:check_id>.pdf", check_paper.send_pdf, name="check-pdf"),
    path("planning/checks/<str:check_id>.json", kept_checks.send_json, name="check-json"),
    path("planning/checks/<str:check_id>.geojson", kept_checks.send_geojson, name="check-geojson"),
    path("planning/checks/<str:check_id>", kept_checks.show_kept, name="kept-check"),
    path(
        "planning/checks/<str:check_id>/neighbours",
        check_neighbours.show_neighbours,
        name="check-neighbours",
    ),
    path(
        "planning/checks/<str:check_id>/neighbours.csv",
        check_neighbours.send_neighbours,
        name="check-letters",
    ),
    path("planning/checks/<str:check_id>/again", kept_checks.show_again, name="check-again"),
    path("planning/checks/<str:check_id>/verify", kept_checks.show_verified, name="check-verify"),
    path("planning/checks/<str:check_id>/beside", kept_checks.choose_other, name="check-other"),
    path(
        "planning/checks/<str:check_id>/beside/<str:other_id>",
        kept_checks.show_beside,
        name="checks-beside",
    ),
    path("bins/<str:uprn>", bins.show_bins, name="bins"),
    path("bins/<str:uprn>/calendar", bins.show_year, name="bins-year"),
    path("my-area/<str:slug>/addresses", addresses.show_addresses, name="postcode-addresses"),
    path("my-area/<str:slug>/in/<slug:layer>/<str:fid>", addresses.show_part, name="postcode-part"),
    path("layers/", layers.show_catalogue, name="catalogue"),
    path("layers/<slug:slug>", layers.show_layer, name="layer"),
    # People and links add a slash; there is one address for a layer.
    path(
        "layers/<slug:slug>/",
        RedirectView.as_view(pattern_name="maps:layer", permanent=True, query_string=True),
    ),
    path("layers/<slug:slug>/<str:fid>", layers.show_feature, name="feature"),
    path("map", web_map.show_map, name="map"),
    path("map/", RedirectView.as_view(pattern_name="maps:map", permanent=True, query_string=True)),
    path("map/layers/<slug:slug>", web_map.show_layer_card, name="map-card"),
    path("map/at", web_map.show_what_is_here, name="map-here"),
    path("map/list", web_map.show_list, name="map-list"),
    path("map/measure", web_map.measure_on_grid, name="map-measure"),
    path("map/square", web_map.name_grid_square, name="map-square"),
    path("planning/applications", applications.show_list, name="applications"),
    path("planning/applications/counts", applications.show_counts, name="applications-counts"),
    path("planning/applications/counts.csv", applications.send_counts, name="applications-csv"),
    path("planning/applications.geojson", applications.send_geojson, name="applications-geojson"),
    *(
        path(
            f"planning/applications.{kind}",
            applications.send_feed,
            {"kind": kind},
            name=f"applications-{kind}",
        )
        for kind in ("rss", "atom")
    ),
    path("map/basemap/<str:digest>.json", basemap.send_basemap_style, name="basemap-style"),
    path("map/print", print_map.print_map, name="print"),
    path("map/still.svg", still_map.show_still_map, name="still-map"),
    path("reports/new/<slug:slug>", reports.report, name="report-layer"),
    path("reports/new/<slug:slug>/<str:fid>", reports.report, name="report-feature"),
    path("reports/sent/<slug:slug>", reports.thank, name="layer-reported"),
    path("reports/sent/<slug:slug>/<str:fid>", reports.thank, name="feature-reported"),
    path("embed/frame.js", embedded_area.send_frame_script, name="frame-script"),
    path("embed/my-area/", embedded_area.search, name="embedded-search"),
    path("embed/my-area/<str:slug>", embedded_area.show_area, name="embedded-area"),
    path("embed/<slug:slug>", embed.show_embedded_map, name="embed"),
    path("data", about.show_data, name="data"),
    path("accessibility", about.show_accessibility, name="accessibility"),
    path("privacy", about.show_privacy, name="privacy"),
    path("brand.css", brand.show_brand, name="brand"),
    path("robots.txt", about.show_robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("favicon.ico", about.show_icon, name="icon"),
]
