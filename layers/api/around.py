"""What is near a point, and what contains it."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from layers.api.base import GEOJSON, PublicView
from layers.api.parameters import (
    MOST_METRES,
    MOST_NEAREST,
    point_27700,
    read_collections,
    read_format,
    read_limit,
    read_number,
    read_required_number,
)
from layers.api.provenance import sources_member
from layers.query.bodies import found_body
from layers.query.cache import read_through_many
from layers.query.containing import containing
from layers.query.found import AroundPoint
from layers.query.nearest import nearest_to
from layers.query.registry import PublishedLayer, published_layers


class NearestView(PublicView):
    """The nearest features of each service layer, or of the collections asked for."""

    page = "found"
    parameters = frozenset({"lon", "lat", "collections", "limit", "max_distance_m", "f"})

    def get(self, request: Request) -> HttpResponse:
        query = request._request.GET
        read_format(query, ("json", "geojson"))
        easting, northing = _read_point(request._request)
        limit = read_limit(query, 1, MOST_NEAREST)
        max_distance_m = (
            read_number(query["max_distance_m"], "max_distance_m", 0, MOST_METRES)
            if "max_distance_m" in query
            else None
        )
        slugs = read_collections(query) or _slugs_where(lambda layer: layer.is_service)

        question = nearest_to(easting, northing, limit=limit, max_distance_m=max_distance_m)
        return read_through_many(slugs, partial(_answer, question))


class AtView(PublicView):
    """The areas and constraints that contain a point, or those of the collections asked for."""

    page = "found"
    parameters = frozenset({"lon", "lat", "collections", "f"})

    def get(self, request: Request) -> HttpResponse:
        query = request._request.GET
        read_format(query, ("json", "geojson"))
        easting, northing = _read_point(request._request)
        slugs = read_collections(query) or _slugs_where(
            lambda layer: layer.is_area or layer.is_constraint
        )

        return read_through_many(slugs, partial(_answer, containing(easting, northing)))


def _slugs_where(wanted: Callable[[PublishedLayer], bool]) -> tuple[str, ...]:
    return tuple(slug for slug, layer in published_layers().items() if wanted(layer))


def _read_point(request: HttpRequest) -> tuple[float, float]:
    """Return the easting and northing in metres of `lon` and `lat`, shifted by OSTN15."""
    longitude = read_required_number(request.GET, "lon", -180, 180)
    latitude = read_required_number(request.GET, "lat", -90, 90)
    said = f"lon={longitude:g}, lat={latitude:g}"
    return point_27700(longitude, latitude, "lon", said)


def _answer(question: AroundPoint, layers: list[PublishedLayer]) -> HttpResponse:
    features, count = found_body(question, layers)
    response = HttpResponse(
        b'{"type":"FeatureCollection","numberReturned":%d,' % count
        + sources_member(layers)
        + b',"features":['
        + features
        + b"]}",
        content_type=GEOJSON,
    )
    # Where somebody stands is nobody else's to keep.
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
