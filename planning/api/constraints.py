"""`/api/constraints`: what applies to a point, or to a site that is sent as GeoJSON."""

from datetime import date
from functools import cache

import shapely
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request

from layers.api.base import JSON, PublicView, json_response, link
from layers.api.constant_headers import ConstantHeaders
from layers.api.parameters import (
    point_27700,
    read_collections,
    read_format,
    read_required_number,
)
from layers.errors import NotFound, ParameterInvalid, ParameterUnknown
from planning.api.answer import check_answer
from planning.api.geometry import MOST_BYTES, read_site
from planning.query import check_site
from planning.query.layers import constraint_layers
from planning.site import Site

_PLACE = ("lon", "lat")
# Where somebody means to build is nobody else's to keep.
_FOR_NOBODY_ELSE = ConstantHeaders(
    {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
)


class ConstraintsView(PublicView):
    """Which constraints apply to a site, which do not, and of which that is not known."""

    parameters = frozenset({"lon", "lat", "collections", "as-at", "f"})
    page_title = "What applies to this site"
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: Request) -> HttpResponse:
        longitude = read_required_number(request._request.GET, "lon", -180, 180)
        latitude = read_required_number(request._request.GET, "lat", -90, 90)
        said = f"lon={longitude:g}, lat={latitude:g}"
        easting, northing = point_27700(longitude, latitude, "lon", said)
        site = Site(shapely.Point(easting, northing), "", "point")
        return _answer(request._request, site)

    def post(self, request: Request) -> HttpResponse:
        for name in _PLACE:
            if name in request._request.GET:
                raise ParameterUnknown(
                    f"“{name}” is for GET. A site that is sent says by itself where it is.", name
                )
        try:
            body = request._request.body
        except RequestDataTooBig:
            raise ParameterInvalid(
                f"The body has more than {MOST_BYTES:,} bytes. Simplify the boundary.", "geometry"
            ) from None
        return _answer(request._request, read_site(body))


def _answer(request: HttpRequest, site: Site) -> HttpResponse:
    query = request.GET
    read_format(query, ("json",))
    slugs, as_at = _read_slugs(query), _read_day(query)
    check = check_site(site, slugs=slugs, as_at=as_at)
    links = [
        link(request, _path("api-constraints"), "self", JSON, "Constraint checks"),
        link(request, _path("api-collections"), "related", JSON, "The layers themselves"),
    ]
    response = json_response({**check_answer(check), "links": links})
    _FOR_NOBODY_ELSE.put_on(response)
    return response


@cache
def _path(name: str) -> str:
    return reverse(name)


def _read_slugs(query: QueryDict) -> tuple[str, ...] | None:
    slugs = read_collections(query)
    if not slugs:
        return None
    known = {layer.slug for layer in constraint_layers().layers}
    for slug in slugs:
        if slug not in known:
            raise NotFound(
                f"There is no constraint layer called “{slug[:100]}”. "
                f"There are: {', '.join(sorted(known)) or 'none'}."
            )
    return slugs


def _read_day(query: QueryDict) -> date | None:
    text = query.get("as-at")
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # Not as a week and its day, nor without hyphens.
    if day is None or day.isoformat() != text:
        raise ParameterInvalid(
            f"“as-at” must be a day such as 2026-03-31; “{text[:30]}” is not.", "as-at"
        )
    if day > timezone.localdate():
        raise ParameterInvalid(
            f"“as-at” is {day.isoformat()}, which has not been yet. Leave it out to ask for today.",
            "as-at",
        )
    return day
