"""Asks a layer of an ArcGIS FeatureServer or MapServer for all its features."""

from collections.abc import Iterator
from typing import Any

from importers.catalogue.entries import FetchEntry
from importers.errors import SourceUnreadable
from importers.fetch.address import Address, shown
from importers.fetch.pages import Pages
from importers.fetch.query import ask_for, beneath
from importers.read.pages import PagesManifest

_USUAL_PAGE_SIZE = 1000
_BRITISH_GRID = 27700
_LONGITUDE_LATITUDE = 4326


def collect(fetch: FetchEntry, address: Address, pages: Pages) -> PagesManifest:
    """Keep every feature that ``where`` lets through, and return how the pages are joined.

    The layer's own grid is asked for where it is the British National Grid: ArcGIS's shift to
    longitude and latitude is metres off, and ours is OSTN15's.

    Raises
    ------
    SourceUnreadable
        ``SOURCE-PARTIAL``: the server gives fewer features than it counts, or more.
    FetchFailed
        ``SOURCE-ERROR``: it is no layer, or answers with an error.
    """
    layer = pages.ask_json(ask_for(address, f="json"))
    id_field = _id_field(layer)
    query = _query(fetch, address, layer)
    expected = _count(pages, query)
    if expected == 0:
        pages.require(expected)
    size = min(fetch.page_size or _USUAL_PAGE_SIZE, _server_limit(layer))
    if _can_page(layer):
        _by_offset(pages, query, id_field, expected, size)
    elif expected <= size:
        pages.take(query)
    else:
        _by_ids(pages, query, fetch.where or "1=1", id_field, size)
    pages.require(expected)
    return PagesManifest(
        form="geojson",
        counts=(),
        id_property=id_field or None,
        epoch_properties=tuple(_fields(layer, "esriFieldTypeDate")),
    )


def _query(fetch: FetchEntry, address: Address, layer: dict[str, Any]) -> Address:
    offered = str(layer.get("supportedQueryFormats", "")).lower()
    return ask_for(
        address,
        beneath(address, "query"),
        where=fetch.where or "1=1",
        outFields="*",
        returnGeometry="true",
        outSR=_srid(layer),
        f="geojson" if "geojson" in offered else "json",
    )


def _srid(layer: dict[str, Any]) -> int:
    extent = layer.get("extent")
    references = (
        layer.get("sourceSpatialReference"),
        extent.get("spatialReference") if isinstance(extent, dict) else None,
    )
    for reference in references:
        if isinstance(reference, dict) and _BRITISH_GRID in (
            reference.get("latestWkid"),
            reference.get("wkid"),
        ):
            return _BRITISH_GRID
    return _LONGITUDE_LATITUDE


def _id_field(layer: dict[str, Any]) -> str:
    name = layer.get("objectIdField") or next(_fields(layer, "esriFieldTypeOID"), "")
    return name if isinstance(name, str) else ""


def _fields(layer: dict[str, Any], kind: str) -> Iterator[str]:
    fields = layer.get("fields")
    for field in fields if isinstance(fields, list) else ():
        if isinstance(field, dict) and field.get("type") == kind:
            yield str(field.get("name"))


def _server_limit(layer: dict[str, Any]) -> int:
    limit = layer.get("maxRecordCount")
    return limit if isinstance(limit, int) and limit > 0 else _USUAL_PAGE_SIZE


def _can_page(layer: dict[str, Any]) -> bool:
    abilities = layer.get("advancedQueryCapabilities")
    deeper = abilities.get("supportsPagination") if isinstance(abilities, dict) else None
    return True in (deeper, layer.get("supportsPagination"))


def _count(pages: Pages, query: Address) -> int:
    answer = pages.ask_json(ask_for(query, returnCountOnly="true", f="json"))
    count = answer.get("count")
    if type(count) is not int or count < 0:
        raise SourceUnreadable(
            f"{shown(str(query))} does not say how many features it has.", code="SOURCE-PARTIAL"
        )
    return count


def _by_offset(pages: Pages, query: Address, id_field: str, expected: int, size: int) -> None:
    """Ask by place in the order of ids; a server may give fewer at a time than it says."""
    order = {"orderByFields": id_field} if id_field else {}
    while pages.features < expected:
        page = pages.take(
            ask_for(query, resultOffset=pages.features, resultRecordCount=size, **order)
        )
        if not page.summary.features:
            return


def _by_ids(pages: Pages, query: Address, where: str, id_field: str, size: int) -> None:
    """Ask by ranges of ids, as a server without paging must be."""
    answer = pages.ask_json(ask_for(query, returnIdsOnly="true", f="json"))
    found, name = answer.get("objectIds"), answer.get("objectIdFieldName") or id_field
    if not isinstance(found, list) or not all(type(each) is int for each in found) or not name:
        raise SourceUnreadable(
            "The server gives its features neither page by page nor by their ids, so that only "
            "the first of them could be fetched. Ask its owner for a file.",
            code="SOURCE-PARTIAL",
        )
    ids = sorted(found)
    for start in range(0, len(ids), size):
        some = ids[start : start + size]
        span = f"({where}) AND {name} >= {some[0]} AND {name} <= {some[-1]}"
        page = pages.take(ask_for(query, where=span))
        if page.summary.features != len(some):
            raise SourceUnreadable(
                f"The server was asked for {len(some):,} features by their ids and gave "
                f"{page.summary.features:,}. Set a smaller page_size in the catalogue.",
                code="SOURCE-PARTIAL",
            )
