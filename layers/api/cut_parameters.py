"""What of a layer a download is to hold."""

from django.http import QueryDict

from layers.api.filter_parameters import FILTER_NAMES, read_filter
from layers.api.parameters import read_bbox, read_bbox_crs, read_interval
from layers.errors import ParameterInvalid
from layers.exports.extract import Extract
from layers.exports.formats import Format
from layers.query.area import find_area
from layers.query.registry import PublishedField, PublishedLayer
from layers.query.selection import Area, Bbox, Selection

CUT_PARAMETERS = (
    frozenset({"f", "bbox", "bbox-crs", "datetime", "area", "properties", "crs"}) | FILTER_NAMES
)
CRS_URIS = {
    4326: "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    27700: "http://www.opengis.net/def/crs/EPSG/0/27700",
}
_SRIDS = {
    **{uri: srid for srid, uri in CRS_URIS.items()},
    "CRS84": 4326,
    "OGC:CRS84": 4326,
    "EPSG:27700": 27700,
    "urn:ogc:def:crs:EPSG::27700": 27700,
}


def read_cut(query: QueryDict, layer: PublishedLayer, format_: Format) -> Extract:
    """Return what a request for a download asks for.

    Raises
    ------
    RequestInvalid
        A parameter cannot be used.
    NotFound
        `area` names a feature that is not there.
    """
    read_bbox_crs(query)
    bbox = read_bbox(query)
    selection = Selection(
        bbox=bbox and Bbox(*bbox),
        interval=read_interval(query),
        filter=read_filter(query, layer),
        area=_read_area(query),
    )
    return Extract(
        layer,
        _read_fields(query, layer),
        selection.conditions(layer),
        _read_srid(query, format_),
    )


def _read_area(query: QueryDict) -> Area | None:
    if "area" not in query:
        return None
    slug, _, fid = query["area"].partition("/")
    if not slug or not fid:
        raise ParameterInvalid(
            "“area” needs a collection and the id of one of its features, such as wards/E05011118.",
            "area",
        )
    return find_area(slug, fid)


def _read_fields(query: QueryDict, layer: PublishedLayer) -> tuple[PublishedField, ...]:
    if "properties" not in query:
        return layer.fields
    known = {field.name: field for field in layer.fields}
    names = [name for name in query["properties"].split(",") if name]
    for name in names:
        if name not in known:
            raise ParameterInvalid(
                f"“properties” has “{name[:50]}”, which is not a property of “{layer.title}”. "
                f"Its properties are: {', '.join(known)}.",
                "properties",
            )
    return tuple(known[name] for name in dict.fromkeys(names))


def _read_srid(query: QueryDict, format_: Format) -> int:
    text = query.get("crs", "CRS84")
    srid = _SRIDS.get(text)
    if srid is None:
        raise ParameterInvalid(
            f"“crs” can be {' or '.join(CRS_URIS.values())} in a download; “{text[:60]}” is "
            "neither.",
            "crs",
        )
    if srid not in format_.srids:
        raise ParameterInvalid(
            f"{format_.title} is always in longitude and latitude. Leave “crs” out, or ask for "
            "another format.",
            "crs",
        )
    return srid
