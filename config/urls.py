"""Every address of the service."""

from django.contrib import admin
from django.urls import include, path

from gazetteer.api.places import PlacesView
from planning.api.constraints import ConstraintsView
from waste.api.bins import BinsView
from waste.api.calendar import CalendarView

urlpatterns = [
    path("", include("config.status")),
    path("api/places", PlacesView.as_view(), name="api-places"),
    path("api/constraints", ConstraintsView.as_view(), name="api-constraints"),
    path("api/bins/<str:uprn>", BinsView.as_view(), name="api-bins"),
    path("bins/<str:uprn>.ics", CalendarView.as_view(), name="bins-calendar"),
    path("api/", include("layers.api.urls")),
    path("tiles/", include("layers.api.tile_urls")),
    path("manage/", include("desk.urls")),
    path("", include("maps.urls")),
    path("", include("config.health")),
    path("admin/", admin.site.urls),
]

handler400 = "config.error_pages.bad_request"
handler404 = "config.error_pages.page_not_found"
handler500 = "config.error_pages.server_error"
