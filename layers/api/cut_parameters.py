"""What of a layer a download is to hold."""

from django.http import QueryDict

from layers.api.edition_parameter import read_edition
from layers.api.parameters import listed, read_names, refuse_unknown
from layers.api.selection_parameters import SELECTION_PARAMETERS, read_selection
from layers.errors import ParameterInvalid
from layers.exports.extract import Extract
from layers.exports.formats import Format
from layers.query.filters import parameter_names
from layers.query.registry import PublishedField, PublishedLayer

CUT_PARAMETERS = SELECTION_PARAMETERS | {"f", "properties", "crs", "edition"}
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
        `area` or `edition` names what is not there.
    EditionGone
        The edition was withdrawn, or is no longer kept.
    """
    refuse_unknown(query, CUT_PARAMETERS, lambda: parameter_names(layer))
    edition = read_edition(query)
    selection = read_selection(query, layer, CUT_PARAMETERS, edition_id=edition.edition_id)
    layer = edition.layer_of(layer)
    return Extract(
        layer,
        _read_fields(query, layer),
        selection.conditions(layer),
        _read_srid(query, format_),
    )


def _read_fields(query: QueryDict, layer: PublishedLayer) -> tuple[PublishedField, ...]:
    if "properties" not in query:
        return layer.fields
    known = {field.name: field for field in layer.fields}
    for name in (names := read_names(str(query["properties"]))):
        if name not in known:
            raise ParameterInvalid(
                f"“properties” has “{name[:50]}”, which is not a property of “{layer.title}”. "
                f"Its properties are: {listed(list(known))}.",
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
