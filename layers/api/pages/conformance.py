"""The standards that the service keeps to, by standard and class."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest

_STANDARDS = {
    "ogcapi-common-1": "OGC API – Common – Part 1: Core",
    "ogcapi-common-2": "OGC API – Common – Part 2: Geospatial Data",
    "ogcapi-features-1": "OGC API – Features – Part 1: Core",
    "ogcapi-features-2": "OGC API – Features – Part 2: Coordinate Reference Systems",
    "ogcapi-features-3": "OGC API – Features – Part 3: Filtering",
    "ogcapi-features-5": "OGC API – Features – Part 5: Schemas",
    "ogcapi-tiles-1": "OGC API – Tiles – Part 1: Core",
    "cql2": "Common Query Language (CQL2)",
}


def conformance_page(
    request: HttpRequest, answer: dict[str, Any], known: Iterable[str]
) -> dict[str, Any]:
    """Return the classes under the name of their standard."""
    uris = sorted(answer["conformsTo"])
    return {
        "standards": [
            (name, [(uri.rpartition("/")[2], uri) for uri in members])
            for name, members in groupby(uris, _standard)
        ]
    }


def _standard(uri: str) -> str:
    """Return the title of the standard that a URI such as ``…/spec/cql2/1.0/conf/…`` is of."""
    parts = uri.partition("/spec/")[2].split("/")
    title = _STANDARDS.get(parts[0], parts[0])
    return f"{title}, {parts[1]}" if len(parts) > 1 else title
