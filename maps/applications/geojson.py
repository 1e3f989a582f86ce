"""A search as GeoJSON, a page at a time: the API's own features, chosen as the list chooses.

The API's filter has no words that begin anywhere in a text, so a search has an address of its own.
"""

import json

from django.http import HttpRequest, HttpResponse

from layers.query.bodies import items_body
from maps.applications.addresses import address_of
from maps.applications.asked import Asked
from planning.applications.register import Register
from planning.applications.results import count_applications, page_of

CONTENT_TYPE = "application/geo+json"
MOST_FEATURES = 1000


def write_geojson(request: HttpRequest, asked: Asked, register: Register) -> HttpResponse:
    """Return up to a thousand applications of a search, with a link to those that follow."""
    page = page_of(
        register, asked.sort, size=MOST_FEATURES, after=asked.after, near=asked.search.circle
    )
    body = items_body(register.layer, asked.search.selection(register), page)
    links = [_link(request, asked, "self", after=asked.after)]
    if body.next_after is not None:
        links.append(_link(request, asked, "next", after=body.next_after))
    members = {
        "numberMatched": count_applications(register, asked.search),
        "numberReturned": body.count,
        "attribution": register.layer.attribution,
        "timeStamp": register.layer.published_at.isoformat(timespec="seconds"),
        "links": links,
    }
    head = b'{"type":"FeatureCollection",' + json.dumps(members).encode()[1:-1]
    return HttpResponse(head + b',"features":[' + body.features + b"]}", content_type=CONTENT_TYPE)


def _link(request: HttpRequest, asked: Asked, rel: str, *, after: int) -> dict[str, str]:
    address = address_of("geojson", asked.values, after=str(after) if after else "")
    return {"rel": rel, "type": CONTENT_TYPE, "href": request.build_absolute_uri(address)}
