"""Takes one page of JSON apart: its features, and what it says of the pages after it."""

from dataclasses import dataclass
from typing import Any, Literal

from importers.errors import SourceUnreadable
from importers.read.child.json_syntax import parse_json
from importers.read.limits import ReadLimits


@dataclass(frozen=True, slots=True)
class JsonPage:
    """One page. ``matched`` is how many features the server says there are on all of them."""

    form: Literal["geojson", "esrijson"]
    root: dict[str, Any]
    features: list[Any]
    matched: int | None
    following: str
    exceeded: bool


def read_json_page(text: bytes, limits: ReadLimits) -> JsonPage:
    """Return a page of GeoJSON or Esri JSON, which may have no features.

    Raises
    ------
    SourceUnreadable
        ``JSON-…``; ``SOURCE-ERROR`` for an error answer, ``GEOJSON-ROOT`` for anything else.
    """
    root = parse_json(text, limits)
    features = root.get("features") if isinstance(root, dict) else None
    if not isinstance(features, list):
        raise _refusal(root)
    is_esri = root.get("type") != "FeatureCollection"
    if is_esri and not {"geometryType", "fields", "objectIdFieldName"} & set(root):
        raise _refusal(root)
    return JsonPage(
        form="esrijson" if is_esri else "geojson",
        root=root,
        features=features,
        matched=_matched(root),
        following=_next_link(root.get("links")),
        exceeded=_exceeded(root),
    )


def _refusal(root: Any) -> SourceUnreadable:
    # Not above: it brings shapely, and a child that only counts a page has no use for that.
    from importers.read.child.geojson import refuse_root

    return refuse_root(root)


def _matched(root: dict[str, Any]) -> int | None:
    for name in ("numberMatched", "totalFeatures"):
        value = root.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return None


def _next_link(links: Any) -> str:
    """Return where the next page is: OGC APIs list links, planning.data.gov.uk names them."""
    if isinstance(links, dict):
        links = [{"rel": rel, "href": href} for rel, href in links.items()]
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") == "next" and _is_json(link):
            href = link.get("href")
            if not isinstance(href, str) or not href:
                raise SourceUnreadable(
                    "A page says that there is another and not where.", code="SOURCE-PAGES"
                )
            return href
    return ""


def _is_json(link: dict[str, Any]) -> bool:
    return "html" not in str(link.get("type", ""))


def _exceeded(root: dict[str, Any]) -> bool:
    """Return whether ArcGIS says that it left features out; in GeoJSON it says so one deeper."""
    properties = root.get("properties")
    deeper = properties.get("exceededTransferLimit") if isinstance(properties, dict) else False
    return root.get("exceededTransferLimit") is True or deeper is True
