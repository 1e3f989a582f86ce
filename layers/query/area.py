"""A feature of one layer, by which the features of another are chosen."""

from layers.errors import NotFound
from layers.query.registry import find_layer
from layers.query.run import fetch_rows
from layers.query.selection import Area

_BOX = (
    "SELECT ST_XMin(geom_27700), ST_YMin(geom_27700), ST_XMax(geom_27700), ST_YMax(geom_27700)"
    " FROM layers_feature"
    " WHERE edition_id = %(edition_id)s AND fid = %(fid)s AND NOT ST_IsEmpty(geom_27700)"
)


def find_area(slug: str, fid: str) -> Area:
    """Return a feature of a published layer as an area, such as one of the wards.

    The layer is read from the database, not remembered: an area is never of an edition
    that is no longer published.

    Raises
    ------
    NotFound
        There is no such public layer or feature, or it has no location.
    """
    layer = find_layer(slug)
    found = (
        fetch_rows(_BOX, {"edition_id": layer.edition_id, "fid": fid}) if "\0" not in fid else []
    )
    for west, south, east, north in found:
        return Area(layer.edition_id, fid, (west, south, east, north))
    raise NotFound(f"“{layer.title}” has no feature “{fid[:100]}” with a location.")
