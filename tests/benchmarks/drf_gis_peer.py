"""The same layer as the textbook has it: a GeoDjango model, DRF-GIS's serializer and filter."""

import os
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

_DATABASE = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="benchmark",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.gis",
        "rest_framework",
        "rest_framework_gis",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.contrib.gis.db.backends.postgis",
            "NAME": _DATABASE.path.lstrip("/"),
            "USER": _DATABASE.username,
            "PASSWORD": _DATABASE.password,
            "HOST": unquote(_DATABASE.hostname or parse_qs(_DATABASE.query)["host"][0]),
            "CONN_MAX_AGE": None,
        }
    },
    REST_FRAMEWORK={
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
    },
)

import django

django.setup()

from django.contrib.gis.db import models
from django.core.wsgi import get_wsgi_application
from rest_framework import routers, viewsets
from rest_framework_gis.filters import InBBoxFilter
from rest_framework_gis.pagination import GeoJsonPagination
from rest_framework_gis.serializers import GeoFeatureModelSerializer


class Planning(models.Model):
    reference = models.TextField()
    status = models.TextField()
    received_on = models.DateField()
    dwellings = models.BigIntegerField()
    description = models.TextField()
    geom = models.PolygonField(srid=4326)

    class Meta:
        app_label = "gis"
        db_table = "benchmark_planning"
        managed = False
        ordering = ("id",)

    def __str__(self) -> str:
        return self.reference


class PlanningSerializer(GeoFeatureModelSerializer):
    class Meta:
        model = Planning
        geo_field = "geom"
        fields = "__all__"


class Page(GeoJsonPagination):
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 100_000


class PlanningViewSet(viewsets.ModelViewSet):
    queryset = Planning.objects.all()
    serializer_class = PlanningSerializer
    pagination_class = Page
    bbox_filter_field = "geom"
    bbox_filter_include_overlapping = True
    filter_backends = (InBBoxFilter,)


_router = routers.DefaultRouter()
_router.register("planning", PlanningViewSet, basename="planning")
urlpatterns = _router.urls
application = get_wsgi_application()
